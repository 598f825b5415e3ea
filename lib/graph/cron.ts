const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const longestMonthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

interface Field {
  title: string
  min: number
  max: number
  /** Names that stand for `min`, `min + 1`, … */
  names: readonly string[]
}

const fields: readonly Field[] = [
  { title: 'minute', min: 0, max: 59, names: [] },
  { title: 'hour', min: 0, max: 23, names: [] },
  { title: 'day of month', min: 1, max: 31, names: [] },
  { title: 'month', min: 1, max: 12, names: months },
  { title: 'day of week', min: 0, max: 7, names: weekdays },
]

/** Says what is wrong with a five-field cron expression, or null. Accepts `*`, numbers, names of months and weekdays,
 *  ranges, steps and lists; not the extensions (`@daily`, `L`, `#`, seconds). Our own check because the scheduler's
 *  parser does not belong in a browser bundle; a test holds the two together. Source: POSIX crontab, plus steps. */
export function cronProblem(expression: string): string | null {
  const parts = expression.split(' ')
  if (expression === '' || parts.length !== fields.length)
    return `must have 5 fields (minute hour day month weekday), such as 0 9 * * 1-5`
  const sets: ReadonlySet<number>[] = []
  for (const [index, field] of fields.entries()) {
    const values = valuesOf(parts[index] ?? '', field)
    if (!values)
      return `${parts[index] ?? ''} is no ${field.title} between ${field.min} and ${field.max}, or names one twice`
    sets.push(values)
  }
  return neverComes(parts, sets) ? 'names a date that never comes' : null
}

/** The moments a cron expression names, on a wall clock. Weekdays count from Sunday, 0. */
export interface CronTimes {
  minutes: readonly number[]
  hours: readonly number[]
  /** Tells whether it fires on a day. A day of the month and a weekday, where both are restricted, are alternatives. */
  isDay(month: number, dayOfMonth: number, weekday: number): boolean
}

/** Reads an expression in which `cronProblem` finds nothing wrong. */
export function readCronTimes(expression: string): CronTimes {
  const [minutes, hours, days, monthNumbers, weekdayNumbers] = expression
    .split(' ')
    .map(
      (text, index) => valuesOf(text, fields[index] ?? { title: '', min: 0, max: 0, names: [] }) ?? new Set<number>(),
    )
  const isAnyDay = days?.size === 31
  // 0 and 7 are both Sunday.
  const onWeekday = new Set([...(weekdayNumbers ?? [])].map((value) => value % 7))
  const isAnyWeekday = onWeekday.size === 7
  return {
    minutes: ascending(minutes),
    hours: ascending(hours),
    isDay(month, dayOfMonth, weekday) {
      if (!monthNumbers?.has(month)) return false
      const byDay = days?.has(dayOfMonth) ?? false
      const byWeekday = onWeekday.has(weekday)
      return isAnyDay || isAnyWeekday ? byDay && byWeekday : byDay || byWeekday
    },
  }
}

function ascending(values: ReadonlySet<number> | undefined): number[] {
  return [...(values ?? [])].sort((a, b) => a - b)
}

function valuesOf(text: string, field: Field): Set<number> | null {
  const values = new Set<number>()
  for (const item of text.toLowerCase().split(',')) {
    const match = /^(\*|[a-z]+|\d{1,2})(?:-([a-z]+|\d{1,2}))?(?:\/(\d{1,2}))?$/.exec(item)
    if (!match) return null
    const [, from = '', to, every] = match
    const first = from === '*' ? field.min : valueOf(from, field)
    const last = lastOf({ from, to, every, first }, field)
    const step = every === undefined ? 1 : Number(every)
    if (first === null || last === null || first > last || step < 1 || (from === '*' && to !== undefined)) return null
    for (let value = first; value <= last; value += step) {
      // The scheduler refuses lists that name a value twice.
      if (values.has(value)) return null
      values.add(value)
    }
  }
  return values
}

function lastOf(
  range: { from: string; to: string | undefined; every: string | undefined; first: number | null },
  field: Field,
): number | null {
  if (range.to !== undefined) return valueOf(range.to, field)
  return range.from === '*' || range.every !== undefined ? field.max : range.first
}

function valueOf(text: string, field: Field): number | null {
  const named = field.names.indexOf(text)
  const value = named >= 0 ? field.min + named : /^\d+$/.test(text) ? Number(text) : NaN
  return value >= field.min && value <= field.max ? value : null
}

/** A day of the month that none of the months has, with no weekday to fall back on. */
function neverComes(parts: readonly string[], [, , days, monthNumbers]: readonly ReadonlySet<number>[]): boolean {
  if (parts[4] !== '*' || !days || !monthNumbers) return false
  const firstDay = Math.min(...days)
  return [...monthNumbers].every((month) => firstDay > (longestMonthDays[month - 1] ?? 31))
}
