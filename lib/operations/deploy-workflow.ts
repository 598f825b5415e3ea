import 'server-only'
import type { PoolClient } from 'pg'
import { catalog } from '../blocks/catalog'
import type { Call } from '../contract/endpoint'
import type { Graph } from '../contract/graph'
import type { WorkflowParams } from '../contract/workflows'
import { activate } from '../data/activation'
import { transaction } from '../data/database'
import { keepVersion, markVersionDeployed } from '../data/graph-versions'
import { lockDraft, readDocument } from '../data/graphs'
import { endSchedule, isScheduleRunning, startSchedule } from '../data/schedules'
import { putSecretsBack } from '../data/webhook-endpoints'
import { compileGraph } from '../graph/compile-graph'
import { nextFireTimes } from '../graph/next-fire-times'
import { readScheduleConfig, type ScheduleConfig } from '../graph/schedule-config'
import { graphInvalid } from './graph-invalid'
import { workflowNotFound } from './workflow-not-found'

/** Pins the newest saved graph as the live one: its webhook takes calls without limit, its schedule starts, an open arm
 *  window closes. @throws WORKFLOW_NOT_FOUND, GRAPH_INVALID when it cannot run; then nothing changes. */
export async function deployWorkflow(
  call: Call<WorkflowParams>,
): Promise<{ ok: true; state: 'deployed'; version: number }> {
  const { id } = call.params
  const version = await transaction(async (client) => {
    const draft = await lockDraft(client, id)
    if (!draft) throw workflowNotFound()
    const graph = readDocument(draft.document)
    const { issues } = compileGraph(putSecretsBack(graph, draft.sealed), catalog)
    if (issues.some(({ severity }) => severity === 'error')) throw graphInvalid(issues)
    const { version, document } = draft
    await keepVersion(client, { workflowId: id, version, document, createdBy: call.principal.userId })
    await markVersionDeployed(client, id, version)
    const schedule = scheduleOf(graph)
    await takeUpSchedule(client, id, schedule)
    await activate(client, id, { version, scheduleConfig: schedule && JSON.stringify(schedule) })
    return version
  })
  return { ok: true, state: 'deployed', version }
}

/** A schedule that runs by the same rules goes on where it stands; one that is new, changed or over starts from now. */
async function takeUpSchedule(client: PoolClient, workflowId: string, schedule: ScheduleConfig | null): Promise<void> {
  if (!schedule) return endSchedule(client, workflowId)
  if (await isScheduleRunning(client, workflowId, JSON.stringify(schedule))) return
  await startSchedule(
    client,
    workflowId,
    (now) => nextFireTimes(schedule, { after: now, anchor: now, count: 1 })[0] ?? null,
  )
}

/** The schedule of the first enabled starter that has one. */
function scheduleOf(graph: Graph): ScheduleConfig | null {
  for (const block of graph.blocks) {
    if (!block.enabled || catalog.get(block.type)?.capabilities.trigger !== 'start') continue
    const { schedule } = readScheduleConfig(block.config)
    if (schedule) return schedule
  }
  return null
}
