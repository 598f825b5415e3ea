import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CopilotEvent, CopilotMessageItem, CopilotTestRun } from '../contract/copilot'
import type { Graph } from '../contract/graph'
import { applyDiff } from '../graph/apply-diff'
import { partsOf, isPartTaken, withoutParts } from '../graph/diff-parts'
import { replaceGraph } from '../graph/edit'
import { messageOf } from './api-client'
import {
  askCopilot,
  findCopilot,
  forgetCopilot,
  readCopilotMessages,
  startCopilot,
  stopCopilot,
  testRunGraph,
} from './copilot-client'
import { afterEvent, closedCopilot, newTurn, type CopilotState } from './copilot-state'
import type { Editor } from './editor'

/** The copilot of one open editor. It edits nothing but by `accept`, and that is one step to undo. */
export interface Copilot {
  readonly store: StoreApi<CopilotState>
  /** Reads the conversation, unless it was read. */
  open(): Promise<void>
  /** Asks; resolves when it was answered, stopped or failed. */
  ask(message: string): Promise<void>
  /** Ends the turn that runs: the model is told to stop. */
  stop(): void
  /** Forgets the conversation and begins anew. */
  startAnew(): Promise<void>
  write(draft: string): void
  /** The next question is about that execution, or about none. */
  askAbout(executionId: string | null, draft?: string): void
  /** Draws a message's proposal on the canvas again. */
  show(message: CopilotMessageItem): void
  /** Takes a part or leaves it out. */
  togglePart(partId: string): void
  /** Puts the taken parts into the graph. */
  accept(): void
  reject(): void
  /** Runs the graph as it would be with the taken parts. @throws ApiError. */
  testRun(): Promise<CopilotTestRun>
}

/** Makes the copilot of an editor. It does nothing until it is opened. */
export function createCopilot(editor: Editor): Copilot {
  return new EditorCopilot(editor)
}

class EditorCopilot implements Copilot {
  readonly store = createStore<CopilotState>(() => closedCopilot)
  private leaving: AbortController | null = null

  constructor(private readonly editor: Editor) {}

  async open(): Promise<void> {
    const { status, model } = this.state
    // Without a model it is asked again: a person may have set one up meanwhile.
    if (status === 'reading' || (status === 'ready' && model !== null)) return
    this.set({ status: 'reading' })
    try {
      const { session, model, problem } = await findCopilot(this.editor.workflowId)
      const messages = session ? await readCopilotMessages(session.id) : []
      this.set({ status: 'ready', sessionId: session?.id ?? null, model, problem, messages })
    } catch (error) {
      this.set({ status: 'unreachable', problem: messageOf(error) })
    }
  }

  async ask(message: string): Promise<void> {
    const text = message.trim()
    if (text === '' || this.isAnswering()) return
    const executionId = this.state.aboutExecutionId
    this.set({ turn: newTurn(text), draft: '', proposal: null, aboutExecutionId: null })
    const leaving = new AbortController()
    this.leaving = leaving
    const question = { message: text, graph: this.graph, executionId }
    // A conversation that was begun anew meanwhile hears nothing of the old one.
    const isOver = () => this.leaving !== leaving
    try {
      const sessionId = this.state.sessionId ?? (await startCopilot(this.editor.workflowId))
      if (isOver()) return
      this.set({ sessionId })
      for await (const events of askCopilot(sessionId, question, leaving.signal)) {
        if (isOver()) return
        for (const event of events) this.hear(event, text, executionId)
      }
      if (!isOver() && this.isAnswering()) this.fail(text, executionId, 'The connection to the copilot was lost.')
    } catch (error) {
      if (!isOver()) this.fail(text, executionId, leaving.signal.aborted ? 'Stopped' : messageOf(error))
    }
  }

  stop(): void {
    const { turn, sessionId } = this.state
    const { leaving } = this
    if (!turn || !leaving) return
    this.set({ turn: { ...turn, status: 'Stopping' } })
    // The server ends the turn and says so; where it had none to end, leaving is all there is to do.
    const stopping = sessionId ? stopCopilot(sessionId) : Promise.resolve(false)
    stopping.then(
      (isStopped) => isStopped || leaving.abort(),
      () => leaving.abort(),
    )
  }

  async startAnew(): Promise<void> {
    const { sessionId } = this.state
    const { leaving } = this
    this.leaving = null
    leaving?.abort()
    this.set({ sessionId: null, messages: [], turn: null, proposal: null, aboutExecutionId: null })
    if (sessionId) await forgetCopilot(sessionId)
  }

  write(draft: string): void {
    this.set({ draft })
  }

  askAbout(executionId: string | null, draft?: string): void {
    this.set({ aboutExecutionId: executionId, ...(draft !== undefined && { draft }) })
  }

  show({ id, workflow_diff: diff }: CopilotMessageItem): void {
    if (diff) this.set({ proposal: { messageId: id, diff, rejected: new Set() } })
  }

  togglePart(partId: string): void {
    const { proposal } = this.state
    if (!proposal) return
    const rejected = new Set(proposal.rejected)
    if (!rejected.delete(partId)) rejected.add(partId)
    this.set({ proposal: { ...proposal, rejected } })
  }

  accept(): void {
    const { proposal } = this.state
    if (!proposal) return
    const { catalog, mint } = this.editor
    const taken = partsOf(this.graph, proposal.diff, catalog).filter((part) => isPartTaken(part, proposal.rejected))
    const diff = withoutParts(proposal.diff, proposal.rejected)
    this.editor.edit((graph) => replaceGraph(graph, applyDiff(graph, diff, { catalog, mint })), {
      label: taken.length === 1 ? 'Accept 1 part of a proposal' : `Accept ${taken.length} parts of a proposal`,
    })
    this.set({ proposal: null })
  }

  reject(): void {
    this.set({ proposal: null })
  }

  async testRun(): Promise<CopilotTestRun> {
    const { proposal, sessionId } = this.state
    const { catalog } = this.editor
    const diff = proposal && withoutParts(proposal.diff, proposal.rejected)
    const graph = diff ? applyDiff(this.graph, diff, { catalog }) : this.graph
    return testRunGraph(sessionId ?? '', graph)
  }

  private get state(): CopilotState {
    return this.store.getState()
  }

  private isAnswering(): boolean {
    return this.state.turn !== null
  }

  private get graph(): Graph {
    return this.editor.store.getState().graph.current
  }

  private set(change: Partial<CopilotState>): void {
    this.store.setState(change)
  }

  private hear(event: CopilotEvent, question: string, executionId: string | null): void {
    const { turn } = this.state
    if (!turn) return
    if (event.event === 'error') return this.fail(question, executionId, event.error)
    if (event.event !== 'complete') return this.set({ turn: afterEvent(turn, event) })
    const { message_id: id, content, workflow_diff, issues } = event
    const answer = { ...messageBy('assistant', content), id, workflow_diff, issues }
    this.add([{ ...messageBy('user', question), execution_id: executionId }, answer])
    this.show(answer)
  }

  private fail(question: string, executionId: string | null, error: string): void {
    this.add([
      { ...messageBy('user', question), execution_id: executionId },
      { ...messageBy('assistant', ''), error },
    ])
  }

  private add(messages: readonly CopilotMessageItem[]): void {
    this.set({ turn: null, messages: [...this.state.messages, ...messages] })
  }
}

function messageBy(role: CopilotMessageItem['role'], content: string): CopilotMessageItem {
  const created_at = new Date().toISOString()
  const none = { workflow_diff: null, issues: [], error: null, execution_id: null }
  return { id: crypto.randomUUID(), role, content, created_at, ...none }
}
