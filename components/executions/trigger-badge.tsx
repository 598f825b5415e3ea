import { Blocks, Bot, CalendarClock, MousePointerClick, Webhook, type LucideIcon } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import type { Trigger } from '@/lib/contract/execution'

/** What started an execution, as icon and word. */
export const triggerLooks: Record<Trigger, { icon: LucideIcon; word: string }> = {
  manual: { icon: MousePointerClick, word: 'Manual' },
  webhook: { icon: Webhook, word: 'Webhook' },
  schedule: { icon: CalendarClock, word: 'Schedule' },
  platform: { icon: Blocks, word: 'Another workflow' },
  mcp: { icon: Bot, word: 'Assistant (MCP)' },
}

export function TriggerBadge({ trigger }: { trigger: Trigger }) {
  const { icon, word } = triggerLooks[trigger]
  return (
    <Badge icon={icon} tone="neutral">
      {word}
    </Badge>
  )
}
