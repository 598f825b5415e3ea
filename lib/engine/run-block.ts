import 'server-only'
import { setTimeout as wait } from 'node:timers/promises'
import type { z } from 'zod'
import { createBlockContext, scopeOf } from './block-context'
import { backoffMs, readFailurePolicy, type FailurePolicy } from './failure-policy'
import { isJsonLongerThan } from './json-size'
import type { EngineDependencies, RunningExecution } from './running-execution'
import type { BlockOutcome } from './schedule'
import { configInTest, pinnedData } from './test-run'
import { BlockError, type BlockContext } from '../blocks/contract'
import { runnerOf } from '../blocks/runner-of'
import type { BlockData } from '../contract/execution'
import { isJsonObject, type JsonObject } from '../contract/json'
import type { TraceContext } from '../contract/trace-context'
import { showStored, storeValue, valueHref, type StoredValue } from '../data/stored-values'
import { resolveConfig } from '../graph/resolve-config'
import type { PlanBlock } from '../graph/plan'
import { maxExecutionStoredBytes } from '../limits'

/** Runs one block to its outcome: resolves its config, runs it as often as its retry policy says, records its log and
 *  tells the watchers. A failure is an outcome; rejects only when the execution could not be put on disk before the block
 *  reaches out. */
export async function runBlock(
  block: PlanBlock,
  queuedMs: number,
  execution: RunningExecution,
  dependencies: EngineDependencies,
): Promise<BlockOutcome> {
  const { id: blockId, type: blockType } = block.block
  const pinned = pinnedData(execution.test, blockId)
  if (!pinned && !block.definition.capabilities.isContained) await dependencies.journal.record(execution.id)
  const startedAt = dependencies.now()
  const startedMs = performance.now()
  const order = execution.startedBlocks++
  execution.live.publish({ type: 'block_start', block_id: blockId, block_type: blockType })
  const observed = execution.observation?.blockStarted({
    id: blockId,
    type: block.definition.type,
    name: block.block.name,
  })
  const config = configInTest(execution.test, blockId, resolveConfig(block, scopeOf(block, execution)))
  const run: BlockRun = {
    block,
    config,
    policy: readFailurePolicy(block.block.config),
    attempts: 0,
    retryWaitMs: 0,
    warnings: [],
    trace: observed?.trace ?? null,
  }
  const result = pinned ? await usePinned(pinned, run, execution) : await attemptAll(run, execution, dependencies)

  const durationMs = Math.round(performance.now() - startedMs)
  const outcome = decideOutcome(run, result, execution)
  if ('data' in outcome) execution.data[block.index] = outcome.data
  const error = 'error' in result ? result.error : null
  await recordLog(
    { run, order, queuedMs, startedAt, durationMs, error, output: result.output },
    execution,
    dependencies,
  )
  observed?.ended({ durationMs, attempts: run.attempts, error })
  const named = { block_id: blockId, block_type: blockType, duration_ms: durationMs }
  if (error !== null) execution.live.publish({ type: 'block_error', ...named, data: { error } })
  else if ('data' in result)
    execution.live.publish({ type: 'block_complete', ...named, data: shown(result, execution) })
  return outcome
}

interface BlockRun {
  block: PlanBlock
  config: JsonObject
  policy: FailurePolicy
  attempts: number
  /** Milliseconds spent between attempts. */
  retryWaitMs: number
  warnings: string[]
  /** The block's place in a trace. */
  trace: TraceContext | null
}

type Result = { data: BlockData; output: StoredValue } | { error: string; output: null }

/** What a person pinned comes in the block's place. */
async function usePinned(data: BlockData, run: BlockRun, execution: RunningExecution): Promise<Result> {
  run.warnings.push('the block did not run: its pinned data was used')
  return keep(data, execution).catch((error: unknown) => ({ error: describe(error), output: null }))
}

async function attemptAll(
  run: BlockRun,
  execution: RunningExecution,
  dependencies: EngineDependencies,
): Promise<Result> {
  for (;;) {
    run.attempts++
    try {
      const data = await attemptOnce(run, execution, dependencies)
      return await keep(data, execution)
    } catch (error) {
      const message = redactText(describe(error), execution)
      const isLast = run.attempts >= run.policy.maxAttempts || execution.signal.aborted
      if (isLast) return { error: message, output: null }
      run.warnings.push(`attempt ${run.attempts} failed: ${message}`)
      const pauseMs = backoffMs(run.policy, run.attempts)
      // An abort ends the pause; the next attempt then fails at once and is the last.
      const pausedMs = performance.now()
      if (pauseMs > 0) await wait(pauseMs, undefined, { signal: execution.signal }).catch(() => undefined)
      run.retryWaitMs += Math.round(performance.now() - pausedMs)
    }
  }
}

async function attemptOnce(
  run: BlockRun,
  execution: RunningExecution,
  dependencies: EngineDependencies,
): Promise<BlockData> {
  execution.signal.throwIfAborted()
  const timeoutMs = run.block.definition.capabilities.timesItself ? null : run.policy.timeoutMs
  const timer = timeoutMs === null ? null : startTimer(timeoutMs)
  const signal = timer ? AbortSignal.any([execution.signal, timer.signal]) : execution.signal
  const warn = (message: string) => {
    run.warnings.push(redactText(message, execution))
  }
  try {
    const context = createBlockContext(run.block, execution, dependencies, { signal, warn, trace: run.trace })
    return await untilAborted(() => runRunner(run, context), signal)
  } finally {
    timer?.stop()
  }
}

