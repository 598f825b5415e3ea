import 'server-only'
import pg from 'pg'
import { AppError } from '../contract/errors'
import { userStatementTimeoutMs } from '../limits'

/** What Postgres's refusal of work on a user's table tells its caller. Bugs stay what they are.
 *  Source: PostgreSQL, appendix A, "Error Codes". */
export function asUserTableError(error: unknown, table: string): unknown {
  if (!(error instanceof pg.DatabaseError)) return error
  const refuse = (message: string) =>
    new AppError('VALIDATION_ERROR', `Table ${table}: ${message}`, {}, { cause: error })
  const { code = '', column = '' } = error
  switch (code) {
    case '23505':
      return refuse(`a unique column would hold a value twice. ${error.detail ?? ''}`.trim())
    case '23502':
      return refuse(`column ${column} is required and would be null`)
    case '42701':
      return refuse('there is a column of that name already')
    case '42P07':
      return refuse('the name is taken')
    case '42P01':
    case '42703':
      return new AppError(
        'NOT_FOUND',
        `Table ${table}: it changed while it was worked on; try again`,
        {},
        { cause: error },
      )
    case '57014':
      return new AppError(
        'EXECUTION_TIMEOUT',
        `Table ${table}: not done within ${userStatementTimeoutMs / 1000} s; ask for fewer rows`,
        {},
        { cause: error },
      )
    case '55P03':
      return new AppError(
        'OVERLOADED',
        `Table ${table}: others work on it; try again`,
        {},
        { cause: error, retryAfterSeconds: 5 },
      )
    default:
      // Class 22: a value that its type cannot hold. Class 54: a limit of Postgres itself.
      return code.startsWith('22') || code.startsWith('54') ? refuse(error.message) : error
  }
}
