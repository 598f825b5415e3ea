import { cronProblem } from './cron'
import { isTimeZone, readMoment } from './zoned-time'
import type { Json, JsonObject } from '../contract/json'
import { maxScheduleIntervalSeconds, minScheduleIntervalSeconds } from '../limits'

/** When a deployed workflow runs by itself, as `schedule_config` shows it. Source: API contract, section 10. */
export interface ScheduleConfig {
  enabled: boolean
  type: 'interval' | 'cron'
  /** IANA zone the cron fields are read in. */
  timezone: string
  /** ISO 8601 UTC. */
  start_at: string | null
  end_at: string | null
  max_runs: number | null
  interval_seconds: number | null
  cron: string | null
}

export interface ScheduleIssue {
  /** Path inside the block, `config.schedule_cron`. */
  path: string
  message: string
}

/** Reads the schedule keys of a starter's config. `schedule` is null when none is enabled (its values are then nobody's
 *  concern) or when there are issues. Numbers may be text, blank means absent. */
export function readScheduleConfig(config: JsonObject): { schedule: ScheduleConfig | null; issues: ScheduleIssue[] } {
  if (!isOn(config['schedule_enabled'])) return { schedule: null, issues: [] }
  const issues: ScheduleIssue[] = []
  const reader: Reader = { config, report: (key, message) => issues.push({ path: `config.${key}`, message }) }
  const type = readType(reader)
  const timezone = readZone(reader)
  const schedule: ScheduleConfig = {
    enabled: true,
    type,
    timezone,
    start_at: readTime(reader, 'schedule_start_at', timezone),
    end_at: readTime(reader, 'schedule_end_at', timezone),
    max_runs: readMaxRuns(reader),
    interval_seconds: type === 'interval' ? readInterval(reader) : null,
    cron: type === 'cron' ? readCron(reader) : null,
  }
  if (schedule.start_at !== null && schedule.end_at !== null && schedule.end_at <= schedule.start_at)
    reader.report('schedule_end_at', 'the end must lie after the start')
  return { schedule: issues.length === 0 ? schedule : null, issues }
}

interface Reader {
  config: JsonObject
  report(key: string, message: string): void
}

const secondsOfUnit = new Map([
  ['minutes', 60],
  ['hours', 60 * 60],
  ['days', 24 * 60 * 60],
])

function isOn(value: Json | undefined): boolean {
  return value === true || (typeof value === 'string' && value.trim().toLowerCase() === 'true')
}

function textOf({ config }: Reader, key: string): string {
  const value = config[key]
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value.trim() : JSON.stringify(value)
}

function readType(reader: Reader): 'interval' | 'cron' {
  const type = textOf(reader, 'schedule_type')
  if (type === 'interval' || type === 'cron') return type
  if (type !== '') reader.report('schedule_type', `must be interval or cron, not ${type}`)
  return textOf(reader, 'schedule_cron') === '' ? 'interval' : 'cron'
}

function readZone(reader: Reader): string {
  const zone = textOf(reader, 'schedule_timezone') || 'UTC'
  if (isTimeZone(zone)) return zone
  reader.report('schedule_timezone', `not an IANA time zone: ${zone}. Write one such as Europe/Berlin`)
  return 'UTC'
}

function readTime(reader: Reader, key: string, zone: string): string | null {
  const text = textOf(reader, key)
  if (text === '') return null
  const moment = readMoment(text, zone)
  if (!moment) reader.report(key, `not a date and time: ${text}. Write it such as 2030-01-31T09:00`)
  return moment ? moment.toISOString() : null
}

function readMaxRuns(reader: Reader): number | null {
  const text = textOf(reader, 'schedule_max_runs')
  if (text === '') return null
  const count = Number(text)
  if (!Number.isSafeInteger(count) || count < 1)
    reader.report('schedule_max_runs', `must be a whole number of at least 1, not ${text}`)
  return count
}

function readInterval(reader: Reader): number | null {
  const text = textOf(reader, 'schedule_interval_value')
  const value = text === '' ? NaN : Number(text)
  if (!(value >= 1)) reader.report('schedule_interval_value', `must be a number of at least 1, not ${text || 'empty'}`)
  const unit = textOf(reader, 'schedule_interval_unit')
  const unitSeconds = secondsOfUnit.get(unit)
  if (unitSeconds === undefined)
    reader.report('schedule_interval_unit', `must be minutes, hours or days, not ${unit || 'empty'}`)
  const seconds = Math.round(value * (unitSeconds ?? NaN))
  if (seconds < minScheduleIntervalSeconds || seconds > maxScheduleIntervalSeconds)
    reader.report(
      'schedule_interval_value',
      `the interval must last between ${minScheduleIntervalSeconds} and ${maxScheduleIntervalSeconds} seconds`,
    )
  return seconds
}

function readCron(reader: Reader): string | null {
  const cron = textOf(reader, 'schedule_cron').split(/\s+/).join(' ')
  const problem = cronProblem(cron)
  if (problem !== null) reader.report('schedule_cron', problem)
  return cron
}
