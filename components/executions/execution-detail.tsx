'use client'

import { useEffect, useState } from 'react'
import { toast } from '@/components/ui/notify'
import { ExecutionBadge } from '@/components/workflows/execution-badge'
import type { ExecutionItem } from '@/lib/contract/execution'
import { messageOf } from '@/lib/editor/api-client'
import { rerunExecution } from '@/lib/editor/execution-client'
import { isStopped } from '@/lib/editor/is-stopped'
import { AgentProgress } from './agent-details'
import { BlockDetails } from './block-details'
import { DataView } from './data-view'
import { sayDuration } from './duration'
import { ExplainLink } from './explain-link'
import { ExecutionActions } from './execution-actions'
import { layTimeline } from './timeline'
import { TriggerBadge } from './trigger-badge'
import { isUnfinished, useExecution, type FirstLook } from './use-execution'
import { Waterfall } from './waterfall'

const tickMs = 250

/** Everything about one execution, live while it runs. Stands on a page or in a drawer; `onOpen` is told the id of an
 *  execution that was started from here. */
export function ExecutionDetail(props: { first: FirstLook; onOpen: (executionId: string) => void }) {
  const { first, onOpen } = props
  const { execution, logs, running } = useExecution(first)
  const nowMs = useNow(isUnfinished(execution), Date.parse(execution.created_at))
  const [picked, setPicked] = useState<string | null>(null)
  const failed = logs.find(({ status }) => status === 'error')
  const settled = failed ?? logs.findLast(({ status }) => status === 'success')
  const chosen = picked ?? running.at(-1)?.blockId ?? settled?.block_id ?? null
  const log = logs.find(({ block_id: id }) => id === chosen)
  const atWork = running.find(({ blockId }) => blockId === chosen)
  const runAgain = (fromBlock?: string) => {
    rerunExecution(execution.workflow_id, execution.id, fromBlock === undefined ? {} : { from_block: fromBlock }).then(
      onOpen,
      (error: unknown) => toast.error(messageOf(error)),
    )
  }
  return (
    <div className="flex flex-col gap-4">
      <Facts execution={execution} nowMs={nowMs} onRunAgain={() => runAgain()} />
      {execution.error !== null && (
        <p
          role="alert"
          className={`rounded-lg border bg-card px-4 py-3 text-[13px] break-words ${execution.status === 'cancelled' ? 'border-border text-muted-foreground' : 'border-danger text-danger'}`}
        >
          {execution.error}
        </p>
      )}
      <ExplainLink execution={execution} />
      <Waterfall timeline={layTimeline(execution, logs, running, nowMs)} chosen={chosen} onChoose={setPicked} />
      {atWork && <AgentProgress running={atWork} />}
      {log && (
        <BlockDetails
          key={log.block_id}
          log={log}
          isStopped={isStopped(execution, log)}
          onRunFrom={isUnfinished(execution) ? null : () => runAgain(log.block_id)}
        />
      )}
      <section aria-label="Whole execution" className="grid gap-4 lg:grid-cols-2">
        {(['input', 'output'] as const).map((part) => (
          <div key={part} className="min-w-0 rounded-lg border border-border bg-card p-4 text-[13px] shadow-card">
            <h2 className="mb-3 font-semibold">{part === 'input' ? 'Run input' : 'Final output'}</h2>
            {part === 'output' && execution.output === null ? (
              <p className="text-muted-foreground">{sayNoOutput(execution)}</p>
            ) : (
              <DataView label={part === 'input' ? 'Run input' : 'Final output'} value={execution[part]} root={null} />
            )}
          </div>
        ))}
      </section>
    </div>
  )
}

function sayNoOutput(execution: ExecutionItem): string {
  if (isUnfinished(execution)) return 'There is none yet.'
  if (execution.status === 'completed') return 'None (null). What a workflow gives is said by a Response block.'
  return 'None: the execution did not complete.'
}

function Facts(props: { execution: ExecutionItem; nowMs: number; onRunAgain: () => void }) {
  const { execution, nowMs, onRunAgain } = props
  const began = Date.parse(execution.started_at ?? execution.created_at)
  const durationMs = execution.duration_ms ?? Math.max(0, nowMs - began)
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2 text-[13px]">
      <span role="status">
        <ExecutionBadge status={execution.status} />
      </span>
      <span className="font-mono text-xs tabular-nums">{sayDuration(durationMs)}</span>
      <TriggerBadge trigger={execution.trigger} />
      <span className="text-muted-foreground">Version {execution.version}</span>
      <time dateTime={execution.created_at} className="text-muted-foreground">
        {execution.created_at.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}
      </time>
      <span className="ml-auto">
        <ExecutionActions execution={execution} onRunAgain={onRunAgain} />
      </span>
    </div>
  )
}

/** The time, which goes on only while something runs. It begins at a moment the server knew as well. */
function useNow(isTicking: boolean, startMs: number): number {
  const [nowMs, setNowMs] = useState(startMs)
  useEffect(() => {
    if (!isTicking) return
    const timer = setInterval(() => setNowMs(Date.now()), tickMs)
    return () => clearInterval(timer)
  }, [isTicking])
  return nowMs
}
