import 'server-only'
import { getApp } from './app'
import { blockDataOf, readPins } from './pinned-data'
import { keepVersionOf, withFreshVersion, type ReadyVersion } from './prepare-run'
import { givenLogs, numbered, reuseLogs } from './reused-logs'
import { executeAnswer } from './run-answer'
import { takeFromAllowance } from './run-workflow'
import { showBlockLogs } from './show-block-logs'
import { editedBlock, loadPlan } from './single-block'
import { Answer, type Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { BlockParams, RunBlockBody } from '../contract/reruns'
import type { NewBlockLog } from '../data/block-logs'
import { readOrigin, type OriginRow } from '../data/origins'
import { findRunnable, type RunnableWorkflow } from '../data/runnable'
import { readSettledLogs } from '../data/settled-logs'
import { valueHref } from '../data/stored-values'
import type { FinishedExecution } from '../engine/run-execution'
import { overlay } from '../engine/run-variables'
import type { PlanBlock } from '../graph/plan'
import { executionTimeoutMs } from '../limits'

type RunBlockCall = Call<BlockParams, object, RunBlockBody>

interface Prepared {
  workflow: RunnableWorkflow
  ready: ReadyVersion
  block: PlanBlock
  origin: OriginRow | null
}

/** Runs one block of the newest saved graph alone. The blocks before it have the data the call gives, else what they
 *  gave in the execution it names, else what is pinned. Answers with the block's data and its log; a block that fails
 *  answers as a failed run does. @throws as `rerunExecution` does, NOT_FOUND for an unknown block too. */
export async function runSingleBlock(call: RunBlockCall): Promise<Answer> {
  takeFromAllowance(call)
  const prepared = await withFreshVersion(() => prepare(call))
  const { workflow, ready, block, origin } = prepared
  const edited = editedBlock(call, ready.plan, block.block.id, call.body.input ?? null)
  await keepVersionOf(ready, call.principal.userId)
  const input = call.body.variables ?? origin?.input ?? {}
  const outcome = await getApp().engine.start({
    workflowId: workflow.id,
    version: ready.version,
    plan: ready.plan,
    trigger: 'manual',
    triggerBlockId: null,
    input,
    variables: overlay(workflow.variables, input),
    request: origin?.request ?? null,
    principal: call.principal,
    depth: 0,
    timeoutMs: executionTimeoutMs,
    isAsync: false,
    resumes: false,
    originId: origin?.id ?? null,
    idempotency: null,
    spendsArm: false,
    settled: await settledBefore(call, prepared),
    test: { pins: {}, onlyBlock: block.block.id, overlay: edited },
  })
  if (outcome.kind !== 'started') throw new Error(`a block's run cannot be ${outcome.kind}`)
  return answerOf(await outcome.finished, ready, block.block.id)
}

async function prepare(call: RunBlockCall): Promise<Prepared | null> {
  const { id, block_id } = call.params
  const workflow = await findRunnable(id)
  if (!workflow) throw new AppError('WORKFLOW_NOT_FOUND', 'Workflow not found')
  const ready = await loadPlan(workflow.id, workflow.version)
  if (!ready) return null
  const index = ready.plan.indexOfId.get(block_id)
  const block = index === undefined ? undefined : ready.plan.blocks[index]
  if (!block) throw new AppError('NOT_FOUND', `Not found: block ${block_id}`)
  const executionId = call.body.execution_id ?? null
  const origin = executionId === null ? null : await readOrigin(id, executionId)
  if (executionId !== null && !origin) throw new AppError('NOT_FOUND', 'Execution not found')
  return { workflow, ready, block, origin }
}

/** What the blocks before it are taken to have given, each from the first place that has it. */
async function settledBefore(call: RunBlockCall, { workflow, ready, block, origin }: Prepared): Promise<NewBlockLog[]> {
  const { plan } = ready
  const given = givenLogs(plan, blockDataOf(call.body.data ?? {}), 'the block did not run: its data came with the call')
  const reused = origin ? await reusedFrom(origin, ready, block) : []
  const pins = call.body.pins === false ? {} : readPins(workflow.pins)
  const pinned = givenLogs(plan, pins, 'the block did not run: its pinned data was used')
  const first = new Map([...pinned, ...reused, ...given].map((log) => [log.blockId, log]))
  const isBefore = (log: NewBlockLog) => plan.ancestors.has(block.index, plan.indexOfId.get(log.blockId) ?? block.index)
  return numbered([...first.values()].filter(isBefore))
}

async function reusedFrom(origin: OriginRow, ready: ReadyVersion, block: PlanBlock): Promise<NewBlockLog[]> {
  const compiled = await getApp().plans.load(ready.workflowId, origin.version)
  const configs = new Map(compiled?.plan?.blocks.map((one) => [one.block.id, one.block.config]))
  const logs = await readSettledLogs(origin.id)
  return reuseLogs(ready.plan, block, { executionId: origin.id, logs, configOf: (id) => configs.get(id) })
}

function answerOf(finished: FinishedExecution, ready: ReadyVersion, blockId: string): Answer {
  if (finished.status !== 'completed') return executeAnswer(finished, ready)
  const data = finished.blockOutputs[blockId] ?? null
  const [log = null] = showBlockLogs(
    finished.logs.filter((one) => one.blockId === blockId),
    {
      configOf: (id) => ready.plan.blocks.find(({ block }) => block.id === id)?.block.config,
      href: valueHref(finished.workflowId, finished.id),
      includesSkipped: true,
    },
  )
  const output = typeof data === 'object' && data !== null && !Array.isArray(data) ? (data['output'] ?? null) : null
  return new Answer(200, { json: { execution_id: finished.id, status: 'completed', output, data, log } })
}
