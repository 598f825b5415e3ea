import 'server-only'
import { isDeepStrictEqual } from 'node:util'
import { getApp } from './app'
import { requireExecution, showExecution } from './show-execution'
import type { Call } from '../contract/endpoint'
import type {
  BlockComparison,
  ComparedExecution,
  CompareQuery,
  ExecutionComparison,
} from '../contract/execution-history'
import type { ExecutionParams } from '../contract/executions'
import type { JsonObject } from '../contract/json'
import type { NewBlockLog } from '../data/block-logs'
import type { ExecutionRow } from '../data/execution-lists'
import { readSettledLogs } from '../data/settled-logs'

/** Compares two executions of a workflow block by block, in the order the first one's blocks started; blocks that only
 *  the other has follow. Values are compared whole. @throws WORKFLOW_NOT_FOUND, NOT_FOUND. */
export async function compareExecutions(call: Call<ExecutionParams, CompareQuery>): Promise<ExecutionComparison> {
  const { id, eid } = call.params
  const rows = [await requireExecution(id, eid), await requireExecution(id, call.query.with)] as const
  const [left, right] = await Promise.all([readSide(rows[0]), readSide(rows[1])])
  const blockIds = [...new Set([...left.order, ...right.order])]
  const blocks = blockIds.map((blockId) => compareBlock(blockId, left, right))
  const diverging = blocks.find(
    ({ status, input_differs, output_differs }) => status[0] !== status[1] || input_differs || output_differs,
  )
  return {
    executions: [summaryOf(rows[0]), summaryOf(rows[1])],
    first_diverging_block: diverging?.block_id ?? null,
    blocks,
  }
}

interface Side {
  logs: Map<string, NewBlockLog>
  /** Block ids in the order they started, skipped ones last. */
  order: string[]
  configOf(blockId: string): JsonObject | undefined
}

async function readSide(row: ExecutionRow): Promise<Side> {
  const [logs, compiled] = await Promise.all([
    readSettledLogs(row.id),
    getApp().plans.load(row.workflow_id, row.version),
  ])
  const configs = new Map(compiled?.plan?.blocks.map(({ block }) => [block.id, block.config]))
  const started = [...logs].sort(
    (a, b) => (a.executionOrder ?? Infinity) - (b.executionOrder ?? Infinity) || a.seq - b.seq,
  )
  return {
    logs: new Map(logs.map((log) => [log.blockId, log])),
    order: started.map((log) => log.blockId),
    configOf: (blockId) => configs.get(blockId),
  }
}

function compareBlock(blockId: string, left: Side, right: Side): BlockComparison {
  const [a, b] = [left.logs.get(blockId), right.logs.get(blockId)]
  const log = a ?? b
  return {
    block_id: blockId,
    block_name: log?.blockName ?? '',
    block_type: log?.blockType ?? '',
    status: [a?.status ?? 'absent', b?.status ?? 'absent'],
    input_differs: differ(inputOf(blockId, left), inputOf(blockId, right)),
    output_differs: differ(a?.output?.text, b?.output?.text),
    error: [a?.error ?? null, b?.error ?? null],
    skip_reason: [a?.skipReason ?? null, b?.skipReason ?? null],
    duration_ms: [a?.durationMs ?? null, b?.durationMs ?? null],
    attempts: [a?.attempts ?? null, b?.attempts ?? null],
  }
}

/** The config a block ran with, JSON text; what equals the saved one is not kept with its log. */
function inputOf(blockId: string, side: Side): string | undefined {
  const log = side.logs.get(blockId)
  if (!log || log.status === 'skipped') return undefined
  return log.input?.text ?? JSON.stringify(side.configOf(blockId) ?? {})
}

/** Objects are the same whatever the order of their keys. */
function differ(a: string | undefined, b: string | undefined): boolean {
  if (a === b) return false
  return a === undefined || b === undefined || !isDeepStrictEqual(JSON.parse(a), JSON.parse(b))
}

function summaryOf(row: ExecutionRow): ComparedExecution {
  const { id, status, version, duration_ms } = showExecution(row)
  return { id, status, version, duration_ms }
}
