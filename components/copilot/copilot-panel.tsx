'use client'

import { CircleAlert, PlugZap, SquarePen, X } from 'lucide-react'
import { Link } from '@/components/ui/link'
import { useEffect } from 'react'
import { Button, buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { toast } from '@/components/ui/notify'
import { Skeleton } from '@/components/ui/skeleton'
import { messageOf } from '@/lib/editor/api-client'
import { useEditor } from '@/lib/editor/editor-context'
import { Composer } from './composer'
import { Conversation } from './conversation'
import { useCopilot, useCopilotState } from './copilot-context'
import { ProposalCard } from './proposal-card'

/** The copilot: what was said, what it proposes, and where to write to it. */
export function CopilotPanel() {
  const copilot = useCopilot()
  useEffect(() => void copilot.open(), [copilot])
  return (
    <aside aria-label="Copilot" className="flex w-96 shrink-0 flex-col border-l border-border bg-card">
      <Heading />
      <Content />
    </aside>
  )
}

function Heading() {
  const editor = useEditor()
  const copilot = useCopilot()
  const model = useCopilotState((state) => state.model)
  const isEmpty = useCopilotState(({ messages, turn }) => messages.length === 0 && !turn)
  const startAnew = () => {
    copilot.startAnew().catch((error: unknown) => toast.error(messageOf(error)))
  }
  return (
    <div className="flex h-11 shrink-0 items-center gap-1 border-b border-border px-4">
      <h2 className="text-sm font-semibold">Copilot</h2>
      <span className="ml-2 min-w-0 flex-1 truncate text-xs text-muted-foreground">{model}</span>
      <Button
        variant="quiet"
        className="w-8 px-0"
        aria-label="New chat"
        title="New chat"
        disabled={isEmpty}
        onClick={startAnew}
      >
        <SquarePen aria-hidden />
      </Button>
      <Button
        variant="quiet"
        className="w-8 px-0"
        aria-label="Close the panel"
        onClick={() => editor.setView({ panel: null })}
      >
        <X aria-hidden />
      </Button>
    </div>
  )
}

function Content() {
  const copilot = useCopilot()
  const status = useCopilotState((state) => state.status)
  const problem = useCopilotState((state) => state.problem)
  const hasModel = useCopilotState((state) => state.model !== null)
  if (status === 'unreachable')
    return (
      <EmptyState
        icon={CircleAlert}
        title="The copilot cannot be reached"
        action={<Button onClick={() => void copilot.open()}>Try again</Button>}
      >
        {problem}
      </EmptyState>
    )
  if (status !== 'ready')
    return (
      <div className="space-y-3 p-4" aria-busy="true">
        <Skeleton className="h-10 w-3/4" />
        <Skeleton className="h-16 w-full" />
      </div>
    )
  if (!hasModel) return <NobodyAnswers problem={problem ?? ''} />
  return (
    <>
      <Conversation />
      <ProposalCard />
      <Composer />
    </>
  )
}

function NobodyAnswers({ problem }: { problem: string }) {
  return (
    <EmptyState
      icon={PlugZap}
      title="The copilot needs a language model"
      action={
        <Link href="/settings/providers" className={buttonClass('primary')}>
          Set up a provider
        </Link>
      }
    >
      {problem.charAt(0).toUpperCase() + problem.slice(1)}.
    </EmptyState>
  )
}
