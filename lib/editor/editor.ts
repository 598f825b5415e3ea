import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Catalog } from '../blocks/contract'
import type { Graph, GraphIssue } from '../contract/graph'
import type { Note } from '../contract/workflows'
import type { Edited } from '../graph/edit/patch'
import type { Mint } from '../graph/new-block'
import type { EditorState, GraphSlice, LiveSlice, SaveState, Selection, ViewSlice } from './editor-state'
import { recordEdit, recordNotes, takeStep, withNewNotes, type Gesture } from './history'
import { idleLive } from './live'
import { prunedSelection } from './selection'

/** The editor of one workflow: its state, and every way to change it. It does no I/O: autosave and the event stream do. */
export interface Editor {
  readonly workflowId: string
  readonly catalog: Catalog
  /** Makes ids and credentials. */
  readonly mint: Mint
  readonly store: StoreApi<EditorState>
  /** Makes one edit, one undo step. Edits with the same `coalesce` key that follow within a second of each other are one
   *  step (typing into a field: `config b1 url`). `select` becomes the selection. False when the edit changed nothing. */
  edit(edit: (graph: Graph) => Edited, step: EditStep): boolean
  /** Changes the notes, one undo step, as `edit` does the graph. */
  editNotes(change: (notes: readonly Note[]) => readonly Note[], step: NotesStep): void
  /** Ends a run of coalescing edits: the next one is a step of its own. Call it when a field loses focus. */
  endGesture(): void
  /** False when there is nothing to undo. */
  undo(): boolean
  redo(): boolean
  /** Names what is selected, instead of what was. */
  select(selection: SelectedIds): void
  setView(view: Partial<Omit<ViewSlice, 'focus'>>): void
  /** Selects a block and asks the canvas and the inspector to show it, at a field (`config.url`) when one is given. */
  jumpTo(blockId: string, path?: string | null): void
  /** Changes the live slice: for the event stream. */
  setLive(change: (live: LiveSlice) => LiveSlice): void
  /** Records what the server said about saving: for autosave. */
  setSaved(saved: Partial<SavedFields>): void
  /** Records what the server has of the notes, and what others added to them: for their saving. */
  setNotes(notes: Pick<GraphSlice, 'notes' | 'savedNotes'>): void
}

export interface EditStep {
  label: string
  coalesce?: string | undefined
  select?: SelectedIds | undefined
  /** Notes that the same step puts on the canvas. */
  newNotes?: readonly Note[] | undefined
}

type NotesStep = Pick<EditStep, 'label' | 'coalesce'>

/** What to select; what is left out is selected no more. */
export interface SelectedIds {
  blockIds?: Iterable<string>
  edgeIds?: Iterable<string>
}

export interface SavedFields {
  saved: Graph
  version: number
  issues: readonly GraphIssue[]
  save: SaveState
}

export interface EditorOptions {
  workflowId: string
  graph: Graph
  version: number
  issues?: readonly GraphIssue[] | null
  notes?: readonly Note[]
  catalog: Catalog
  mint?: Mint
  /** Milliseconds since 1970. */
  now?: () => number
}

/** Opens an editor on a saved graph. Opening writes nothing. */
export function createEditor(options: EditorOptions): Editor {
  return new OpenEditor(options)
}

class OpenEditor implements Editor {
  readonly workflowId: string
  readonly catalog: Catalog
  readonly mint: Mint
  readonly store: StoreApi<EditorState>
  private readonly now: () => number
  private gesture: Gesture | null = null

  constructor(options: EditorOptions) {
    this.workflowId = options.workflowId
    this.catalog = options.catalog
    this.mint = options.mint ?? (() => crypto.randomUUID())
    this.now = options.now ?? Date.now
    this.store = createStore<EditorState>(() => openState(options))
  }

  edit(make: (graph: Graph) => Edited, { label, coalesce, select, newNotes = [] }: EditStep): boolean {
    const { graph } = this.store.getState()
    const edited = make(graph.current)
    if (edited.graph === graph.current) return false
    const { history, open } = recordEdit(graph, edited, { label, coalesce, at: this.now(), open: this.gesture })
    this.gesture = open
    this.setGraph(newNotes.length > 0 ? withNewNotes(history, graph.notes, newNotes) : history, select)
    return true
  }

  editNotes(change: (notes: readonly Note[]) => readonly Note[], { label, coalesce }: NotesStep): void {
    const { graph } = this.store.getState()
    const at = this.now()
    const { history, open } = recordNotes(graph, change(graph.notes), { label, coalesce, at, open: this.gesture })
    this.gesture = open
    this.setGraph(history)
  }

  endGesture(): void {
    this.gesture = null
  }

  undo(): boolean {
    return this.take('undo')
  }

  redo(): boolean {
    return this.take('redo')
  }

  select(selection: SelectedIds): void {
    this.setGraph({}, selection)
  }

  setView(change: Partial<Omit<ViewSlice, 'focus'>>): void {
    this.store.setState(({ view }) => ({ view: { ...view, ...change } }))
  }

  jumpTo(blockId: string, path: string | null = null): void {
    this.select({ blockIds: [blockId] })
    this.store.setState(({ view }) => ({
      view: { ...view, focus: { blockId, path, count: (view.focus?.count ?? 0) + 1 } },
    }))
  }

  setLive(change: (live: LiveSlice) => LiveSlice): void {
    this.store.setState(({ live }) => ({ live: change(live) }))
  }

  setSaved(saved: Partial<SavedFields>): void {
    this.setGraph(saved)
  }

  setNotes(notes: Pick<GraphSlice, 'notes' | 'savedNotes'>): void {
    this.setGraph(notes)
  }

  private take(from: 'undo' | 'redo'): boolean {
    this.gesture = null
    const history = takeStep(this.store.getState().graph, from)
    if (history) this.setGraph(history)
    return history !== null
  }

  /** One write, so that nobody sees a selected block that is not there. */
  private setGraph(change: Partial<GraphSlice>, select?: SelectedIds): void {
    this.store.setState(({ graph, selection }) => {
      const next = { ...graph, ...change }
      const { blockIds = [], edgeIds = [] } = select ?? {}
      const wanted = select ? { blockIds: new Set(blockIds), edgeIds: new Set(edgeIds) } : selection
      return { graph: next, selection: prunedSelection(wanted, next.current) }
    })
  }
}

function openState({ graph, version, issues = null, notes = [] }: EditorOptions): EditorState {
  // Only the graph: what else an object from the server carries is not ours to save.
  const current: Graph = { blocks: graph.blocks, edges: graph.edges }
  const selection: Selection = { blockIds: new Set(), edgeIds: new Set() }
  return {
    graph: {
      current,
      saved: current,
      version,
      issues,
      save: { state: 'saved' },
      notes,
      savedNotes: notes,
      undo: null,
      redo: null,
    },
    selection,
    view: { panel: null, focus: null },
    live: idleLive,
  }
}
