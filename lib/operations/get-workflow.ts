import 'server-only'
import type { Call } from '../contract/endpoint'
import type { WorkflowDetail, WorkflowParams } from '../contract/workflows'
import { readSchedulePlace } from '../data/schedules'
import { readWorkflow } from '../data/workflows'
import { nextFireTimes } from '../graph/next-fire-times'
import type { ScheduleConfig } from '../graph/schedule-config'
import { shownFireTimes } from '../limits'
import { showSecrets } from './show-secrets'
import { workflowNotFound } from './workflow-not-found'

/** Reads a workflow with its newest saved graph: this is where clients find webhook ids and secrets.
 *  @throws WORKFLOW_NOT_FOUND. */
export async function getWorkflow(call: Call<WorkflowParams>): Promise<WorkflowDetail> {
  const found = await readWorkflow(call.params.id)
  if (!found) throw workflowNotFound()
  const { workflow, sealed } = found
  const graph = showSecrets({ blocks: workflow.blocks, edges: workflow.edges }, sealed, call.principal)
  return { ...workflow, ...graph, next_runs: await nextRunsOf(workflow) }
}

/** When the schedule of a deployed workflow fires next, `shownFireTimes` at most. */
async function nextRunsOf({ id, schedule_config }: { id: string; schedule_config: object | null }): Promise<string[]> {
  const standing = schedule_config && (await readSchedulePlace(id))
  if (!standing?.place.nextFireAt) return []
  // Written by deploy from a ScheduleConfig.
  const schedule = schedule_config as ScheduleConfig
  const { anchorAt, nextFireAt, runsSoFar } = standing.place
  const count = Math.min(shownFireTimes, schedule.max_runs === null ? Infinity : schedule.max_runs - runsSoFar)
  // A tick that is due but not fired yet comes first; what follows it is counted from now.
  const after = new Date(Math.max(nextFireAt.getTime(), standing.now.getTime()))
  const later = nextFireTimes(schedule, { after, anchor: anchorAt, count: count - 1 })
  return [nextFireAt, ...later].map((time) => time.toISOString())
}
