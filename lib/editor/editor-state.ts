import type { BlockData, ExecutionStatus } from '../contract/execution'
import type { Graph, GraphIssue } from '../contract/graph'
import type { Note } from '../contract/workflows'
import type { Json } from '../contract/json'
import type { GraphPatch } from '../graph/edit/patch'
import type { Overlap } from '../graph/merge'

/** Everything a page of the editor shows, in four slices. Only `graph.current` and `graph.notes` are ever saved. */
export interface EditorState {
  graph: GraphSlice
  selection: Selection
  view: ViewSlice
  live: LiveSlice
}

export interface GraphSlice {
  /** Exactly the contract's graph. A block that an edit did not touch keeps its identity. */
  current: Graph
  /** What the server has, at `version`. */
  saved: Graph
  version: number
  /** What compiling found when the graph was saved last; null until the first save of this page. */
  issues: readonly GraphIssue[] | null
  save: SaveState
  /** The notes on the canvas: no part of the graph or its version, but of its history. */
  notes: readonly Note[]
  /** What the server has of them. */
  savedNotes: readonly Note[]
  undo: StepStack | null
  redo: StepStack | null
}

/** Where the newest edit is. Autosave alone changes it. */
export type SaveState =
  | { state: 'saved' }
  /** Edited; the save begins once the hands rest. */
  | { state: 'dirty' }
  | { state: 'saving' }
  /** The server cannot be reached or asked for patience; saving goes on by itself at `retryAt` (ms since 1970). */
  | { state: 'offline'; message: string; retryAt: number }
  /** Somebody else saved since. Nothing is saved until a person chose: merge (when there are no overlaps) or reload. */
  | { state: 'conflict'; theirs: { graph: Graph; version: number }; overlaps: readonly Overlap[]; hasOwnEdits: boolean }
  /** The server said no to this graph, for a reason that time does not mend. The next edit tries again. */
  | { state: 'refused'; message: string; code: string }

/** One gesture that can be undone. */
export interface Step {
  /** What a person did, as the menu shows it: `Move 3 blocks`. */
  label: string
  inverse: GraphPatch
  /** The notes to go back to; absent when the step left them alone. */
  notes?: readonly Note[]
}

/** Steps, newest first. A list of cells, so that a long session costs nothing per step. */
export interface StepStack {
  step: Step
  below: StepStack | null
  depth: number
}

export interface Selection {
  blockIds: ReadonlySet<string>
  edgeIds: ReadonlySet<string>
}

export interface ViewSlice {
  /** Name of the side panel that is open: whoever draws panels names them. */
  panel: string | null
  /** A place to bring into view and focus; `count` grows with each call, so the same place can be asked for again. */
  focus: { blockId: string; path: string | null; count: number } | null
}

/** The execution that is painted on the canvas, while it runs or afterwards. */
export interface LiveSlice {
  /** `idle`: none. `starting`: asked for, no event yet. `lost`: the stream broke and could not be taken up again. */
  status: ExecutionStatus | 'idle' | 'starting' | 'lost'
  executionId: string | null
  /** Why it did not complete. */
  error: { message: string; code: string } | null
  /** What it was started with; null when that is not known. */
  input: Json
  output: Json
  /** The version of the graph it ran; null when that is not known. */
  version: number | null
  /** Set when a person chose it among the executions that were: when it began, and what to go back to. */
  past: { createdAt: string; liveId: string | null } | null
  blocks: ReadonlyMap<string, LiveBlock>
  /** The newest data each block gave in any execution this page has seen: what pickers show. */
  lastData: ReadonlyMap<string, BlockData>
}

/** What happened to a block in the painted execution. */
export interface LiveBlock {
  status: 'running' | 'success' | 'error' | 'cancelled' | 'skipped'
  /** Counts started blocks from 0; null for a skipped one. */
  order: number | null
  /** By this browser's clock, ms since 1970; null when it was not watched. */
  startedAt: number | null
  durationMs: number | null
  /** What it streamed so far. */
  text: string
  data: BlockData | null
  error: string | null
  skipReason: string | null
}
