import 'server-only'
import { deployedToolName, idEndOfToolName } from './deployed-tool-name'
import { runWorkflow } from './run-workflow'
import type { CallRequest } from '../contract/endpoint'
import { AppError, isAppError } from '../contract/errors'
import type { Json, JsonObject } from '../contract/json'
import type { ToolOutcome } from '../contract/mcp'
import type { Principal } from '../contract/principal'
import { readTraceContext, traceHeaders } from '../contract/trace-context'
import { findDeployedByIdEnd } from '../data/deployed-workflows'

/** A call of a tool that stands for a deployed workflow. */
export interface DeployedToolCall {
  principal: Principal
  name: string
  input: JsonObject
  request: CallRequest
  /** Ends the execution when it aborts. */
  signal: AbortSignal
}

/** Runs the deployed version of the workflow a tool stands for, and tells how it ended: a run that fails, is cancelled or
 *  is refused is a failed outcome. @throws NOT_FOUND when no deployed workflow is offered by that name. */
export async function callDeployedTool(call: DeployedToolCall): Promise<ToolOutcome> {
  const id = await findToolWorkflow(call.name)
  try {
    const answer = await runWorkflow(
      {
        principal: call.principal,
        params: { id },
        query: {},
        body: { variables: call.input },
        request: requestOf(call),
      },
      { trigger: 'mcp', depth: 0, stopsWith: call.signal },
    )
    const body = 'json' in answer.body ? answer.body.json : null
    // Answers of runs are JSON objects of this form.
    return outcomeOf(body as RunAnswer)
  } catch (error) {
    if (!isAppError(error)) throw error
    return { status: 'failed', execution_id: null, error: error.message, error_code: error.code }
  }
}

/** A renamed workflow answers by its old name too: the id in it has not changed. */
async function findToolWorkflow(toolName: string): Promise<string> {
  const idEnd = idEndOfToolName(toolName)
  const found = idEnd === null ? [] : await findDeployedByIdEnd(idEnd)
  const workflow =
    found.find((one) => deployedToolName(one) === toolName) ?? (found.length === 1 ? found[0] : undefined)
  if (!workflow) throw new AppError('NOT_FOUND', `No deployed workflow is offered as ${toolName}: list the tools again`)
  return workflow.id
}

/** Without the headers that would make another kind of call of it: a tool is always waited for, and never replayed. */
function requestOf({ request, signal }: DeployedToolCall): CallRequest {
  return {
    id: request.id,
    method: request.method,
    url: request.url,
    headers: new Headers(traceHeaders(readTraceContext(request.headers))),
    signal,
    remoteAddress: request.remoteAddress,
    readBytes: () => Promise.resolve(new Uint8Array()),
  }
}

interface RunAnswer {
  execution_id: string
  output?: Json
  error?: string
  error_code?: string
}

function outcomeOf({ execution_id, output, error, error_code }: RunAnswer): ToolOutcome {
  if (error === undefined) return { status: 'completed', execution_id, output: output ?? null }
  return { status: 'failed', execution_id, error, error_code: error_code ?? 'EXECUTION_FAILED' }
}
