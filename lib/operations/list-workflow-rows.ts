import 'server-only'
import type { Call } from '../contract/endpoint'
import type { TriggerKind, WorkflowRow } from '../contract/workflow-row'
import type { ListWorkflowsQuery, WorkflowItem } from '../contract/workflows'
import { readWorkflowOverviews } from '../data/workflow-overviews'
import { listWorkflows } from './list-workflows'

/** A page of the studio's workflow list. */
export async function listWorkflowRows(
  call: Call<object, ListWorkflowsQuery>,
): Promise<{ rows: WorkflowRow[]; total: number }> {
  const { workflows, total } = await listWorkflows(call)
  const overviews = await readWorkflowOverviews(workflows.map(({ id }) => id))
  const rows = workflows.map((workflow): WorkflowRow => {
    const overview = overviews.get(workflow.id)
    const recent = overview?.recent ?? []
    const [last] = recent
    return {
      id: workflow.id,
      name: workflow.name,
      description: workflow.description,
      version: workflow.version,
      updatedAt: workflow.updated_at,
      state: overview?.isArmed ? 'armed' : workflow.state,
      triggers: triggersOf(workflow, overview?.hasWebhook ?? false),
      lastExecution: last ? { status: last.status, at: last.at.toISOString() } : null,
      recent: recent.map(({ status, durationMs }) => ({ status, durationMs })).reverse(),
      color: workflow.color,
    }
  })
  return { rows, total }
}

function triggersOf(workflow: WorkflowItem, hasWebhook: boolean): TriggerKind[] {
  const kinds: TriggerKind[] = []
  if (hasWebhook) kinds.push('webhook')
  if (workflow.schedule_config !== null) kinds.push('schedule')
  return kinds.length > 0 ? kinds : ['manual']
}
