import { CronExpressionParser } from 'cron-parser'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cronProblem } from './cron'
import { readScheduleConfig } from './schedule-config'
import { isTimeZone, readMoment } from './zoned-time'
import type { JsonObject } from '../contract/json'

const cron = { schedule_enabled: true, schedule_type: 'cron', schedule_cron: '0 9 * * 1-5' }
const interval = {
  schedule_enabled: true,
  schedule_type: 'interval',
  schedule_interval_value: 5,
  schedule_interval_unit: 'minutes',
}

describe('a schedule', () => {
  it.each<[string, JsonObject, object | null]>([
    ['none where none is enabled', { ...cron, schedule_enabled: false, schedule_cron: 'junk' }, null],
    ['none in an empty config', {}, null],
    ['cron', cron, { type: 'cron', cron: '0 9 * * 1-5', interval_seconds: null, timezone: 'UTC', enabled: true }],
    ['cron with any blanks', { ...cron, schedule_cron: '  0  9 * *\t1-5 ' }, { cron: '0 9 * * 1-5' }],
    [
      'an interval',
      interval,
      { type: 'interval', interval_seconds: 300, cron: null, start_at: null, end_at: null, max_runs: null },
    ],
    [
      'an interval written as text',
      { ...interval, schedule_interval_value: '2', schedule_interval_unit: 'hours' },
      { interval_seconds: 7200 },
    ],
    ['days', { ...interval, schedule_interval_unit: 'days' }, { interval_seconds: 432_000 }],
    ['a zone', { ...cron, schedule_timezone: 'Europe/Berlin' }, { timezone: 'Europe/Berlin' }],
    [
      'a window in its own zone',
      {
        ...cron,
        schedule_timezone: 'Europe/Berlin',
        schedule_start_at: '2030-07-01T09:00',
        schedule_end_at: '2030-12-01',
      },
      { start_at: '2030-07-01T07:00:00.000Z', end_at: '2030-11-30T23:00:00.000Z' },
    ],
    [
      'a window with an offset',
      { ...cron, schedule_start_at: '2030-07-01T09:00:00+02:00' },
      { start_at: '2030-07-01T07:00:00.000Z' },
    ],
    ['a number of runs', { ...cron, schedule_max_runs: '3' }, { max_runs: 3 }],
    [
      'blank values as absent',
      { ...cron, schedule_start_at: '', schedule_max_runs: null, schedule_timezone: ' ' },
      { start_at: null, max_runs: null, timezone: 'UTC' },
    ],
  ])('reads %s', (_title, config, expected) => {
    const { schedule, issues } = readScheduleConfig(config)
    expect(issues).toEqual([])
    if (expected === null) expect(schedule).toBeNull()
    else expect(schedule).toMatchObject(expected)
  })

  it.each<[string, JsonObject, string]>([
    ['an unknown type', { ...cron, schedule_type: 'weekly' }, 'schedule_type'],
    ['no cron', { ...cron, schedule_cron: '' }, 'schedule_cron'],
    ['six cron fields', { ...cron, schedule_cron: '0 0 9 * * 1' }, 'schedule_cron'],
    ['a cron word', { ...cron, schedule_cron: '@daily' }, 'schedule_cron'],
    ['a date that never comes', { ...cron, schedule_cron: '0 0 31 2,4 *' }, 'schedule_cron'],
    ['an unknown zone', { ...cron, schedule_timezone: 'Mars/Olympus' }, 'schedule_timezone'],
    ['an offset for a zone', { ...cron, schedule_timezone: '+02:00' }, 'schedule_timezone'],
    ['an interval of nothing', { ...interval, schedule_interval_value: 0 }, 'schedule_interval_value'],
    ['an interval that is no number', { ...interval, schedule_interval_value: 'x' }, 'schedule_interval_value'],
    ['an endless interval', { ...interval, schedule_interval_value: 1e300 }, 'schedule_interval_value'],
    ['an unknown unit', { ...interval, schedule_interval_unit: 'seconds' }, 'schedule_interval_unit'],
    ['a start that is no date', { ...cron, schedule_start_at: 'tomorrow' }, 'schedule_start_at'],
    ['a date no calendar has', { ...cron, schedule_start_at: '2030-02-30' }, 'schedule_start_at'],
    [
      'an end before its start',
      { ...cron, schedule_start_at: '2030-02-02', schedule_end_at: '2030-02-01' },
      'schedule_end_at',
    ],
    ['half a run', { ...cron, schedule_max_runs: 0.5 }, 'schedule_max_runs'],
    ['a reference, which nobody resolves at deploy', { ...cron, schedule_cron: '{{variables.cron}}' }, 'schedule_cron'],
  ])('refuses %s', (_title, config, key) => {
    const { schedule, issues } = readScheduleConfig(config)
    expect(schedule).toBeNull()
    expect(issues.map(({ path }) => path)).toContain(`config.${key}`)
  })
})

