'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { Link } from '@/components/ui/link'
import { useEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { TimeAgo } from '@/components/ui/time-ago'
import { ExecutionBadge } from '@/components/workflows/execution-badge'
import type { ExecutionFilters, ListedExecution, ListedPage } from '@/lib/editor/execution-client'
import { sayDuration } from './duration'
import { TriggerBadge } from './trigger-badge'
import { useExecutions } from './use-executions'

const rowPx = 40
const rowsAhead = 10
// Narrower than that it is scrolled sideways.
const columns = 'min-w-[52rem] grid grid-cols-[8rem_9rem_6rem_10rem_4rem_minmax(0,1fr)] items-center gap-3 px-3'

/** A list of executions of one workflow, or of all when `workflowId` is null. Only the rows in view are drawn. */
export function ExecutionList(props: {
  workflowId: string | null
  filters: ExecutionFilters
  first: ListedPage
  now: Date
  /** With it choosing a row does that, instead of opening the execution's page. */
  onChoose?: ((execution: ListedExecution) => void) | undefined
  chosenId?: string | null
}) {
  const { workflowId, filters, first, onChoose, chosenId = null } = props
  const { executions, readAt: now, ...reading } = useExecutions(workflowId, filters, { ...first, readAt: props.now })
  const { hasMore, isReading, problem, readMore } = reading
  const scroller = useRef<HTMLDivElement>(null)
  // The list is this component's own and never memoised.
  const virtual = useVirtualizer({
    count: executions.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: rowsAhead,
    initialRect: { width: 1_000, height: 600 },
  })
  const rows = virtual.getVirtualItems()
  const lastShown = rows.at(-1)?.index ?? 0
  const isNearEnd = lastShown >= executions.length - rowsAhead
  useEffect(() => {
    if (isNearEnd && hasMore && !isReading && problem === '') void readMore()
  }, [isNearEnd, hasMore, isReading, problem, readMore])
  return (
    <div
      role="table"
      aria-label="Executions"
      aria-rowcount={hasMore ? -1 : executions.length + 1}
      className="flex min-h-0 flex-col overflow-x-auto rounded-lg border border-border bg-card text-[13px] shadow-card"
    >
      <div role="row" className={`${columns} h-9 shrink-0 border-b border-border text-xs text-muted-foreground`}>
        {['Status', 'Created', 'Duration', 'Started by', 'Version', workflowId ? 'Error' : 'Workflow'].map((title) => (
          <span key={title} role="columnheader" className="font-medium">
            {title}
          </span>
        ))}
      </div>
      <div ref={scroller} role="rowgroup" tabIndex={-1} className="min-h-0 min-w-[52rem] overflow-y-auto">
        <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
          {rows.map(({ index, start }) => {
            const execution = executions[index]
            if (!execution) return null
            const isChosen = execution.id === chosenId
            return (
              <Row
                key={execution.id}
                {...{ execution, index, start, now, isChosen, onChoose }}
                showsName={!workflowId}
              />
            )
          })}
        </div>
      </div>
      {problem !== '' && (
        <p role="alert" className="flex items-center gap-3 border-t border-border px-3 py-2 text-danger">
          {problem}
          <Button onClick={() => void readMore()}>Try again</Button>
        </p>
      )}
    </div>
  )
}

const rowLinkClass =
  'text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring'

function Row(props: {
  execution: ListedExecution
  index: number
  start: number
  now: Date
  showsName: boolean
  isChosen: boolean
  onChoose: ((execution: ListedExecution) => void) | undefined
}) {
  const { execution, index, start, now, showsName, isChosen, onChoose } = props
  const { id, workflow_id, status, created_at, duration_ms, trigger, version, error, workflow_name: name } = execution
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${start}px)`, height: rowPx }}
      aria-current={isChosen ? 'true' : undefined}
      className={`${columns} absolute inset-x-0 top-0 border-b border-border hover:bg-muted/60 ${isChosen ? 'bg-muted' : ''}`}
    >
      <span role="cell">
        <ExecutionBadge status={status} />
      </span>
      <span role="cell">
        {onChoose ? (
          <button type="button" className={rowLinkClass} onClick={() => onChoose(execution)}>
            <TimeAgo at={created_at} now={now} />
          </button>
        ) : (
          <Link href={`/workflows/${workflow_id}/executions/${id}`} className={rowLinkClass}>
            <TimeAgo at={created_at} now={now} />
          </Link>
        )}
      </span>
      <span role="cell" className="font-mono text-xs tabular-nums">
        {duration_ms === null ? '' : sayDuration(duration_ms)}
      </span>
      <span role="cell">
        <TriggerBadge trigger={trigger} />
      </span>
      <span role="cell" className="font-mono text-xs">
        {version}
      </span>
      <span role="cell" className="truncate">
        {showsName && <span className="font-medium">{name}</span>}
        {showsName && error !== null && ' · '}
        {error !== null && <span className="text-muted-foreground">{error}</span>}
      </span>
    </div>
  )
}
