import 'server-only'
import { AppError } from '../contract/errors'
import { isUuid } from '../contract/ids'
import type { Json } from '../contract/json'
import type { UserColumnType } from '../contract/user-tables'
import { maxUserTextChars } from '../limits'

/** A value as the text Postgres reads for the column's type; null stays null. Numbers and truth values may come as
 *  their text, as references inside text give them. @throws VALIDATION_ERROR naming table, column and what it holds. */
export function readUserValue(
  table: string,
  column: { name: string; type: UserColumnType; required?: boolean },
  value: Json,
): string | null {
  if (value === null) {
    if (column.required) throw refusal(table, column, 'is required and would be null')
    return null
  }
  const text = readers[column.type](value)
  if (text === null) throw refusal(table, column, `holds ${kinds[column.type]}, not ${shownOf(value)}`)
  if (text.length > maxUserTextChars)
    throw refusal(table, column, `holds at most ${maxUserTextChars} characters, not ${text.length}`)
  if (text.includes('\0')) throw refusal(table, column, 'cannot hold a NUL character')
  return text
}

const kinds: Record<UserColumnType, string> = {
  text: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  timestamp: 'a date and time such as 2030-01-31T09:00:00Z',
  date: 'a date such as 2030-01-31',
  json: 'JSON',
  uuid: 'a UUID',
}

const readers: Record<UserColumnType, (value: Json) => string | null> = {
  text: (value) => (typeof value === 'string' ? value : null),
  integer(value) {
    const number = numberOf(value)
    return number !== null && Number.isSafeInteger(number) ? String(number) : null
  },
  number(value) {
    const number = numberOf(value)
    return number === null ? null : String(number)
  },
  boolean(value) {
    const text = typeof value === 'string' ? value.trim().toLowerCase() : value
    if (text === true || text === 'true') return 'true'
    return text === false || text === 'false' ? 'false' : null
  },
  timestamp(value) {
    if (typeof value !== 'string' || !momentPattern.test(value.trim())) return null
    const text = value.trim().replace(' ', 'T')
    // Without an offset it is UTC, whatever this machine's time zone is.
    const date = new Date(/T.*(?:Z|[+-]\d\d:?\d\d)$/i.test(text) || !text.includes('T') ? text : `${text}Z`)
    return Number.isNaN(date.getTime()) ? null : date.toISOString()
  },
  date(value) {
    if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value.trim())) return null
    const date = new Date(value.trim())
    // 31 February would else become a day of March.
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value.trim()) ? value.trim() : null
  },
  json: (value) => JSON.stringify(value),
  uuid: (value) => (isUuid(value) ? value.toLowerCase() : null),
}

const momentPattern = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/i

function numberOf(value: Json): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

function shownOf(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function refusal(table: string, column: { name: string }, what: string): AppError {
  const issues = [{ path: column.name, message: what }]
  return new AppError('VALIDATION_ERROR', `Table ${table}, column ${column.name}: ${what}`, { issues })
}
