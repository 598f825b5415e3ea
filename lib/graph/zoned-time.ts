/** Tells whether a text names an IANA time zone. Offsets such as `+02:00`, which Intl takes too, are none. */
export function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** Reads an ISO 8601 date or date and time. Without an offset it is the wall clock's in `zone`. Null when it is no
 *  date, or one no calendar has (30 February). A time the clock skips in spring is read with the offset before. */
export function readMoment(text: string, zone: string): Date | null {
  const match = isoPattern.exec(text)
  if (!match) return null
  const { year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', offset } = match.groups ?? {}
  const fields = [Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)] as const
  const wallMs = Date.UTC(...fields, Math.floor(Number(`0.${fraction}`) * 1000))
  const wall = new Date(wallMs)
  const isReal = [wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate()].every((part, i) => part === fields[i])
  const isClock = fields[3] < 24 && fields[4] < 60 && fields[5] < 60
  if (!isReal || !isClock) return null
  if (offset === undefined) return new Date(toUtcMs(wallMs, zone))
  const offsetMs = offsetOf(offset)
  return offsetMs === null ? null : new Date(wallMs - offsetMs)
}

const isoPattern =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[T ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<fraction>\d{1,9}))?)?(?<offset>Z|[+-]\d\d:?\d\d)?)?$/i

function offsetOf(text: string): number | null {
  if (text.toUpperCase() === 'Z') return 0
  const hours = Number(text.slice(1, 3))
  const minutes = Number(text.slice(-2))
  if (hours > 14 || minutes > 59) return null
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

/** A time the clock skips is read with the offset from before the jump, which lands after it. */
function toUtcMs(wallMs: number, zone: string): number {
  const clock = openZone(zone)
  return clock.momentsOf(wallMs)[0] ?? wallMs - clock.offsetMsAt(wallMs - dayMs)
}

const dayMs = 24 * 60 * 60 * 1000

/** A zone's clock. Wall times are milliseconds as `Date.UTC` gives them for what the clock shows. */
export interface Zone {
  /** How far the clock is ahead of UTC at a moment, in milliseconds. */
  offsetMsAt(utcMs: number): number
  /** The moments at which the clock shows a wall time, in order: none where it skips it in spring, two where it shows
   *  it twice in autumn. */
  momentsOf(wallMs: number): number[]
  /** The moment of the jump that skips a wall time: the first one after the gap. */
  endOfGap(wallMs: number): number
}

/** Opens a zone's clock. Making one costs more than reading it: open it once for many readings. */
export function openZone(zone: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const offsetMsAt = (utcMs: number): number => {
    const parts = format.formatToParts(utcMs)
    const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value)
    const wallMs = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
    return wallMs - Math.floor(utcMs / 1000) * 1000
  }
  return {
    offsetMsAt,
    momentsOf(wallMs) {
      // A clock changes at most once in two days, so the offsets around the time are all there can be.
      const offsets = new Set([offsetMsAt(wallMs - dayMs), offsetMsAt(wallMs + dayMs)])
      return [...offsets]
        .map((offsetMs) => wallMs - offsetMs)
        .filter((moment) => moment + offsetMsAt(moment) === wallMs)
        .sort((a, b) => a - b)
    },
    endOfGap(wallMs) {
      let [before, after] = [wallMs - dayMs, wallMs + dayMs]
      const offsetBefore = offsetMsAt(before)
      while (after - before > 1) {
        const middle = Math.floor((before + after) / 2)
        if (offsetMsAt(middle) === offsetBefore) before = middle
        else after = middle
      }
      return after
    },
  }
}
