/** HTTP status of every error code a caller can meet: the one table. Source: contract section 1. */
export const statusOfCode = {
  VALIDATION_ERROR: 400,
  MODEL_NOT_CONFIGURED: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  WEBHOOK_NOT_ACTIVE: 403,
  NOT_FOUND: 404,
  WORKFLOW_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  REQUEST_TIMEOUT: 408,
  WEBHOOK_ID_TAKEN: 409,
  REVISION_CONFLICT: 409,
  DUPLICATE_IN_PROGRESS: 409,
  EXECUTION_CANCELLED: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  GRAPH_INVALID: 422,
  RATE_LIMITED: 429,
  HEADERS_TOO_LARGE: 431,
  EXECUTION_FAILED: 500,
  INTERNAL: 500,
  OVERLOADED: 503,
  EXECUTION_TIMEOUT: 504,
} as const

export type ErrorCode = keyof typeof statusOfCode

/** Fields beside `error` and `error_code` in an error body, such as `issues` or `execution_id`. */
export type ErrorDetails = Record<string, unknown>

/** A failure the caller can act on. `message` says what, where and the remedy; `details` join the JSON body;
 *  `retryAfterSeconds` becomes the `Retry-After` header, `allow` (methods) the `Allow` header. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly retryAfterSeconds: number | undefined
  readonly allow: string | undefined

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
    options: { cause?: unknown; retryAfterSeconds?: number; allow?: string } = {},
  ) {
    super(message, { cause: options.cause })
    this.retryAfterSeconds = options.retryAfterSeconds
    this.allow = options.allow
  }
}

/** Recognises an AppError even when it was thrown by another bundle's copy of the class. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === 'AppError' && 'code' in error
}
