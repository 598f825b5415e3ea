'use client'

import {
  Activity,
  BookOpen,
  Bot,
  BrainCircuit,
  ChartNoAxesColumn,
  KeyRound,
  Lock,
  Network,
  Plus,
  Settings,
  Workflow,
  type LucideIcon,
} from 'lucide-react'
import { Command } from 'cmdk'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { messageOf } from '@/lib/editor/api-client'
import { findWorkflows, type FoundWorkflow } from '@/lib/editor/workflow-reader'
import { usePageCommands } from './page-commands'

const places: { href: string; title: string; icon: LucideIcon }[] = [
  { href: '/', title: 'All workflows', icon: Workflow },
  { href: '/agents', title: 'Agents', icon: Bot },
  { href: '/orchestrations', title: 'Orchestrations', icon: Network },
  { href: '/executions', title: 'Executions', icon: Activity },
  { href: '/dashboard', title: 'Dashboard', icon: ChartNoAxesColumn },
  { href: '/reference', title: 'API reference', icon: BookOpen },
  { href: '/settings/api-keys', title: 'API keys', icon: KeyRound },
  { href: '/settings/secrets', title: 'Secrets', icon: Lock },
  { href: '/settings/providers', title: 'Providers', icon: BrainCircuit },
  { href: '/settings', title: 'Settings', icon: Settings },
]

const typingPauseMs = 150
const itemClass =
  'flex h-9 items-center gap-2.5 rounded-md px-2.5 text-[13px] data-[selected=true]:bg-muted [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground'
const headingClass =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted-foreground'

/** Goes anywhere by typing; `begun` was typed before it was there. Workflows are found by the server, so all of them can
 *  be. */
export function CommandPalette(props: { begun: string; onClose: () => void; onCreate: () => void }) {
  const { begun, onClose, onCreate } = props
  const router = useRouter()
  const [typed, setTyped] = useState(begun)
  const { found, problem } = useFound(typed)
  const go = (href: string) => {
    onClose()
    router.push(href)
  }
  const text = typed.trim().toLowerCase()
  const matches = places.filter(({ title }) => title.toLowerCase().includes(text))
  const canCreate = 'new workflow create'.includes(text)
  const { heading, find } = usePageCommands()
  const commands = find(text)
  const act = (run: () => void) => {
    onClose()
    // After the palette has given the focus back, so that what takes it keeps it.
    setTimeout(run, 0)
  }
  return (
    <Command.Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      label="Command palette"
      shouldFilter={false}
      overlayClassName="fixed inset-0 z-40 bg-black/40"
      contentClassName="fixed top-[15vh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 rounded-lg border border-border bg-card text-card-foreground shadow-dialog"
    >
      <Command.Input
        value={typed}
        onValueChange={setTyped}
        placeholder={
          heading === '' ? 'Go to a workflow or a page' : 'Go to a workflow, a page or a block, or do something'
        }
        className="h-11 w-full border-b border-border bg-transparent px-4 text-sm outline-none placeholder:text-muted-foreground"
      />
      <Command.List className={`max-h-80 overflow-y-auto p-1 ${headingClass}`}>
        <Command.Empty className="px-3 py-6 text-center text-[13px] text-muted-foreground">
          {problem || 'Nothing is called that.'}
        </Command.Empty>
        {commands.length > 0 && (
          <Command.Group heading={heading}>
            {commands.map(({ id, title, keys, icon: Icon, run }) => (
              <Command.Item key={id} value={`command ${id}`} className={itemClass} onSelect={() => act(run)}>
                <Icon aria-hidden />
                <span className="min-w-0 flex-1 truncate">{title}</span>
                {keys !== '' && <kbd className="font-mono text-xs text-muted-foreground">{keys}</kbd>}
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {found.length > 0 && (
          <Command.Group heading="Workflows">
            {found.map(({ id, name }) => (
              <Command.Item key={id} value={id} className={itemClass} onSelect={() => go(`/workflows/${id}`)}>
                <Workflow aria-hidden />
                <span className="truncate">{name}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {(canCreate || matches.length > 0) && (
          <Command.Group heading="Actions and pages">
            {canCreate && (
              <Command.Item value="create" className={itemClass} onSelect={onCreate}>
                <Plus aria-hidden />
                New workflow
              </Command.Item>
            )}
            {matches.map(({ href, title, icon: Icon }) => (
              <Command.Item key={href} value={href} className={itemClass} onSelect={() => go(href)}>
                <Icon aria-hidden />
                {title}
              </Command.Item>
            ))}
          </Command.Group>
        )}
      </Command.List>
    </Command.Dialog>
  )
}

function useFound(typed: string): { found: readonly FoundWorkflow[]; problem: string } {
  const [answer, setAnswer] = useState<{ found: readonly FoundWorkflow[]; problem: string }>({ found: [], problem: '' })
  useEffect(() => {
    let isStale = false
    const timer = setTimeout(() => {
      findWorkflows(typed).then(
        (found) => !isStale && setAnswer({ found, problem: '' }),
        (error: unknown) => !isStale && setAnswer({ found: [], problem: messageOf(error) }),
      )
    }, typingPauseMs)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [typed])
  return answer
}
