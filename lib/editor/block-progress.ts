import type { BlockStep } from '../contract/execution'
import type { ShownToolCall } from './agent-turns'
import { withStep, withStepText, type ShownStep } from './orchestration-turns'

/** What a block that talks to models has done so far beside its words. */
export interface BlockProgress {
  toolCalls: readonly ShownToolCall[]
  steps: readonly ShownStep[]
}

export const noProgress: BlockProgress = { toolCalls: [], steps: [] }

/** A block after the next thing that happened inside it. */
export function applyBlockStep<Block extends BlockProgress>(block: Block, step: BlockStep): Block {
  switch (step.kind) {
    case 'tool': {
      const call = { ...step.tool_call, isRunning: step.is_running }
      const isKnown = block.toolCalls.some(({ id }) => id === call.id)
      const toolCalls = isKnown
        ? block.toolCalls.map((one) => (one.id === call.id ? call : one))
        : [...block.toolCalls, call]
      return { ...block, toolCalls }
    }
    case 'member':
      return { ...block, steps: withStep(block.steps, step.member) }
    case 'member_text':
      return { ...block, steps: withStepText(block.steps, step.index, step.chunk) }
  }
}