describe('a cron expression', () => {
  it.each(['* * * * *', '*/5 0-6,22 1 jan-mar mon-fri', '0 0 29 2 *', '0 0 31 2 1', '5/10 * * * 7', '0 12 * JAN SUN'])(
    'accepts %s',
    (text) => {
      expect(cronProblem(text)).toBeNull()
    },
  )

  it.each([
    '',
    '*',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 8',
    '*/0 * * * *',
    '5-1 * * * *',
    'a * * * *',
    '1,,2 * * * *',
    '-1 * * * *',
    '* * L * *',
    '* * * * 1#2',
    '*-5 * * * *',
    '1.5 * * * *',
  ])('refuses %s', (text) => {
    expect(cronProblem(text)).not.toBeNull()
  })

  it('accepts nothing the scheduler cannot parse', () => {
    const number = fc.integer({ min: 0, max: 61 }).map(String)
    const item = fc.oneof(
      fc.constantFrom('*', 'mon', 'jan', 'sun-sat', 'L', '?'),
      number,
      fc.tuple(number, number).map(([a, b]) => `${a}-${b}`),
      fc.tuple(fc.constantFrom('*', '1', '2-20'), number).map(([range, step]) => `${range}/${step}`),
    )
    const field = fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(','))
    fc.assert(
      fc.property(fc.array(field, { minLength: 5, maxLength: 5 }), (fields) => {
        const text = fields.join(' ')
        if (cronProblem(text) === null) expect(() => CronExpressionParser.parse(text).next()).not.toThrow()
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('a moment in a zone', () => {
  it.each<[string, string, string]>([
    ['2030-01-15T12:00', 'America/New_York', '2030-01-15T17:00:00.000Z'],
    ['2030-07-15T12:00', 'America/New_York', '2030-07-15T16:00:00.000Z'],
    // Clocks jump from 2:00 to 3:00 on 31 March 2030 in Berlin, and back on 27 October.
    ['2030-03-31T01:59', 'Europe/Berlin', '2030-03-31T00:59:00.000Z'],
    ['2030-03-31T02:30', 'Europe/Berlin', '2030-03-31T01:30:00.000Z'],
    ['2030-03-31T03:00', 'Europe/Berlin', '2030-03-31T01:00:00.000Z'],
    ['2030-10-27T03:30', 'Europe/Berlin', '2030-10-27T02:30:00.000Z'],
    ['2030-01-01 00:00:00.5', 'Asia/Kolkata', '2029-12-31T18:30:00.500Z'],
    ['2030-01-01T00:00Z', 'Asia/Kolkata', '2030-01-01T00:00:00.000Z'],
    ['2030-01-01T00:00-0330', 'Asia/Kolkata', '2030-01-01T03:30:00.000Z'],
  ])('%s in %s is %s', (text, zone, expected) => {
    expect(readMoment(text, zone)?.toISOString()).toBe(expected)
  })

  it.each([
    '',
    '2030',
    '2030-13-01',
    '2030-01-32',
    '2030-01-01T24:00',
    '2030-01-01T00:60',
    '2030-01-01T00:00+15:00',
    'x2030-01-01',
  ])('%j is none', (text) => {
    expect(readMoment(text, 'UTC')).toBeNull()
  })

  it('knows zones from texts that are none', () => {
    expect(['UTC', 'Europe/Berlin', 'europe/berlin'].every(isTimeZone)).toBe(true)
    expect(['', '+01:00', 'CEST+1x', 'Nowhere/At_All'].some(isTimeZone)).toBe(false)
  })
})
