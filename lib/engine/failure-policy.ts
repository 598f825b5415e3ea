import 'server-only'
import { isJsonObject, type JsonObject } from '../contract/json'
import { maxRetryAttempts, maxRetryBackoffMs } from '../limits'

/** What a block does when it fails, read from its saved config. */
export interface FailurePolicy {
  continues: boolean
  maxAttempts: number
  backoffMs: number
  factor: number
  timeoutMs: number | null
}

/** Reads `on_error`, `retry` and `timeout_ms`. Junk counts as absent, numbers are clamped to their limits.
 *  Source: API contract, section 6, "Failure". */
export function readFailurePolicy(config: JsonObject): FailurePolicy {
  const retry = isJsonObject(config['retry']) ? config['retry'] : {}
  const timeoutMs = positiveNumber(config['timeout_ms'])
  return {
    continues: config['on_error'] === 'continue',
    maxAttempts: Math.min(Math.floor(positiveNumber(retry['max_attempts']) ?? 1) || 1, maxRetryAttempts),
    backoffMs: Math.min(positiveNumber(retry['backoff_ms']) ?? 0, maxRetryBackoffMs),
    factor: positiveNumber(retry['factor']) ?? 1,
    timeoutMs: timeoutMs === null ? null : Math.ceil(timeoutMs),
  }
}

/** Milliseconds to wait after failed attempt `attempt` (from 1). */
export function backoffMs(policy: FailurePolicy, attempt: number): number {
  return Math.min(policy.backoffMs * policy.factor ** (attempt - 1), maxRetryBackoffMs)
}

function positiveNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) && number > 0 ? number : null
}
