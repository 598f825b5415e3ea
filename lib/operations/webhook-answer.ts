import 'server-only'
import { failure, type EndedExecution } from './run-answer'
import { Answer } from '../contract/endpoint'
import type { ResponseShape } from '../contract/execution'

/** Whatever a graph answers, a browser that opens it must not run it in this origin. */
const protectingHeaders = {
  'content-security-policy': "sandbox; default-src 'none'",
  'x-content-type-options': 'nosniff',
}

/** Statuses that HTTP allows no body with. */
const bodilessStatuses = new Set([204, 205, 304])

/** The answer of a webhook call: what its response block chose, or a failure that tells a stranger nothing.
 *  Source: API contract, section 4. */
export function webhookAnswer(execution: EndedExecution & { response: ResponseShape | null }): Answer {
  switch (execution.status) {
    case 'completed':
      return shaped(execution, execution.response ?? { status: 200, headers: {}, raw: false })
    case 'timed_out':
      return failure('EXECUTION_TIMEOUT', execution.error ?? 'Execution timed out', execution)
    case 'cancelled':
      return failure('EXECUTION_CANCELLED', 'The execution was cancelled', execution)
    case 'failed':
      return failure('EXECUTION_FAILED', 'Workflow execution failed', execution)
    case 'queued':
    case 'running':
      throw new Error(`execution ${execution.id} has not ended`)
  }
}

function shaped(execution: EndedExecution, response: ResponseShape): Answer {
  const headers = { ...lowerCased(response.headers), ...protectingHeaders }
  if (bodilessStatuses.has(response.status)) return new Answer(response.status, { bytes: '' }, headers)
  if (!response.raw) {
    const body = { execution_id: execution.id, status: 'completed', output: execution.output }
    return new Answer(response.status, { json: body }, headers)
  }
  if (typeof execution.output !== 'string') return new Answer(response.status, { json: execution.output }, headers)
  return new Answer(
    response.status,
    { bytes: execution.output },
    { 'content-type': 'text/plain; charset=utf-8', ...headers },
  )
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
