'use client'

import { ArrowLeftRight } from 'lucide-react'
import { Link } from '@/components/ui/link'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { TimeAgo } from '@/components/ui/time-ago'
import { ExecutionBadge } from '@/components/workflows/execution-badge'
import { messageOf } from '@/lib/editor/api-client'
import { listExecutions, type ListedExecution } from '@/lib/editor/execution-client'
import { sayDuration } from './duration'

const anyExecution = { status: null, trigger: null, q: '', withinHours: null }
const executionsOffered = 30

/** Asks which other execution of the workflow to compare with, and leads there. */
export function CompareButton({ workflowId, executionId }: { workflowId: string; executionId: string }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <ArrowLeftRight aria-hidden />
        Compare…
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title="Compare with another execution"
        description="The newest executions of this workflow."
      >
        {isOpen && <Others workflowId={workflowId} executionId={executionId} />}
      </Dialog>
    </>
  )
}

function Others({ workflowId, executionId }: { workflowId: string; executionId: string }) {
  const [found, setFound] = useState<{ others: ListedExecution[]; readAt: Date } | null>(null)
  const [problem, setProblem] = useState('')
  useEffect(() => {
    const visit = { isOver: false }
    listExecutions(workflowId, anyExecution, { cursor: null, limit: executionsOffered }).then(
      ({ executions }) =>
        visit.isOver || setFound({ others: executions.filter(({ id }) => id !== executionId), readAt: new Date() }),
      (error: unknown) => visit.isOver || setProblem(messageOf(error)),
    )
    return () => void (visit.isOver = true)
  }, [workflowId, executionId])
  if (problem !== '')
    return (
      <p role="alert" className="mt-4 text-[13px] text-danger">
        {problem}
      </p>
    )
  if (!found) return <div aria-busy className="mt-4 h-40" />
  if (found.others.length === 0)
    return <p className="mt-4 text-[13px] text-muted-foreground">There is no other execution yet.</p>
  return (
    <ul className="mt-4 max-h-80 divide-y divide-border overflow-y-auto text-[13px]">
      {found.others.map(({ id, status, created_at, duration_ms, version }) => (
        <li key={id}>
          <Link
            href={`/workflows/${workflowId}/executions/${executionId}/compare?with=${id}`}
            className="grid h-9 grid-cols-[7rem_1fr_4.5rem_5.5rem] items-center gap-2 rounded-sm px-2 hover:bg-muted focus-visible:-outline-offset-2 focus-visible:outline-2 focus-visible:outline-ring"
          >
            <ExecutionBadge status={status} />
            <TimeAgo at={created_at} now={found.readAt} />
            <span className="text-right font-mono text-xs">{duration_ms === null ? '' : sayDuration(duration_ms)}</span>
            <span className="text-right text-xs whitespace-nowrap text-muted-foreground">Version {version}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
