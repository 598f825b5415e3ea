import 'server-only'
import { getApp } from './app'
import { requireWorkflow } from './workflow-not-found'
import type { CopilotStanding, FindCopilotQuery } from '../contract/copilot'
import type { Call } from '../contract/endpoint'
import { readNewestCopilotSession } from '../data/copilot-sessions'
import { isProblem } from '../models/models'
import { modelName } from '../models/provider'

/** The caller's newest conversation about a workflow, and which model would answer. @throws WORKFLOW_NOT_FOUND. */
export async function findCopilotSession({
  query,
  principal,
}: Call<object, FindCopilotQuery, null>): Promise<CopilotStanding> {
  await requireWorkflow(query.workflow_id)
  const [session, chosen] = await Promise.all([
    readNewestCopilotSession(query.workflow_id, principal.userId),
    getApp().models.choose(null),
  ])
  if (isProblem(chosen)) return { session, model: null, problem: chosen.message }
  return { session, model: modelName(chosen), problem: null }
}
