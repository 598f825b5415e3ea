import {
  Blocks,
  Bot,
  Box,
  Code,
  GitBranch,
  Globe,
  Network,
  Play,
  Reply,
  Split,
  Webhook,
  type LucideIcon,
} from 'lucide-react'

/** The icons definitions ask for by name. Listed, because loading any icon by its name would put all of them, some
 *  1,700 files, into the build. A new icon is one line here; its test names the ones that are missing. */
export const blockIcons: Record<string, LucideIcon> = {
  blocks: Blocks,
  bot: Bot,
  code: Code,
  'git-branch': GitBranch,
  globe: Globe,
  network: Network,
  play: Play,
  reply: Reply,
  split: Split,
  webhook: Webhook,
}

export function BlockIcon({ name, className }: { name: string; className?: string }) {
  const Icon = blockIcons[name] ?? Box
  return <Icon aria-hidden className={className} />
}
