import type { Graph, GraphIssue } from '../contract/graph'
import { diffGraphs } from '../graph/diff'
import { replaceGraph } from '../graph/edit'
import { isSameGraph } from '../graph/edit/patch'
import { mergeGraphs } from '../graph/merge'
import { ApiError, messageOf } from './api-client'
import type { Editor } from './editor'
import type { SaveState } from './editor-state'

// Keeps the server's graph equal to the editor's.
//
//   saved ──edit──> dirty ──600 ms of rest──> saving ──answer──> saved (or dirty: edited meanwhile)
//   saving ──no network, 5xx, 429──> offline ──backoff, or the browser is online again──> saving
//   saving ──409 REVISION_CONFLICT──> conflict ──merge or reload──> saved or dirty
//   saving ──any other refusal──> refused ──next edit, or retry()──> saving
//   refused for want of a session ──the tab comes to the front──> saving
//   saved, dirty ──a newer version is noticed (another tab says so, or on focus)──> conflict
//
// One PUT is in flight at most, and each carries the version its graph grew out of, so nothing is ever overwritten. A
// save whose answer was lost looks like a conflict with oneself: the server then holds exactly what was sent. Until that is
// known nothing counts as saved, not even a graph whose edits were all undone.

/** Code of a save that was refused because the session had ended: the tab tries again when it comes to the front. */
export const signedOut = 'UNAUTHORIZED'

/** How long hands rest before a save begins, and how long it waits at most while they do not. */
const restMs = 600
const longestRestMs = 5_000
const firstRetryMs = 1_000
const longestRetryMs = 30_000

/** What autosave reaches the server and other tabs by. */
export interface AutosaveLines {
  save(graph: Graph, baseVersion: number): Promise<{ version: number; issues: GraphIssue[] }>
  load(): Promise<{ graph: Graph; version: number }>
  /** Tells other tabs of a version this one saved. */
  announce(version: number): void
}

export interface Autosave {
  /** Saves now what is unsaved, and tells where that ended: `saved`, or what stands in the way. */
  flush(): Promise<SaveState>
  /** Looks whether somebody else saved. `version` is what another tab announced; without it the server is asked. */
  check(version?: number): Promise<void>
  /** Tries again at once: offline, refused. */
  retry(): void
  /** Ends a conflict by laying this side's edits over theirs, as one undo step. False when they overlap. */
  merge(): boolean
  /** Ends a conflict by taking theirs, as one undo step: this side's edits come back by undo. */
  reload(): void
  /** Begins to notice edits. May follow `stop`. */
  start(): void
  /** Notices edits no more and ends all timers; unsaved edits are saved first, on a best effort. */
  stop(): void
}

/** Saves an editor's graph whenever it differs from the server's, once it was started. Opening saves nothing. */
export function createAutosave(editor: Editor, lines: AutosaveLines): Autosave {
  return new RunningAutosave(editor, lines)
}

class RunningAutosave implements Autosave {
  private timer: ReturnType<typeof setTimeout> | undefined
  private dirtySince: number | null = null
  private attempts = 0
  private inFlight: Promise<void> | null = null
  /** Graphs that were sent without an answer coming back: the server may hold one of them. */
  private unanswered: Graph[] = []
  private unsubscribe: (() => void) | null = null

  constructor(
    private readonly editor: Editor,
    private readonly lines: AutosaveLines,
  ) {}

  start(): void {
    this.unsubscribe ??= this.editor.store.subscribe((state, before) => {
      if (state.graph.current !== before.graph.current) this.noticeEdit()
    })
    if (this.isUnsaved()) this.noticeEdit()
  }

  async flush(): Promise<SaveState> {
    await this.landed()
    while (this.isUnsaved() && this.slice.save.state !== 'conflict') {
      await this.push()
      if (this.slice.save.state === 'offline' || this.slice.save.state === 'refused') break
    }
    return this.slice.save
  }

  async check(announced?: number): Promise<void> {
    if (this.slice.save.state === 'conflict' || (announced !== undefined && announced <= this.slice.version)) return
    await this.landed()
    if (this.isSignedOut()) return this.push()
    const theirs = await this.lines.load().catch(() => null)
    // Its own save may have begun meanwhile; that one finds out for itself.
    if (theirs && this.inFlight === null && theirs.version > this.slice.version) this.recognise(theirs, [])
  }

  retry(): void {
    this.attempts = 0
    if (this.isUnsaved() && this.slice.save.state !== 'conflict') void this.push()
  }

  merge(): boolean {
    const { save, saved, current } = this.slice
    if (save.state !== 'conflict') return false
    const { graph } = mergeGraphs({ base: saved, mine: current, theirs: save.theirs.graph })
    if (graph) this.settle(save.theirs, graph, 'Merge changes saved elsewhere')
    return graph !== null
  }

  reload(): void {
    const { save } = this.slice
    if (save.state === 'conflict') this.settle(save.theirs, save.theirs.graph, 'Load changes saved elsewhere')
  }

  stop(): void {
    this.unsubscribe?.()
    this.unsubscribe = null
    clearTimeout(this.timer)
    if (this.slice.save.state === 'dirty') void this.push()
  }

  private get slice() {
    return this.editor.store.getState().graph
  }

  private async landed(): Promise<void> {
    while (this.inFlight) await this.inFlight
  }

  /** Also while the server may hold what was undone since: only its answer tells. */
  private isUnsaved(): boolean {
    return this.hasEdits() || this.unanswered.length > 0
  }

