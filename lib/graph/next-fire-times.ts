import { readCronTimes, type CronTimes } from './cron'
import type { ScheduleConfig } from './schedule-config'
import { openZone, type Zone } from './zoned-time'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
/** Every date of the calendar comes back within this: 29 February stays away for eight years around 2100. */
const longestWaitDays = 9 * 366

/** The next times a schedule fires after a moment, in order, `count` at most; fewer where its end comes first.
 *  `anchor` is when the schedule was taken up: an interval without a start is counted from there.
 *
 *  Intervals are elapsed time. Cron fields are read on the zone's clock. Where that clock jumps, a schedule that names
 *  hours fires once for each time it names: a time skipped in spring at the first moment after the gap, a time shown
 *  twice in autumn at its first. One that fires in every hour follows the elapsed time instead, so that "every five
 *  minutes" stays that. Source: API contract, section 10. */
export function nextFireTimes(
  schedule: ScheduleConfig,
  { after, anchor, count }: { after: Date; anchor: Date; count: number },
): Date[] {
  const startMs = schedule.start_at === null ? null : Date.parse(schedule.start_at)
  const endMs = schedule.end_at === null ? Infinity : Date.parse(schedule.end_at)
  const afterMs = Math.max(after.getTime(), startMs === null ? -Infinity : startMs - 1)
  const times: Date[] = []
  const moments =
    schedule.type === 'cron'
      ? cronMoments(schedule.cron ?? '', openZone(schedule.timezone), afterMs)
      : intervalMoments(schedule.interval_seconds ?? 0, startMs, anchor.getTime(), afterMs)
  if (count > 0)
    for (const moment of moments) {
      if (moment > endMs) break
      times.push(new Date(moment))
      if (times.length >= count) break
    }
  return times
}

function* intervalMoments(
  intervalSeconds: number,
  startMs: number | null,
  anchorMs: number,
  afterMs: number,
): Generator<number> {
  const stepMs = intervalSeconds * 1000
  if (stepMs <= 0) return
  // A start is itself a time to fire; the moment of deploying is not.
  const firstMs = startMs ?? anchorMs + stepMs
  const passed = afterMs < firstMs ? 0 : Math.floor((afterMs - firstMs) / stepMs) + 1
  for (let next = firstMs + passed * stepMs; ; next += stepMs) yield next
}

function* cronMoments(expression: string, zone: Zone, afterMs: number): Generator<number> {
  const times = readCronTimes(expression)
  // From the day before: a clock set back over midnight shows the end of that day again.
  let dayStartMs = Math.floor((afterMs + zone.offsetMsAt(afterMs)) / dayMs) * dayMs - dayMs
  let lastMs = afterMs
  for (let waitedDays = 0; waitedDays < longestWaitDays; waitedDays++, dayStartMs += dayMs) {
    const date = new Date(dayStartMs)
    if (!times.isDay(date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCDay())) continue
    for (const moment of momentsOfDay(times, zone, dayStartMs)) {
      // The end of a gap may stand for several times, and for one that is named itself.
      if (moment <= lastMs) continue
      lastMs = moment
      waitedDays = 0
      yield moment
    }
  }
}

function momentsOfDay({ hours, minutes }: CronTimes, zone: Zone, dayStartMs: number): number[] {
  const walls = hours.flatMap((hour) => minutes.map((minute) => dayStartMs + (hour * 60 + minute) * minuteMs))
  const offsetMs = zone.offsetMsAt(dayStartMs - dayMs)
  // No jump anywhere near: the usual day costs two readings of the clock.
  if (offsetMs === zone.offsetMsAt(dayStartMs + 2 * dayMs)) return walls.map((wallMs) => wallMs - offsetMs)
  const isEveryHour = hours.length === 24
  return walls
    .flatMap((wallMs) => {
      const shown = zone.momentsOf(wallMs)
      return isEveryHour ? shown : [shown[0] ?? zone.endOfGap(wallMs)]
    })
    .sort((a, b) => a - b)
}
