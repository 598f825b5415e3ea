import 'server-only'
import type { Journal } from './journal'
import type { LiveExecution } from './live-executions'
import type { ExecutionObservation } from './observer'
import { runBlock } from './run-block'
import type { EngineDependencies, RunningExecution } from './running-execution'
import { runSchedule } from './schedule'
import { settledBefore } from './settled-before'
import { StopReason, type StartRequest } from './start-request'
import type { ExecutionStatus, ResponseShape } from '../contract/execution'
import type { Json, JsonObject } from '../contract/json'
import type { NewBlockLog } from '../data/block-logs'
import type { NewExecution } from '../data/executions'
import { storeValue } from '../data/stored-values'
import { entriesFor } from '../graph/entries'
import { secretsUsedBy, type PlanBlock } from '../graph/plan'
import { readResponse } from '../contract/response-shape'
import { blocksAtOncePerExecution } from '../limits'

/** How an execution ended, as its caller hears it: recorded before anyone does. */
export interface FinishedExecution {
  id: string
  workflowId: string
  status: Extract<ExecutionStatus, 'completed' | 'failed' | 'cancelled' | 'timed_out'>
  output: Json
  error: string | null
  errorCode: string | null
  /** Id of the block whose failure ended the execution. */
  failedBlock: string | null
  /** What the chosen response block says of the HTTP answer; null when none completed. */
  response: ResponseShape | null
  /** Data of the blocks that ran, by block id, in graph order. */
  blockOutputs: JsonObject
  logs: readonly NewBlockLog[]
}

interface Launch {
  row: NewExecution
  runnerId: string
  /** Logs of the blocks that had settled before another process took the execution over; empty for a new one. */
  settled: readonly NewBlockLog[]
  request: StartRequest
  live: LiveExecution
}

