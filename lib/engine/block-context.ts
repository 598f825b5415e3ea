import 'server-only'
import { createHash } from 'node:crypto'
import type { AgentCaller, EngineDependencies, RunningExecution } from './running-execution'
import { ancestorsOf, upstreamOf, visibleBlock, type PlanBlock } from '../graph/plan'
import type { BlockContext, OutboundRequest, Scope, VisibleBlock } from '../blocks/contract'
import { traceHeaders, type TraceContext } from '../contract/trace-context'

/** What one attempt of a block adds to the execution. */
export interface Attempt {
  signal: AbortSignal
  warn: (message: string) => void
  /** The block's place in a trace, for what it calls. */
  trace: TraceContext | null
}

/** What a block's references may read: ancestors that ran, variables, and (for fields that leave the process) secrets. */
export function scopeOf(block: PlanBlock, execution: RunningExecution): Scope {
  return {
    block(idOrName) {
      const index = visibleBlock(execution.plan, block, idOrName)
      return index === undefined ? undefined : execution.data[index]
    },
    variables: execution.variables,
    secret: (name) => execution.secrets.get(name),
  }
}

/** Builds the powers of one attempt of a block. */
export function createBlockContext(
  block: PlanBlock,
  execution: RunningExecution,
  dependencies: EngineDependencies,
  attempt: Attempt,
): BlockContext {
  const { plan, live } = execution
  const visible = (indexes: readonly number[]): VisibleBlock[] =>
    indexes.flatMap((index) => {
      const data = execution.data[index]
      const source = plan.blocks[index]
      return data && source ? [{ id: source.block.id, name: source.block.name, data }] : []
    })
  const { secret: _unreadable, ...scope } = scopeOf(block, execution)
  const named = { block_id: block.block.id, block_type: block.block.type }
  const emitChunk = (chunk: string) => live.publish({ type: 'block_chunk', ...named, chunk })
  const caller: AgentCaller = {
    principal: execution.principal,
    depth: execution.depth + 1,
    trace: attempt.trace,
    signal: attempt.signal,
    executionId: execution.id,
    blockId: block.block.id,
    onText: emitChunk,
    onStep: (step) => live.publish({ type: 'block_step', ...named, step }),
  }
  return {
    executionId: execution.id,
    workflowId: execution.workflowId,
    blockId: block.block.id,
    signal: attempt.signal,
    input: execution.input,
    variables: execution.variables,
    request: execution.triggerBlockId === block.block.id ? execution.request : null,
    upstream: () => visible(upstreamOf(plan, block)),
    ancestors: () => visible(ancestorsOf(plan, block)),
    scope,
    fetch: (request) => dependencies.fetch(traced(request, attempt.trace)),
    runCode: (job) => dependencies.runCode({ ...job, owner: execution.workflowId, signal: attempt.signal }),
    platform: (call) => dependencies.platform(call, caller),
    runAgent: (request) => dependencies.agents.runAgent(request, caller),
    runOrchestration: (request) => dependencies.agents.runOrchestration(request, caller),
    // Most blocks call nobody.
    get idempotencyKey() {
      return idempotencyKeyOf(execution.id, block.block.id)
    },
    now: () => dependencies.now(),
    emitChunk,
    warn: attempt.warn,
  }
}

/** Hands the trace on, unless the request says itself where in a trace it stands. */
function traced(request: OutboundRequest, trace: TraceContext | null): OutboundRequest {
  if (trace === null || Object.keys(request.headers).some((name) => name.toLowerCase() === 'traceparent'))
    return request
  return { ...request, headers: { ...request.headers, ...traceHeaders(trace) } }
}

/** The same for every attempt of a block in an execution, and for a repeat after a crash. */
function idempotencyKeyOf(executionId: string, blockId: string): string {
  return createHash('sha256').update(`${executionId}\n${blockId}`).digest('hex').slice(0, 40)
}
