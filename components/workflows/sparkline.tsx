import type { ExecutionStatus } from '@/lib/contract/execution'
import type { WorkflowRow } from '@/lib/contract/workflow-row'
import { recentExecutionsShown } from '@/lib/limits'

const fills: Record<ExecutionStatus, string> = {
  queued: 'fill-muted-foreground',
  running: 'fill-info',
  completed: 'fill-success',
  failed: 'fill-danger',
  cancelled: 'fill-muted-foreground',
  timed_out: 'fill-danger',
}

const barPx = 3
const stepPx = 4
const heightPx = 20
const minBarPx = 4

/** The last executions as bars, oldest first: height is duration, colour is status. Its name says the same in words. */
export function Sparkline({ recent }: { recent: WorkflowRow['recent'] }) {
  if (recent.length === 0) return null
  const longestMs = Math.max(...recent.map(({ durationMs }) => durationMs ?? 0), 1)
  const failed = recent.filter(({ status }) => status === 'failed' || status === 'timed_out').length
  return (
    <svg
      role="img"
      aria-label={`Last ${recent.length === 1 ? 'execution' : `${recent.length} executions`}: ${failed} failed`}
      width={recentExecutionsShown * stepPx}
      height={heightPx}
      className="shrink-0"
    >
      {recent.map(({ status, durationMs }, index) => {
        const height = minBarPx + ((durationMs ?? 0) / longestMs) * (heightPx - minBarPx)
        const x = index * stepPx
        return (
          <rect
            key={index}
            x={x}
            y={heightPx - height}
            width={barPx}
            height={height}
            rx={1}
            className={fills[status]}
            // A failed run is told by its full height too, not by colour alone.
            {...((status === 'failed' || status === 'timed_out') && { y: 0, height: heightPx })}
          />
        )
      })}
    </svg>
  )
}
