import { describe, expect, it } from 'vitest'
import { nextFireTimes } from './next-fire-times'
import type { ScheduleConfig } from './schedule-config'

const base = { enabled: true, timezone: 'UTC', start_at: null, end_at: null, max_runs: null } as const
const cron = (text: string, timezone = 'UTC', more: Partial<ScheduleConfig> = {}): ScheduleConfig => ({
  ...base,
  type: 'cron',
  cron: text,
  interval_seconds: null,
  timezone,
  ...more,
})
const every = (seconds: number, more: Partial<ScheduleConfig> = {}): ScheduleConfig => ({
  ...base,
  type: 'interval',
  cron: null,
  interval_seconds: seconds,
  ...more,
})
const times = (schedule: ScheduleConfig, after: string, count: number, anchor = after) =>
  nextFireTimes(schedule, { after: new Date(after), anchor: new Date(anchor), count }).map((time) =>
    time.toISOString().replace(':00.000Z', 'Z'),
  )

describe('a cron schedule', () => {
  it.each<[string, string, string, string[]]>([
    ['0 9 * * 1-5', 'every weekday', '2026-01-02T09:00Z', ['2026-01-05T09:00Z', '2026-01-06T09:00Z']],
    ['*/20 * * * *', 'every 20 minutes', '2026-01-01T23:39Z', ['2026-01-01T23:40Z', '2026-01-02T00:00Z']],
    ['5/25 1 * * *', 'a step from a number', '2026-01-01T00:00Z', ['2026-01-01T01:05Z', '2026-01-01T01:30Z']],
    ['0 */7 * * *', 'every seventh hour', '2026-01-01T13:00Z', ['2026-01-01T14:00Z', '2026-01-01T21:00Z']],
    [
      '0 0 31 * *',
      'the 31st of the months that have one',
      '2026-03-31T00:00Z',
      ['2026-05-31T00:00Z', '2026-07-31T00:00Z'],
    ],
    ['0 0 29 2 *', 'leap days', '2026-01-01T00:00Z', ['2028-02-29T00:00Z', '2032-02-29T00:00Z', '2036-02-29T00:00Z']],
    ['0 0 29 2 *', 'leap days over a year 2100 without one', '2096-03-01T00:00Z', ['2104-02-29T00:00Z']],
    ['0 0 13 * 5', 'the 13th or any Friday', '2026-01-09T00:00Z', ['2026-01-13T00:00Z', '2026-01-16T00:00Z']],
    ['0 0 * * 7', 'Sunday as 7', '2026-01-01T00:00Z', ['2026-01-04T00:00Z']],
    ['0 12 1 jan,jul *', 'months by name', '2026-01-01T12:00Z', ['2026-07-01T12:00Z', '2027-01-01T12:00Z']],
    ['59 23 31 12 *', 'the last minute of a year', '2026-12-31T23:58Z', ['2026-12-31T23:59Z']],
  ])('%s fires %s', (text, _title, after, expected) => {
    expect(times(cron(text), after, expected.length)).toEqual(expected)
  })

  // Clocks in 2030: Berlin 31 March 2:00 -> 3:00 and 27 October 3:00 -> 2:00, New York 10 March and 3 November,
  // Lord Howe (half an hour) 6 October 2:00 -> 2:30 and 7 April 2:00 -> 1:30.
  it.each<[string, string, string, string, string[]]>([
    [
      '30 2 * * *',
      'Europe/Berlin',
      'a time skipped in spring at the first moment after the gap',
      '2030-03-30T02:00Z',
      ['2030-03-31T01:00Z', '2030-04-01T00:30Z'],
    ],
    [
      '*/15 2 * * *',
      'Europe/Berlin',
      'several skipped times once',
      '2030-03-30T02:00Z',
      ['2030-03-31T01:00Z', '2030-04-01T00:00Z'],
    ],
    [
      '30 2,3 * * *',
      'Europe/Berlin',
      'the skipped time and the next one',
      '2030-03-30T12:00Z',
      ['2030-03-31T01:00Z', '2030-03-31T01:30Z'],
    ],
    [
      '0 2,3 * * *',
      'Europe/Berlin',
      'a skipped time and the end of its gap once',
      '2030-03-30T12:00Z',
      ['2030-03-31T01:00Z', '2030-04-01T00:00Z'],
    ],
    [
      '30 2 * * *',
      'Europe/Berlin',
      'a time shown twice in autumn at its first',
      '2030-10-26T12:00Z',
      ['2030-10-27T00:30Z', '2030-10-28T01:30Z'],
    ],
    [
      '0 9 * * *',
      'Europe/Berlin',
      'at nine whatever the season',
      '2030-03-30T00:00Z',
      ['2030-03-30T08:00Z', '2030-03-31T07:00Z'],
    ],
    [
      '30 * * * *',
      'Europe/Berlin',
      'every hour through spring',
      '2030-03-31T00:00Z',
      ['2030-03-31T00:30Z', '2030-03-31T01:30Z'],
    ],
    [
      '30 * * * *',
      'Europe/Berlin',
      'every hour through autumn',
      '2030-10-26T23:45Z',
      ['2030-10-27T00:30Z', '2030-10-27T01:30Z', '2030-10-27T02:30Z'],
    ],
    [
      '15 2 * * *',
      'America/New_York',
      'once in spring',
      '2030-03-10T00:00Z',
      ['2030-03-10T07:00Z', '2030-03-11T06:15Z'],
    ],
    [
      '15 1 * * *',
      'America/New_York',
      'once in autumn',
      '2030-11-03T00:00Z',
      ['2030-11-03T05:15Z', '2030-11-04T06:15Z'],
    ],
    [
      '15 2 * * *',
      'Australia/Lord_Howe',
      'once where half an hour is skipped',
      '2030-10-05T00:00Z',
      ['2030-10-05T15:30Z', '2030-10-06T15:15Z'],
    ],
    [
      '45 1 * * *',
      'Australia/Lord_Howe',
      'once where half an hour comes twice',
      '2030-04-06T00:00Z',
      ['2030-04-06T14:45Z', '2030-04-07T15:15Z'],
    ],
    [
      '0 0 1 * *',
      'Asia/Kolkata',
      'at the zone’s midnight',
      '2030-01-01T00:00Z',
      ['2030-01-31T18:30Z', '2030-02-28T18:30Z'],
    ],
    [
      '0 0 30 12 *',
      'Pacific/Apia',
      'on a date the zone never had at the first moment after it',
      '2011-12-29T00:00Z',
      ['2011-12-30T10:00Z'],
    ],
  ])('%s in %s fires %s', (text, zone, _title, after, expected) => {
    expect(times(cron(text, zone), after, expected.length)).toEqual(expected)
  })

  it('goes on right after a time it just fired at', () => {
    const [first = ''] = times(cron('30 2 * * *', 'Europe/Berlin'), '2030-10-26T12:00Z', 1)
    expect(times(cron('30 2 * * *', 'Europe/Berlin'), first, 1)).toEqual(['2030-10-28T01:30Z'])
  })

  it('starts and ends at its bounds, both counted in', () => {
    const bounded = cron('0 * * * *', 'UTC', {
      start_at: '2030-01-01T10:00:00.000Z',
      end_at: '2030-01-01T12:00:00.000Z',
    })
    expect(times(bounded, '2026-01-01T00:00Z', 5)).toEqual([10, 11, 12].map((hour) => `2030-01-01T${hour}:00Z`))
    expect(times(bounded, '2030-01-01T12:00Z', 5)).toEqual([])
  })

  it('that names a date no year has never fires', () => {
    expect(times(cron('0 0 31 2 0-6'), '2026-01-01T00:00Z', 1)).toEqual([])
  })
})

describe('an interval', () => {
  it('is counted from when the schedule was taken up', () => {
    const [after, anchor] = ['2026-01-01T00:59Z', '2026-01-01T00:10Z']
    expect(times(every(1200), after, 2, anchor)).toEqual(['2026-01-01T01:10Z', '2026-01-01T01:30Z'])
    expect(times(every(1200), anchor, 1, anchor)).toEqual(['2026-01-01T00:30Z'])
  })

  it('with a start fires at it and counts from it', () => {
    const started = every(3600, { start_at: '2026-01-01T10:00:00.000Z', end_at: '2026-01-01T12:30:00.000Z' })
    expect(times(started, '2026-01-01T00:00Z', 5)).toEqual([10, 11, 12].map((hour) => `2026-01-01T${hour}:00Z`))
    expect(times(started, '2026-01-01T11:00Z', 5)).toEqual(['2026-01-01T12:00Z'])
  })

  it('of a day is 24 hours whatever the clocks do', () => {
    const daily = every(86_400, { timezone: 'Europe/Berlin' })
    expect(times(daily, '2030-03-30T12:00Z', 2)).toEqual(['2030-03-31T12:00Z', '2030-04-01T12:00Z'])
  })
})
