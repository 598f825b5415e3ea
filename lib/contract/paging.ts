import { z } from 'zod'
import { defaultPageSize, maxPageSize } from '../limits'

const wholeNumber = /^-?\d+$/

/** `limit` of a list: whole numbers are clamped to 1..`maxPageSize`, anything else is `fallback`.
 *  Source: API contract, section 2. */
export function pageSizeQuery(fallback: number = defaultPageSize) {
  return z
    .string()
    .optional()
    .transform((text) => (isWhole(text) ? Math.min(Math.max(Number(text), 1), maxPageSize) : fallback))
}

/** `offset` of a list: whole numbers are clamped to 0 and up, anything else is 0. */
export const offsetQuery = z
  .string()
  .optional()
  // Above the safe integers a number would reach Postgres as `1e+21`.
  .transform((text) => (isWhole(text) ? Math.min(Math.max(Number(text), 0), Number.MAX_SAFE_INTEGER) : 0))

function isWhole(text: string | undefined): text is string {
  return text !== undefined && wholeNumber.test(text)
}
