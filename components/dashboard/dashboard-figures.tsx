import { sayDuration } from '@/components/executions/duration'
import type { Stats } from '@/lib/contract/observation'

/** The numbers that matter, in a row. */
export function DashboardFigures({ stats }: { stats: Stats }) {
  const { total, success_rate: rate, duration_ms: duration, is_complete: isComplete, since } = stats
  const figures = [
    ['Executions', total.toLocaleString('en')],
    ['Success rate', rate === null ? 'None ended' : `${(rate * 100).toFixed(rate === 1 ? 0 : 1)} %`],
    ['Half took at most', duration.p50 === null ? 'None ended' : sayDuration(duration.p50)],
    ['95 of 100 at most', duration.p95 === null ? 'None ended' : sayDuration(duration.p95)],
  ] as const
  return (
    <div>
      <dl className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        {figures.map(([title, value]) => (
          <div key={title} className="rounded-lg border border-border bg-card px-4 py-3 shadow-card">
            <dt className="text-xs text-muted-foreground">{title}</dt>
            <dd className="mt-1 text-xl font-semibold tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {!isComplete && (
        <p className="mt-2 text-xs text-muted-foreground">
          There were more: the newest since {since.replace('T', ' ').slice(0, 16)} UTC are counted.
        </p>
      )}
    </div>
  )
}