/** Runs a recorded execution to its end and records that. Rejects only when the end could not be written. */
export async function runExecution(launch: Launch, dependencies: EngineDependencies): Promise<FinishedExecution> {
  const { row, request, live } = launch
  const readClock = clockFrom(dependencies.now())
  const timer = setTimeout(() => {
    live.abort.abort(new StopReason('timed_out', `Execution timed out after ${request.timeoutMs / 1000}s`))
  }, request.timeoutMs)
  const observation = dependencies.observer?.executionStarted({ ...named(row), caller: request.caller ?? null })
  try {
    live.publish({ type: 'execution_start', execution_id: row.id })
    const execution = await prepare(launch, dependencies, observation)
    await runSchedule(request.plan, {
      entries: entriesOf(launch),
      blocksAtOnce: blocksAtOncePerExecution,
      signal: execution.signal,
      nowMs: () => performance.now(),
      run: (block, queuedMs) => {
        const before = settledBefore(block, execution, launch.settled)
        return before ? Promise.resolve(before) : runBlock(block, queuedMs, execution, dependencies)
      },
      ...(request.test?.onlyBlock && { exclude: othersThan(request.test.onlyBlock, launch.settled) }),
      skip: (block, reason) => {
        recordSkip(block, reason, execution, dependencies)
      },
    })
    const finished = await settle(execution, launch, { journal: dependencies.journal, readClock })
    observation?.ended(finished)
    return finished
  } catch (error) {
    observation?.ended({ status: 'unrecorded', error: null, errorCode: 'INTERNAL', failedBlock: null })
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** A clock that starts at a moment and goes on whatever the system's clock is set to: an end never precedes its start. */
function clockFrom(start: Date): () => Date {
  const startMs = performance.now()
  return () => new Date(start.getTime() + Math.round(performance.now() - startMs))
}

function named({ id, workflowId, version, trigger }: NewExecution) {
  return { id, workflowId, version, trigger }
}

/** Blocks that need no run are entered too: their data is there, whatever leads to them. */
function entriesOf({ request, settled }: Launch): Set<number> {
  const entries = entriesFor(request.plan, request.triggerBlockId)
  const known = settled.filter((log) => log.status !== 'skipped').map((log) => log.blockId)
  for (const blockId of [...known, request.test?.onlyBlock ?? null]) {
    const index = blockId === null ? undefined : request.plan.indexOfId.get(blockId)
    if (index !== undefined) entries.add(index)
  }
  return entries
}

function othersThan(onlyBlock: string, settled: readonly NewBlockLog[]): (block: PlanBlock) => string | null {
  const kept = new Set([onlyBlock, ...settled.map((log) => log.blockId)])
  return ({ block }) => (kept.has(block.id) ? null : `only block ${onlyBlock} is run`)
}

async function prepare(
  launch: Launch,
  dependencies: EngineDependencies,
  observation: ExecutionObservation | undefined,
): Promise<RunningExecution> {
  const { row, request, live } = launch
  const names = secretsUsedBy(request.plan)
  const secrets = names.length > 0 ? await dependencies.readSecrets(names) : new Map<string, string>()
  return {
    id: row.id,
    runnerId: launch.runnerId,
    workflowId: row.workflowId,
    plan: request.plan,
    trigger: row.trigger,
    triggerBlockId: row.triggerBlockId,
    input: request.input,
    variables: request.variables,
    request: request.request,
    principal: request.principal,
    depth: row.depth,
    signal: live.abort.signal,
    live,
    observation,
    secrets,
    redact: dependencies.createRedactor([...secrets.values()]),
    test: request.test ?? null,
    data: [],
    logs: [...launch.settled],
    isDurable: row.isDurable,
    startedBlocks: launch.settled.filter((log) => log.status !== 'skipped').length,
    storedBytes: Buffer.byteLength(row.input.text),
    failure: null,
  }
}

async function settle(
  execution: RunningExecution,
  launch: Launch,
  { journal, readClock }: { journal: Journal; readClock: () => Date },
): Promise<FinishedExecution> {
  const finished = describeEnd(execution)
  const wasOurs = await journal.finish({
    id: execution.id,
    runnerId: launch.runnerId,
    status: finished.status,
    output: finished.status === 'completed' ? await storeValue(JSON.stringify(finished.output)) : null,
    error: finished.error,
    errorCode: finished.errorCode,
    failedBlock: finished.failedBlock,
    response: finished.response ? JSON.stringify(finished.response) : null,
    completedAt: readClock(),
  })
  const isTrue = wasOurs || finished.status === 'cancelled'
  const told: FinishedExecution = isTrue ? finished : { ...finished, ...endedElsewhere }
  publishEnd(told, launch.live)
  return told
}

/** Another process ended the execution (a cancel, a lost lease): what this one found does not count. */
const endedElsewhere = {
  status: 'cancelled',
  output: null,
  error: 'The execution was ended by another process',
  errorCode: 'EXECUTION_CANCELLED',
  failedBlock: null,
  response: null,
} as const

function describeEnd(execution: RunningExecution): FinishedExecution {
  const base = {
    id: execution.id,
    workflowId: execution.workflowId,
    output: null,
    failedBlock: null,
    response: null,
    blockOutputs: outputsOf(execution),
    logs: execution.logs,
  }
  const reason: unknown = execution.signal.reason
  if (execution.signal.aborted && reason instanceof StopReason) {
    const errorCode = reason.status === 'cancelled' ? 'EXECUTION_CANCELLED' : 'EXECUTION_TIMEOUT'
    return { ...base, status: reason.status, error: reason.message, errorCode }
  }
  if (execution.failure) {
    const block = execution.plan.blocks[execution.failure.blockIndex]?.block
    const name = block?.name ? `${block.name} (${block.id})` : block?.id
    const error = `Block ${name ?? ''} failed: ${execution.failure.message}`
    return { ...base, status: 'failed', error, errorCode: 'EXECUTION_FAILED', failedBlock: block?.id ?? null }
  }
  const chosen = execution.plan.blocks.find(
    (block) => block.definition.capabilities.responds && isCompleted(block, execution),
  )
  const data = chosen && execution.data[chosen.index]
  if (!data) return { ...base, status: 'completed', error: null, errorCode: null }
  const response = readResponse(data)
  return { ...base, status: 'completed', error: null, errorCode: null, output: data['output'] ?? null, response }
}

function isCompleted(block: PlanBlock, execution: RunningExecution): boolean {
  return execution.logs.some((log) => log.blockId === block.block.id && log.status === 'success')
}

function outputsOf(execution: RunningExecution): JsonObject {
  const outputs: JsonObject = Object.create(null) as JsonObject
  for (const block of execution.plan.blocks) {
    const data = execution.data[block.index]
    if (data) outputs[block.block.id] = data
  }
  return outputs
}

function recordSkip(
  { block }: PlanBlock,
  reason: string,
  execution: RunningExecution,
  dependencies: EngineDependencies,
): void {
  if (execution.logs.some((log) => log.blockId === block.id)) return
  const log: NewBlockLog = {
    executionId: execution.id,
    runnerId: execution.runnerId,
    seq: execution.logs.length,
    executionOrder: null,
    blockId: block.id,
    blockType: block.type,
    blockName: block.name,
    status: 'skipped',
    startedAt: null,
    durationMs: 0,
    queuedMs: 0,
    retryWaitMs: 0,
    attempts: 0,
    input: null,
    output: null,
    error: null,
    skipReason: reason,
    warnings: null,
  }
  execution.logs.push(log)
  dependencies.journal.log(log)
  execution.live.publish({ type: 'block_skip', block_id: block.id, block_type: block.type, reason })
}

function publishEnd(finished: FinishedExecution, live: LiveExecution): void {
  if (finished.status === 'completed')
    live.publish({ type: 'done', execution_id: finished.id, status: 'completed', output: finished.output })
  else
    live.publish({
      type: 'error',
      error: finished.error ?? '',
      error_code: finished.errorCode ?? 'EXECUTION_FAILED',
      execution_id: finished.id,
    })
}
