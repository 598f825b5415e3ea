import 'server-only'
import type { Runner } from '../contract'
import { upstreamOutput } from '../upstream-output'
import type { split } from './definition'

/** Hands on its input; without one, what came before. Only an absent key is no input. */
export const run: Runner<typeof split> = (config, context) => ({
  output: config.input === undefined ? upstreamOutput(context) : config.input,
})
