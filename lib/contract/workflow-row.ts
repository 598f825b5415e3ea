import type { ExecutionStatus } from './execution'

/** What can start a workflow. A person always can, so `manual` is named only when nothing else does. */
export type TriggerKind = 'manual' | 'webhook' | 'schedule'

/** A workflow's state as a person sees it: `armed` is `internal` with an open arm window. */
export const shownStates = ['internal', 'armed', 'deployed'] as const
export type ShownState = (typeof shownStates)[number]

/** A workflow as the studio's list shows it. Times are ISO 8601. */
export interface WorkflowRow {
  id: string
  name: string
  description: string
  version: number
  updatedAt: string
  state: ShownState
  triggers: TriggerKind[]
  lastExecution: { status: ExecutionStatus; at: string } | null
  /** Up to 30 of its last executions, oldest first. */
  recent: { status: ExecutionStatus; durationMs: number | null }[]
  /** As a client sent it: maybe no colour at all. */
  color: string | null
}
