import type { Usage } from '../contract/agent-runs'
import type { OrchestrationEvent, OrchestrationStep } from '../contract/orchestrations'
import { textOfOutput, type EarlyEnd } from './agent-turns'

/** What a member does, with its text as far as it has come. */
export interface ShownStep extends OrchestrationStep {
  text: string
}

/** A task and what became of it. */
export interface OrchestrationTurn {
  question: string
  status: 'running' | 'completed' | 'failed' | 'stopped'
  steps: readonly ShownStep[]
  /** The final answer, as far as it has come. */
  text: string
  usage: Usage | null
  error: string | null
}

/** A task that was just given. */
export function newOrchestrationTurn(question: string): OrchestrationTurn {
  return { question, status: 'running', steps: [], text: '', usage: null, error: null }
}

/** The turn after the next events of its run. */
export function applyOrchestrationEvents(
  turn: OrchestrationTurn,
  events: readonly OrchestrationEvent[],
): OrchestrationTurn {
  return events.reduce(applyEvent, turn)
}

/** The turn of a run that ended early: stopped by hand, or broken off. */
export function endOrchestrationTurn(turn: OrchestrationTurn, end: EarlyEnd): OrchestrationTurn {
  if (turn.status !== 'running') return turn
  const steps = turn.steps.map((step) =>
    step.status === 'running' ? { ...step, status: 'failed' as const, error: 'Stopped with the run' } : step,
  )
  return { ...turn, ...end, steps }
}

/** The steps after one began or ended: the text that came stays with it. */
export function withStep(steps: readonly ShownStep[], step: OrchestrationStep): ShownStep[] {
  const before = steps.find(({ index }) => index === step.index)
  const text = step.status === 'completed' ? textOfOutput(step.output) : (before?.text ?? '')
  const shown = { ...step, text }
  return before ? steps.map((one) => (one === before ? shown : one)) : [...steps, shown]
}

/** The steps after one said more. */
export function withStepText(steps: readonly ShownStep[], index: number, chunk: string): ShownStep[] {
  return steps.map((step) => (step.index === index ? { ...step, text: step.text + chunk } : step))
}

function applyEvent(turn: OrchestrationTurn, event: OrchestrationEvent): OrchestrationTurn {
  switch (event.type) {
    case 'run_start':
      return turn
    case 'step_start':
    case 'step_end':
      return { ...turn, steps: withStep(turn.steps, event.step) }
    case 'step_chunk':
      return { ...turn, steps: withStepText(turn.steps, event.index, event.chunk) }
    case 'chunk':
      return { ...turn, text: turn.text + event.chunk }
    case 'done':
      return {
        ...turn,
        status: 'completed',
        steps: event.steps.reduce<ShownStep[]>(withStep, [...turn.steps]),
        text: textOfOutput(event.output),
        usage: event.usage,
      }
    case 'error':
      return endOrchestrationTurn(turn, { status: 'failed', error: event.error })
  }
}
