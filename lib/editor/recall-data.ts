import type { Editor } from './editor'
import { listExecutions } from './execution-client'
import { loadExecution } from './graph-client'
import { liveOfLogs } from './live'

const anyExecution = { status: null, trigger: null, q: '', withinHours: null }

/** Reads what blocks gave in the newest execution, for pickers and previews, unless this page has seen data by then.
 *  Nothing is painted. @throws ApiError. */
export async function recallLastData(editor: Editor): Promise<void> {
  const { workflowId } = editor
  const { executions } = await listExecutions(workflowId, anyExecution, { cursor: null, limit: 1 })
  const [newest] = executions
  if (!newest) return
  const { execution, logs } = await loadExecution(workflowId, newest.id)
  editor.setLive((live) =>
    live.lastData.size > 0 ? live : { ...live, lastData: liveOfLogs(live, execution, logs).lastData },
  )
}
