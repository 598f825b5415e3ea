import 'server-only'
import { defaultResponseStatus, headerProblem, readStatus } from '../../contract/response-shape'
import { BlockError, readSwitch, type Runner } from '../contract'
import { pairText, readPairs } from '../pairs'
import { upstreamOutput } from '../upstream-output'
import type { response } from './definition'

/** Chooses the execution's output and the HTTP answer. @throws BlockError on a header no workflow may set. */
export const run: Runner<typeof response> = (config, context) => ({
  output: config.output === undefined ? upstreamOutput(context) : config.output,
  status: readStatus(isBlank(config.status) ? config.status_code : config.status) ?? defaultResponseStatus,
  headers: readHeaders(config.headers),
  ...(readSwitch(config.raw) ? { raw: true } : {}),
})

function isBlank(status: unknown): boolean {
  return status === undefined || status === null || status === ''
}

function readHeaders(value: unknown): Record<string, string> {
  const headers = readPairs(value, 'headers').map(([name, item]) => [name.trim(), pairText(item)] as const)
  for (const [name, text] of headers) {
    const problem = headerProblem(name, text)
    // JSON text of the name: it may be what breaks lines.
    if (problem) throw new BlockError(`The response header ${JSON.stringify(name)} ${problem}; remove it`)
  }
  return Object.fromEntries(headers)
}
