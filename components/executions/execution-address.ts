import { executionStatuses, triggers } from '@/lib/contract/execution'
import { isUuid } from '@/lib/contract/ids'
import type { ExecutionFilters } from '@/lib/editor/execution-client'

/** What a list's address says, as the filters it stands for. What makes no sense counts as absent. */
export function readFilters(read: (key: string) => string | undefined): ExecutionFilters {
  const hours = Number(read('within') ?? Number.NaN)
  return {
    status: executionStatuses.find((status) => status === read('status')) ?? null,
    trigger: triggers.find((trigger) => trigger === read('trigger')) ?? null,
    q: (read('q') ?? '').trim(),
    withinHours: Number.isInteger(hours) && hours > 0 && hours <= maxHours ? hours : null,
  }
}

/** Address of a list with these filters. What is as usual is left out of it. */
export function addressOfFilters(path: string, { status, trigger, q, withinHours }: ExecutionFilters): string {
  const search = new URLSearchParams()
  if (status !== null) search.set('status', status)
  if (trigger !== null) search.set('trigger', trigger)
  if (q !== '') search.set('q', q)
  if (withinHours !== null) search.set('within', String(withinHours))
  return search.size > 0 ? `${path}?${search}` : path
}

/** Address of a workflow with an execution painted on its canvas. */
export function canvasAddress(workflowId: string, executionId: string): string {
  return `/workflows/${workflowId}?execution=${executionId}`
}

/** The execution an address asks to paint; null when it asks for something else. */
export function readCanvasAddress(search: { get(name: string): string | null }): string | null {
  const executionId = search.get('execution')
  return search.get('panel') === null && isUuid(executionId) ? executionId : null
}

const maxHours = 24 * 366
