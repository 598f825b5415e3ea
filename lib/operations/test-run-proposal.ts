import 'server-only'
import { requireCopilotSession } from './copilot-session'
import { rehearseGraph } from './rehearse-graph'
import { takeFromAllowance } from './run-workflow'
import { catalog } from '../blocks/catalog'
import type { CopilotParams, CopilotTestRun, TestRunBody } from '../contract/copilot'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import { parseGraph } from '../graph/parse-graph'

/** Runs a graph before it is accepted, once: a person asked for it, so requests and models are called for real, but for
 *  the blocks with pinned data. Nothing is saved or recorded.
 *  @throws NOT_FOUND, FORBIDDEN, VALIDATION_ERROR, RATE_LIMITED, and what `rehearseGraph` throws. */
export async function testRunProposal(call: Call<CopilotParams, object, TestRunBody>): Promise<CopilotTestRun> {
  if (!call.principal.scopes.includes('run'))
    throw new AppError('FORBIDDEN', 'A test run needs the scope "run" beside "write"')
  const session = await requireCopilotSession(call)
  const { blocks, edges } = parseGraph(call.body.workflow_state, catalog)
  takeFromAllowance(call)
  return rehearseGraph({
    workflowId: session.workflow_id,
    graph: { blocks, edges },
    variables: call.body.variables ?? {},
    standIns: {},
    isContained: false,
    principal: call.principal,
    signal: call.request.signal,
  })
}