function startTimer(timeoutMs: number): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController()
  const timer = setTimeout(() => {
    controller.abort(new BlockError(`timed out after ${timeoutMs} ms (config.timeout_ms)`))
  }, timeoutMs)
  return {
    signal: controller.signal,
    stop: () => {
      clearTimeout(timer)
    },
  }
}

async function runRunner(run: BlockRun, context: BlockContext): Promise<BlockData> {
  const parsed = parseConfig(run)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new BlockError(`config.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'has the wrong type'}`)
  }
  return runnerOf(run.block.type)(parsed.data, context)
}

/** A saved config that stands as it is, without references, is read once for all executions of its plan. */
const parsedConfigs = new WeakMap<JsonObject, z.ZodSafeParseResult<unknown>>()

function parseConfig({ block, config }: BlockRun): z.ZodSafeParseResult<unknown> {
  const known = parsedConfigs.get(config)
  if (known) return known
  const parsed = block.definition.config.safeParse(config)
  if (config === block.block.config) parsedConfigs.set(config, parsed)
  return parsed
}

/** A runner that ignores its signal must not hold the execution: its late result is dropped. */
function untilAborted<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => {
      reject(signal.reason instanceof Error ? signal.reason : new BlockError('stopped'))
    }
    signal.addEventListener('abort', onAbort, { once: true })
    void work()
      .then(resolve, reject)
      .finally(() => {
        signal.removeEventListener('abort', onAbort)
      })
  })
}

/** Redacts a block's data, weighs it against the execution's limit and prepares it for the log. */
async function keep(data: BlockData, execution: RunningExecution): Promise<Result> {
  const leftBytes = maxExecutionStoredBytes - execution.storedBytes
  if (isJsonLongerThan(data, leftBytes)) throw tooLarge(execution)
  // Redaction maps an object to an object.
  const clean = execution.redact(data) as BlockData
  const text = JSON.stringify(clean)
  const sizeBytes = Buffer.byteLength(text)
  if (sizeBytes > leftBytes) throw tooLarge(execution)
  execution.storedBytes += sizeBytes
  return { data: clean, output: await storeValue(text) }
}

function tooLarge(execution: RunningExecution): BlockError {
  return new BlockError(
    `its data would take the execution over ${maxExecutionStoredBytes} bytes of stored data ` +
      `(${execution.storedBytes} are in use); hand on less, or split the work over several executions`,
  )
}

/** The resolved config for the log. One that is too long to keep is told by its size limit alone: what it was made of
 *  stands in the logs of the blocks before. */
function inputForLog(config: JsonObject, execution: RunningExecution): Promise<StoredValue> {
  const isTooLong = isJsonLongerThan(config, maxExecutionStoredBytes)
  return storeValue(
    JSON.stringify(isTooLong ? { omitted: `longer than ${maxExecutionStoredBytes} bytes` } : execution.redact(config)),
  )
}

function decideOutcome(run: BlockRun, result: Result, execution: RunningExecution): BlockOutcome {
  if ('data' in result) return { kind: 'completed', data: result.data }
  if (execution.signal.aborted) return { kind: 'stopped' }
  const hasErrorEdge = run.block.outgoing.some((edge) => edge.on.kind === 'error')
  if (run.policy.continues || hasErrorEdge)
    return { kind: 'handled', data: { output: null, error: result.error }, continues: run.policy.continues }
  execution.failure ??= { blockIndex: run.block.index, message: result.error }
  return { kind: 'failed' }
}

/** Watchers see a large value as lists and logs do: shortened, with where to fetch the rest. */
function shown(result: { data: BlockData; output: StoredValue }, execution: RunningExecution): BlockData {
  if (!result.output.large) return result.data
  const marker = showStored(result.output.text, valueHref(execution.workflowId, execution.id))
  return isJsonObject(marker) ? marker : {}
}

interface Settled {
  run: BlockRun
  order: number
  queuedMs: number
  startedAt: Date
  durationMs: number
  error: string | null
  output: StoredValue | null
}

async function recordLog(
  settled: Settled,
  execution: RunningExecution,
  dependencies: EngineDependencies,
): Promise<void> {
  const { run, order, startedAt, durationMs, error } = settled
  const { block } = run.block
  const isUnchanged = run.config === block.config
  const input = isUnchanged ? null : await inputForLog(run.config, execution)
  const handledText = error === null ? null : JSON.stringify({ output: null, error })
  const log = {
    executionId: execution.id,
    runnerId: execution.runnerId,
    seq: execution.logs.length,
    executionOrder: order,
    blockId: block.id,
    blockType: block.type,
    blockName: block.name,
    status: error === null ? ('success' as const) : ('error' as const),
    startedAt,
    durationMs,
    queuedMs: Math.round(settled.queuedMs),
    retryWaitMs: run.retryWaitMs,
    attempts: run.attempts,
    input,
    output: settled.output ?? (handledText === null ? null : { text: handledText, large: null }),
    error,
    skipReason: null,
    warnings: run.warnings.length > 0 ? JSON.stringify(run.warnings) : null,
  }
  execution.logs.push(log)
  if (execution.isDurable) await dependencies.journal.checkpoint(log)
  else dependencies.journal.log(log)
}

function redactText(text: string, execution: RunningExecution): string {
  const redacted = execution.redact(text)
  return typeof redacted === 'string' ? redacted : text
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
