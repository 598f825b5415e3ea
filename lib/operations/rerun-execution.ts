import 'server-only'
import { getApp } from './app'
import { testRunOf } from './pinned-data'
import {
  findReplay,
  keepVersionOf,
  prefersAsync,
  prepareVersion,
  readEnded,
  readIdempotencyKey,
  withFreshVersion,
  type ReadyVersion,
} from './prepare-run'
import { givenLogs, reuseLogs } from './reused-logs'
import { executeAnswer, queuedAnswer } from './run-answer'
import { callerOf, replayOf, takeFromAllowance } from './run-workflow'
import { editedBlock, loadPlan } from './single-block'
import type { Answer, Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { ExecutionParams } from '../contract/executions'
import type { RerunBody } from '../contract/reruns'
import { readOrigin, type OriginRow } from '../data/origins'
import { findRunnable, type RunnableWorkflow } from '../data/runnable'
import { readSettledLogs } from '../data/settled-logs'
import { overlay } from '../engine/run-variables'
import type { StartRequest } from '../engine/start-request'
import type { TestRun } from '../engine/test-run'
import { executionTimeoutMs } from '../limits'

type RerunCall = Call<ExecutionParams, object, RerunBody>

/** Runs an execution again: whole, from a block on, or one block alone, on its own version or the newest. Answers as
 *  `runWorkflow` does. The new execution names the old one as its origin. @throws NOT_FOUND, VALIDATION_ERROR for a block
 *  that is not there, FORBIDDEN when a block's config is edited without the right to edit, and what `runWorkflow` throws. */
export async function rerunExecution(call: RerunCall): Promise<Answer> {
  takeFromAllowance(call)
  const idempotency = idempotencyOf(call)
  const before = await findReplay(idempotency)
  if (before) return replayOf(before)
  const { id, eid } = call.params
  const origin = await readOrigin(id, eid)
  const { workflow, ready } = await withFreshVersion(() => prepareRerun(call, origin))
  if (!origin) throw new AppError('NOT_FOUND', 'Execution not found')
  await keepVersionOf(ready, call.principal.userId)
  const outcome = await getApp().engine.start({
    ...(await rerunRequest(call, { workflow, ready, origin })),
    isAsync: prefersAsync(call.request.headers),
    idempotency,
  })
  if (outcome.kind === 'duplicate') return replayOf(await readEnded(outcome.executionId))
  if (outcome.kind === 'inactive') throw new Error('a rerun spends no arm window')
  if (outcome.kind === 'queued') return queuedAnswer(id, outcome.executionId)
  return executeAnswer(await outcome.finished, ready)
}

interface Prepared {
  workflow: RunnableWorkflow
  ready: ReadyVersion
}

async function prepareRerun(call: RerunCall, origin: OriginRow | null): Promise<Prepared | null> {
  const workflow = await findRunnable(call.params.id)
  if (!workflow) throw new AppError('WORKFLOW_NOT_FOUND', 'Workflow not found')
  if (!origin) throw new AppError('NOT_FOUND', 'Execution not found')
  const version = call.body.version === 'newest' ? workflow.version : origin.version
  const ready = onlyBlockOf(call.body)
    ? await loadPlan(workflow.id, version)
    : await prepareVersion(workflow.id, version, origin.triggerBlockId, pinsOf(call, workflow, version))
  if (ready) return { workflow, ready }
  if (call.body.version === 'newest') return null
  throw new AppError('NOT_FOUND', `Version ${version} of the workflow is no longer kept: run it on the newest`)
}

async function rerunRequest(
  call: RerunCall,
  { workflow, ready, origin }: Prepared & { origin: OriginRow },
): Promise<Omit<StartRequest, 'isAsync' | 'idempotency'>> {
  const { body } = call
  const fromBlock = onlyBlockOf(body) ?? body.from_block ?? null
  const pins = pinsOf(call, workflow, ready.version)
  const input = fromBlock === null ? (body.input ?? origin.input) : origin.input
  return {
    workflowId: workflow.id,
    version: ready.version,
    plan: ready.plan,
    trigger: 'manual',
    triggerBlockId: enteredThrough(origin, ready),
    input,
    variables: overlay(workflow.variables, input),
    request: origin.request,
    principal: call.principal,
    depth: 0,
    timeoutMs: executionTimeoutMs,
    resumes: workflow.resumes,
    originId: origin.id,
    spendsArm: false,
    ...(fromBlock === null ? {} : { settled: await reusedBefore(fromBlock, { ready, origin, pins }) }),
    test: testOf(call, fromBlock, pins, ready),
  }
}

/** Only a run of the draft is a test run that pins stand in for. */
function pinsOf(call: RerunCall, workflow: RunnableWorkflow, version: number): TestRun | null {
  return version === workflow.version ? testRunOf(workflow.pins, call.body.pins) : null
}

/** The block that is asked for runs, pinned or not, unless the caller wants pins there too. */
function testOf(
  call: RerunCall,
  fromBlock: string | null,
  test: TestRun | null,
  { plan }: ReadyVersion,
): TestRun | null {
  if (fromBlock === null) return test
  const keepsItsPin = call.body.pins === true && onlyBlockOf(call.body) === null && (call.body.input ?? null) === null
  if (keepsItsPin && test && Object.hasOwn(test.pins, fromBlock)) return test
  const { [fromBlock]: _runs, ...others } = test?.pins ?? {}
  return {
    pins: others,
    onlyBlock: onlyBlockOf(call.body),
    overlay: editedBlock(call, plan, fromBlock, call.body.input ?? null),
  }
}

/** What settled in the origin, with what was pinned since in its place. */
async function reusedBefore(
  blockId: string,
  { ready, origin, pins }: { ready: ReadyVersion; origin: OriginRow; pins: TestRun | null },
) {
  const index = ready.plan.indexOfId.get(blockId)
  const block = index === undefined ? undefined : ready.plan.blocks[index]
  if (!block) throw new AppError('VALIDATION_ERROR', `Version ${ready.version} has no block ${blockId}`)
  const compiled = await getApp().plans.load(ready.workflowId, origin.version)
  const configs = new Map(compiled?.plan?.blocks.map((one) => [one.block.id, one.block.config]))
  const logs = await readSettledLogs(origin.id)
  const reused = reuseLogs(ready.plan, block, { executionId: origin.id, logs, configOf: (id) => configs.get(id) })
  const pinned = givenLogs(ready.plan, pins?.pins ?? {}, 'the block did not run: its pinned data was used')
  return reused.map((log) => {
    const given = pinned.find(({ blockId: id }) => id === log.blockId)
    return given ? { ...given, seq: log.seq, executionOrder: log.executionOrder } : log
  })
}

/** The webhook block that was called, while the version still has it. */
function enteredThrough({ triggerBlockId }: OriginRow, { plan }: ReadyVersion): string | null {
  const index = triggerBlockId === null ? undefined : plan.indexOfId.get(triggerBlockId)
  return index !== undefined && plan.blocks[index]?.block.enabled ? triggerBlockId : null
}

function onlyBlockOf({ only_block, from_block }: RerunBody): string | null {
  if (typeof only_block === 'string') return only_block
  return only_block === true ? (from_block ?? null) : null
}

function idempotencyOf(call: RerunCall): StartRequest['idempotency'] {
  const key = readIdempotencyKey(call.request.headers, 'idempotency-key')
  return key === null ? null : { scope: `rerun:${call.params.eid}:${callerOf(call)}`, key }
}
