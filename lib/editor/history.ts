import type { Graph } from '../contract/graph'
import type { Note } from '../contract/workflows'
import { replaceGraph } from '../graph/edit'
import { applyPatch, patchBetween, type Edited } from '../graph/edit/patch'
import type { GraphSlice, Step, StepStack } from './editor-state'

/** A run of edits that are one step so far. */
export interface Gesture {
  key: string
  /** When the last of them was made, ms since 1970. */
  at: number
  /** The graph before the first of them. */
  before: Graph
}

/** Edits of the same key further apart than this are separate steps. */
const coalesceWithinMs = 1_000

type History = Pick<GraphSlice, 'current' | 'undo' | 'redo'>
type WholeHistory = History & Pick<GraphSlice, 'notes'>

/** Takes an edit into the history: as a step of its own, or into the open gesture when it has the same key. Typing a text
 *  and taking it back leaves nothing to undo. */
export function recordEdit(
  history: History,
  { graph: current, inverse }: Edited,
  { label, coalesce, at, open }: { label: string; coalesce: string | undefined; at: number; open: Gesture | null },
): { history: History; open: Gesture | null } {
  const { undo } = history
  const isSameGesture = open !== null && open.key === coalesce && at - open.at <= coalesceWithinMs
  if (!isSameGesture || !undo) {
    const next = coalesce === undefined ? null : { key: coalesce, at, before: history.current }
    return { history: { current, undo: pushStep(undo, { label, inverse }), redo: null }, open: next }
  }
  if (replaceGraph(open.before, current).graph === open.before)
    return { history: { current: open.before, undo: undo.below, redo: null }, open: null }
  const step = { label, inverse: patchBetween(current, open.before) }
  return { history: { current, undo: pushStep(undo.below, step), redo: null }, open: { ...open, at } }
}

/** Takes a change of the notes into the history: as a step of its own, or into the open gesture of the same key. */
export function recordNotes(
  history: WholeHistory,
  notes: readonly Note[],
  { label, coalesce, at, open }: { label: string; coalesce: string | undefined; at: number; open: Gesture | null },
): { history: WholeHistory; open: Gesture | null } {
  const { current, undo } = history
  const next = coalesce === undefined ? null : { key: coalesce, at, before: current }
  const isSameGesture = open !== null && open.key === coalesce && at - open.at <= coalesceWithinMs
  if (isSameGesture && undo?.step.notes) return { history: { current, notes, undo, redo: null }, open: next }
  const step = { label, inverse: patchBetween(current, current), notes: history.notes }
  return { history: { current, notes, undo: pushStep(undo, step), redo: null }, open: next }
}

/** Puts notes on the canvas with the newest step, which takes them away again when it is undone. */
export function withNewNotes(
  { current, undo, redo }: History,
  notes: readonly Note[],
  added: readonly Note[],
): Partial<WholeHistory> {
  if (!undo) return { current, undo, redo }
  const step = { ...undo.step, notes: undo.step.notes ?? notes }
  return { current, notes: [...notes, ...added], undo: { ...undo, step }, redo }
}

/** Takes the newest step of one stack back and lays it on the other; null when there is none. */
export function takeStep(history: WholeHistory, from: 'undo' | 'redo'): WholeHistory | null {
  const top = history[from]
  if (!top) return null
  const { label, inverse: back, notes: notesBack } = top.step
  const { graph: current, inverse } = applyPatch(history.current, back)
  const step: Step = { label, inverse, ...(notesBack && { notes: history.notes }) }
  const notes = notesBack ?? history.notes
  return from === 'undo'
    ? { current, notes, undo: top.below, redo: pushStep(history.redo, step) }
    : { current, notes, undo: pushStep(history.undo, step), redo: top.below }
}

function pushStep(below: StepStack | null, step: Step): StepStack {
  return { step, below, depth: (below?.depth ?? 0) + 1 }
}
