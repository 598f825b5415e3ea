'use client'

import { momentsIn } from '@/components/ui/moments-in'
import { useTimeZone } from '@/components/ui/use-time-zone'
import type { Stats } from '@/lib/contract/observation'

const hourMs = 3_600_000
const heightPx = 120

/** Executions per hour: completed below, failed above, the rest between, in the browser's time. A table says
 *  the same to screen readers. */
export function HourlyChart({ stats }: { stats: Stats }) {
  const say = momentsIn(useTimeZone())
  const hours = everyHour(stats).map((one) => ({ ...one, told: say(one.hour) }))
  const highest = Math.max(...hours.map(({ total }) => total), 1)
  return (
    <section aria-labelledby="hourly-title" className="rounded-lg border border-border bg-card p-4 shadow-card">
      <div className="mb-3 flex items-baseline justify-between">
        <h2 id="hourly-title" className="text-[13px] font-semibold">
          Executions per hour
        </h2>
        <p className="flex gap-4 text-xs text-muted-foreground">
          <Key className="bg-success" word="Completed" />
          <Key className="bg-input" word="Other" />
          <Key className="bg-danger" word="Failed" />
        </p>
      </div>
      <div aria-hidden className="flex items-end gap-px" style={{ height: heightPx }}>
        {hours.map(({ hour, told, completed, failed, total }) => (
          <div
            key={hour}
            title={`${told}: ${total}, ${failed} failed`}
            className="flex h-full flex-1 flex-col justify-end hover:bg-muted"
          >
            <span className="bg-danger" style={{ height: `${(failed / highest) * 100}%` }} />
            <span className="bg-input" style={{ height: `${((total - completed - failed) / highest) * 100}%` }} />
            <span className="bg-success" style={{ height: `${(completed / highest) * 100}%` }} />
          </div>
        ))}
      </div>
      <div aria-hidden className="mt-1 flex justify-between border-t border-border pt-1 text-xs text-muted-foreground">
        <span>{hours[0]?.told}</span>
        <span>most in an hour: {highest}</span>
        <span>now</span>
      </div>
      <table className="sr-only">
        <caption>Executions per hour</caption>
        <thead>
          <tr>
            <th scope="col">Hour</th>
            <th scope="col">Executions</th>
            <th scope="col">Failed</th>
          </tr>
        </thead>
        <tbody>
          {hours
            .filter(({ total }) => total > 0)
            .map(({ hour, told, total, failed }) => (
              <tr key={hour}>
                <th scope="row">{told}</th>
                <td>{total}</td>
                <td>{failed}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}

function Key({ className, word }: { className: string; word: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className={`size-2.5 rounded-sm ${className}`} />
      {word}
    </span>
  )
}

interface Hour {
  hour: string
  total: number
  completed: number
  failed: number
}

/** Every hour of the period, those without an execution too. */
function everyHour({ hours, until, hourly }: Stats): Hour[] {
  const known = new Map(hourly.map((one) => [Math.floor(Date.parse(one.hour) / hourMs), one]))
  const last = Math.floor(Date.parse(until) / hourMs)
  return Array.from({ length: hours + 1 }, (_, index) => {
    const at = last - hours + index
    const one = known.get(at)
    const failed = one ? one.failed + one.timed_out : 0
    const completed = one?.completed ?? 0
    const others = one ? one.queued + one.running + one.cancelled : 0
    return { hour: new Date(at * hourMs).toISOString(), total: completed + failed + others, completed, failed }
  })
}
