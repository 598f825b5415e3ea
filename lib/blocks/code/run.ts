import 'server-only'
import { codeTimeoutMs, maxCodeTimeoutMs } from '../../limits'
import { BlockError, readNumber, type CodeJob, type Runner } from '../contract'
import { bindingsOf } from './bindings'
import type { code } from './definition'

/** Runs the script in the sandbox. Blank code is an output of null. */
export const run: Runner<typeof code> = async (config, context) => {
  const language = readLanguage(config.language)
  if (!config.code || config.code.trim() === '') return { output: null, logs: [] }
  const { output, logs } = await context.runCode({
    language,
    code: config.code,
    bindings: bindingsOf(context.ancestors()),
    timeoutMs: readTimeoutMs(config.timeout_ms),
  })
  return { output, logs }
}

const languages = new Map<string, CodeJob['language']>([
  ['', 'python'],
  ['python', 'python'],
  ['javascript', 'javascript'],
])

function readLanguage(value: string | null | undefined): CodeJob['language'] {
  const language = languages.get((value ?? '').trim().toLowerCase())
  if (!language) throw new BlockError(`language must be python or javascript, not ${String(value)}`)
  return language
}

function readTimeoutMs(value: unknown): number {
  const timeoutMs = readNumber(value)
  return timeoutMs === null || timeoutMs <= 0 ? codeTimeoutMs : Math.min(Math.ceil(timeoutMs), maxCodeTimeoutMs)
}