  private isSignedOut(): boolean {
    const { save } = this.slice
    return save.state === 'refused' && save.code === signedOut
  }

  private hasEdits(): boolean {
    return !isSameGraph(this.slice.current, this.slice.saved)
  }

  private noticeEdit(): void {
    const { save } = this.slice
    if (save.state === 'conflict') return this.meet(save.theirs)
    if (this.inFlight) return
    if (!this.isUnsaved()) return this.rest({ state: 'saved' })
    const now = Date.now()
    this.dirtySince ??= now
    // Offline keeps its own pace: a keystroke is no reason to ask again.
    if (save.state === 'offline') return
    this.editor.setSaved({ save: { state: 'dirty' } })
    this.schedule(Math.max(0, Math.min(restMs, this.dirtySince + longestRestMs - now)))
  }

  private schedule(delayMs: number): void {
    clearTimeout(this.timer)
    if (this.unsubscribe) this.timer = setTimeout(() => void this.push(), delayMs)
  }

  private rest(save: SaveState): void {
    clearTimeout(this.timer)
    this.dirtySince = null
    this.editor.setSaved({ save })
  }

  private push(): Promise<void> {
    this.inFlight ??= this.put().finally(() => (this.inFlight = null))
    return this.inFlight
  }

  private async put(): Promise<void> {
    clearTimeout(this.timer)
    this.dirtySince = null
    const { current: sent, version: base } = this.slice
    this.editor.setSaved({ save: { state: 'saving' } })
    if (!this.hasEdits()) return this.findWhoSaved(sent)
    try {
      const { version, issues } = await this.lines.save(sent, base)
      this.attempts = 0
      this.unanswered = []
      this.lines.announce(version)
      this.adopt({ saved: sent, version, issues })
    } catch (error) {
      await this.fail(error, sent)
    }
  }

  /** Records what the server holds now. What was edited meanwhile is the next save. */
  private adopt(held: { saved: Graph; version: number; issues?: readonly GraphIssue[] }): void {
    const isDone = isSameGraph(this.slice.current, held.saved)
    this.editor.setSaved({ ...held, save: { state: isDone ? 'saved' : 'dirty' } })
    if (!isDone) this.schedule(restMs)
  }

  private async fail(error: unknown, sent: Graph): Promise<void> {
    if (error instanceof ApiError && error.code === 'REVISION_CONFLICT') return this.findWhoSaved(sent)
    const isAnswered = error instanceof ApiError && error.status < 500 && error.status !== 408
    if (!isAnswered) this.unanswered.push(sent)
    if (!isAnswered || error.status === 429)
      return this.goOffline(messageOf(error), error instanceof ApiError ? error.retryAfterSeconds : null)
    // What was edited meanwhile may be just what it takes.
    if (!isSameGraph(this.slice.current, sent))
      return this.adopt({ saved: this.slice.saved, version: this.slice.version })
    this.rest({ state: 'refused', message: messageOf(error), code: error.status === 401 ? signedOut : error.code })
  }

  private async findWhoSaved(sent: Graph): Promise<void> {
    const theirs = await this.lines.load().catch(() => null)
    if (!theirs) return this.goOffline(messageOf(null), null)
    this.attempts = 0
    this.recognise(theirs, [sent])
  }

  /** Tells a save of one's own from somebody else's. */
  private recognise(theirs: { graph: Graph; version: number }, sent: Graph[]): void {
    const ours = [...sent, ...this.unanswered].find((graph) => isSaidTheSame(theirs.graph, graph))
    this.unanswered = []
    if (ours) this.adopt({ saved: ours, version: theirs.version })
    else this.meet(theirs)
  }

  private goOffline(message: string, retryAfterSeconds: number | null): void {
    const backoffMs = Math.min(firstRetryMs * 2 ** this.attempts++, longestRetryMs)
    const delayMs = Math.max(backoffMs, (retryAfterSeconds ?? 0) * 1_000)
    this.editor.setSaved({ save: { state: 'offline', message, retryAt: Date.now() + delayMs } })
    this.schedule(delayMs)
  }

  /** Meets a graph somebody else saved. What says the same as ours is no conflict. */
  private meet(theirs: { graph: Graph; version: number }): void {
    const { saved: base, current: mine } = this.slice
    const { graph, overlaps } = mergeGraphs({ base, mine, theirs: theirs.graph })
    const hasOwnEdits = this.hasEdits()
    if (!hasOwnEdits && graph && isSaidTheSame(graph, mine)) return this.adopt({ saved: mine, version: theirs.version })
    this.rest({ state: 'conflict', theirs, overlaps, hasOwnEdits })
  }

  private settle(theirs: { graph: Graph; version: number }, next: Graph, label: string): void {
    // Equal blocks keep their identity on both sides, so that what is the same is known to be.
    const { graph: saved } = replaceGraph(this.slice.current, theirs.graph)
    this.editor.setSaved({ saved, version: theirs.version, save: { state: 'saved' } })
    this.editor.edit((graph) => replaceGraph(graph, replaceGraph(saved, next).graph), { label })
    this.noticeEdit()
  }
}

function isSaidTheSame(a: Graph, b: Graph): boolean {
  const isInOrder = a.blocks.length === b.blocks.length && a.blocks.every(({ id }, index) => id === b.blocks[index]?.id)
  return isInOrder && diffGraphs(a, b).isEmpty
}
