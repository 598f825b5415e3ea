import 'server-only'
import { BlockError, readText, type Runner } from '../contract'
import { promptText } from '../prompt'
import type { orchestration } from './definition'

/** Runs a saved orchestration on a task. Its failure is the block's. */
export const run: Runner<typeof orchestration> = async (config, context) => {
  const orchestrationId = readText(config.orchestration_id)
  if (orchestrationId === '') throw new BlockError('No orchestration is chosen: fill orchestration_id')
  const input = [config.input, config.message].map(promptText).find((text) => text.trim() !== '') ?? ''
  const { output, status, steps, usage } = await context.runOrchestration({ orchestrationId, input })
  return { output, status, steps: [...steps], usage: { ...usage } }
}
