import { isUuid } from '../contract/ids'

/** The name the editor opens the copilot's panel by. */
export const copilotPanel = 'copilot'

/** Address of a workflow with the copilot open, to be asked about an execution when one is named. */
export function copilotAddress(workflowId: string, executionId?: string): string {
  return `/workflows/${workflowId}?panel=${copilotPanel}${executionId === undefined ? '' : `&execution=${executionId}`}`
}

/** What an address asks for; null when that is not the copilot. */
export function readCopilotAddress(search: {
  get(name: string): string | null
}): { executionId: string | null } | null {
  if (search.get('panel') !== copilotPanel) return null
  const executionId = search.get('execution')
  return { executionId: isUuid(executionId) ? executionId : null }
}
