import 'server-only'
import { AppError, isAppError } from '../contract/errors'

/** What a failed run of an agent tells its caller. Bugs stay what they are. */
export function asAppError(error: unknown): unknown {
  if (isAppError(error) || !(error instanceof Error)) return error
  if (error.name === 'TimeoutError')
    return new AppError('EXECUTION_TIMEOUT', 'The agent did not answer in time', {}, { cause: error })
  if (error.name === 'AbortError')
    return new AppError('EXECUTION_CANCELLED', 'The run was cancelled', {}, { cause: error })
  // By name: the process holds the class once for each of its bundles.
  if (error.name === 'BlockError') return new AppError('EXECUTION_FAILED', error.message, {}, { cause: error })
  return error
}
