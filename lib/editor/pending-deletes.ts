import { create } from 'zustand'

interface PendingDeletes {
  /** No list shows these workflows. */
  hidden: ReadonlySet<string>
  /** Of the hidden ones, those the server has not been told of. */
  unsent: ReadonlySet<string>
}

/** Workflows whose deletion can still be undone, or has just been sent. */
export const usePendingDeletes = create<PendingDeletes>(() => ({ hidden: new Set(), unsent: new Set() }))

/** Hides a workflow until its deletion is sent or undone. */
export function hideWorkflow(id: string): void {
  usePendingDeletes.setState(({ hidden, unsent }) => ({ hidden: plus(hidden, id), unsent: plus(unsent, id) }))
}

/** Takes note that the server deleted it: it stays hidden, for lists that are read a moment too early. */
export function deletionSent(id: string): void {
  usePendingDeletes.setState(({ unsent }) => ({ unsent: minus(unsent, id) }))
}

/** Shows it again. */
export function showWorkflow(id: string): void {
  usePendingDeletes.setState(({ hidden, unsent }) => ({ hidden: minus(hidden, id), unsent: minus(unsent, id) }))
}

function plus(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set(ids).add(id)
}

function minus(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...ids].filter((one) => one !== id))
}
