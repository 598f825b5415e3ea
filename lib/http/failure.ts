import 'server-only'
import { isAppError, statusOfCode, type AppError } from '../contract/errors'
import { logger } from '../log'
import { databaseFailureOf } from '../database-failure'
import { jsonReply, type Reply } from './reply'

/** The reply to a failed request. What the caller can act on is told; anything else is logged and answered 500 INTERNAL
 *  without a word of its inside. `path` carries no query. */
export function replyOfFailure(error: unknown, request: { id: string; method: string; path: string }): Reply {
  if (isAppError(error)) return replyOfAppError(error)
  const database = databaseFailureOf(error)
  if (database === 'refused_text') {
    return coded('VALIDATION_ERROR', 'A text holds a character that cannot be stored, such as NUL')
  }
  logger.error({ err: error, requestId: request.id, method: request.method, path: request.path }, 'request failed')
  if (database === 'unreachable') {
    return coded('OVERLOADED', 'The database does not answer: try again shortly', { 'retry-after': retrySeconds })
  }
  return coded('INTERNAL', `Something went wrong on our side; the log has it under request ${request.id}`)
}

function replyOfAppError(error: AppError): Reply {
  if (error.code === 'UNAUTHORIZED') {
    return jsonReply(401, { error: error.message }, { 'www-authenticate': 'Bearer' })
  }
  const status = statusOfCode[error.code]
  const wait = error.retryAfterSeconds ?? (status === 429 || status === 503 ? 1 : null)
  const headers = {
    ...(wait !== null && { 'retry-after': String(Math.max(1, Math.ceil(wait))) }),
    ...(error.allow !== undefined && { allow: error.allow }),
  }
  return jsonReply(status, { error: error.message, error_code: error.code, ...error.details }, headers)
}

function coded(code: keyof typeof statusOfCode, error: string, headers?: Record<string, string>): Reply {
  return jsonReply(statusOfCode[code], { error, error_code: code }, headers)
}

const retrySeconds = '2'
