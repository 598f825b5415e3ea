import type { BlockContext, VisibleBlock } from './contract'
import type { BlockData } from '../contract/execution'

/** A context for runner tests: no upstream blocks, no variables, and every way out refuses until a test gives one.
 *  `ancestors` stands for what the test's block can see; its scope is built from it. */
export function fakeContext(
  overrides: Partial<Omit<BlockContext, 'ancestors' | 'upstream'>> & {
    ancestors?: readonly VisibleBlock[]
    upstream?: readonly VisibleBlock[]
  } = {},
): BlockContext & { warnings: string[] } {
  const { ancestors = [], upstream = [], ...powers } = overrides
  const warnings: string[] = []
  const variables = powers.variables ?? {}
  return {
    executionId: 'execution',
    workflowId: 'workflow',
    blockId: 'block',
    signal: new AbortController().signal,
    input: {},
    variables,
    request: null,
    upstream: () => upstream,
    ancestors: () => ancestors,
    scope: {
      block: (key) => (ancestors.find(({ id }) => id === key) ?? ancestors.find(({ name }) => name === key))?.data,
      variables,
    },
    fetch: () => Promise.reject(new Error('this test allows no outbound call')),
    runCode: () => Promise.reject(new Error('this test runs no code')),
    platform: () => Promise.reject(new Error('this test calls no platform operation')),
    runAgent: () => Promise.reject(new Error('this test asks no model')),
    runOrchestration: () => Promise.reject(new Error('this test runs no orchestration')),
    idempotencyKey: 'key-of-this-block',
    now: () => new Date('2026-01-02T03:04:05Z'),
    emitChunk: () => undefined,
    warn: (message) => void warnings.push(message),
    warnings,
    ...powers,
  }
}

/** A block that ran, as another sees it. */
export function ranBlock(id: string, data: BlockData, name = ''): VisibleBlock {
  return { id, name, data }
}
