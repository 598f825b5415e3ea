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
import { executeAnswer, queuedAnswer, replayed } from './run-answer'
import type { Answer, Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { ExecuteBody } from '../contract/runs'
import { readTraceContext } from '../contract/trace-context'
import type { WorkflowParams } from '../contract/workflows'
import type { RecordedExecution } from '../data/finished-executions'
import { findRunnable, type RunnableWorkflow } from '../data/runnable'
import { overlay } from '../engine/run-variables'
import type { StartRequest } from '../engine/start-request'
import { executionTimeoutMs } from '../limits'

/** Runs the newest saved graph of a workflow and answers with its result, or at once with `Prefer: respond-async`.
 *  Source: API contract, section 7. @throws RATE_LIMITED, WORKFLOW_NOT_FOUND, GRAPH_INVALID, MODEL_NOT_CONFIGURED,
 *  DUPLICATE_IN_PROGRESS, OVERLOADED. */
export async function runWorkflow(
  call: Call<WorkflowParams, object, ExecuteBody>,
  origin: RunOrigin = byCaller,
): Promise<Answer> {
  takeFromAllowance(call)
  const idempotency = idempotencyOf(call)
  const before = await findReplay(idempotency)
  if (before) return replayOf(before)
  const { workflow, ready } =
    origin.trigger === 'mcp'
      ? await prepareDeployed(call)
      : await prepareNewest(call, origin.trigger === 'manual' && call.body.pins !== false)
  const isAsync = prefersAsync(call.request.headers)
  const request = startRequest(call, workflow, ready, { timeoutMs: executionTimeoutMs, isAsync, idempotency })
  const { engine } = getApp()
  const outcome = await engine.start({
    ...request,
    isToldAtEnd: true,
    trigger: origin.trigger,
    depth: origin.depth,
    // A child of another execution is no test, whatever its parent is; nor is what runs a deployed version.
    test: origin.trigger === 'manual' ? (request.test ?? null) : null,
  })
  if (outcome.kind === 'duplicate') return replayOf(await readEnded(outcome.executionId))
  if (outcome.kind === 'inactive') throw new Error('a manual run spends no arm window')
  if (outcome.kind === 'queued') return queuedAnswer(workflow.id, outcome.executionId)
  const stop = () => void engine.cancel(outcome.executionId)
  origin.stopsWith?.addEventListener('abort', stop, { once: true })
  // An abort that came while the run was being prepared has no event left to hear.
  if (origin.stopsWith?.aborted) stop()
  const finished = await outcome.finished
  origin.stopsWith?.removeEventListener('abort', stop)
  return executeAnswer(finished, ready)
}

/** Where a run comes from: a caller outside, a block of another execution, or a client that was offered the deployed
 *  version as a tool. */
export interface RunOrigin {
  trigger: 'manual' | 'platform' | 'mcp'
  /** Executions above this one. */
  depth: number
  /** Cancels the execution when it aborts. */
  stopsWith: AbortSignal | null
}

const byCaller: RunOrigin = { trigger: 'manual', depth: 0, stopsWith: null }

/** Counts an execution against the caller's allowance. @throws RATE_LIMITED. */
export function takeFromAllowance(call: Pick<Call, 'principal'>): void {
  const waitSeconds = getApp().executeRate.take(callerOf(call), performance.now())
  if (waitSeconds > 0)
    throw new AppError(
      'RATE_LIMITED',
      `Too many executions for this caller: try again in ${waitSeconds} s`,
      {},
      { retryAfterSeconds: waitSeconds },
    )
}

/** The newest saved graph of a workflow, ready to run and kept in its history. `usesPins`: pinned blocks will not run.
 *  @throws WORKFLOW_NOT_FOUND, GRAPH_INVALID, MODEL_NOT_CONFIGURED. */
export async function prepareNewest(
  call: Call<WorkflowParams>,
  usesPins: boolean,
): Promise<{ workflow: RunnableWorkflow; ready: ReadyVersion }> {
  return withFreshVersion(async () => {
    const workflow = await findRunnable(call.params.id)
    if (!workflow) throw new AppError('WORKFLOW_NOT_FOUND', 'Workflow not found')
    const ready = await prepareVersion(workflow.id, workflow.version, null, testRunOf(workflow.pins, usesPins))
    if (!ready) return null
    await keepVersionOf(ready, call.principal.userId)
    return { workflow, ready }
  })
}

/** The deployed version of a workflow, ready to run. @throws WORKFLOW_NOT_FOUND when none is deployed, GRAPH_INVALID,
 *  MODEL_NOT_CONFIGURED. */
async function prepareDeployed(
  call: Call<WorkflowParams>,
): Promise<{ workflow: RunnableWorkflow; ready: ReadyVersion }> {
  return withFreshVersion(async () => {
    const workflow = await findRunnable(call.params.id)
    if (!workflow?.isDeployed || workflow.deployedVersion === null)
      throw new AppError('WORKFLOW_NOT_FOUND', 'The workflow is not deployed any more')
    const ready = await prepareVersion(workflow.id, workflow.deployedVersion, null)
    if (!ready) return null
    await keepVersionOf(ready, call.principal.userId)
    return { workflow, ready }
  })
}

/** What the engine needs to run a workflow for an API caller. */
export function startRequest(
  call: Call<WorkflowParams, object, ExecuteBody>,
  workflow: RunnableWorkflow,
  ready: ReadyVersion,
  options: Pick<StartRequest, 'timeoutMs' | 'isAsync' | 'idempotency'>,
): StartRequest {
  const input = call.body.variables ?? call.body.input ?? {}
  return {
    ...options,
    workflowId: workflow.id,
    version: ready.version,
    plan: ready.plan,
    trigger: 'manual',
    triggerBlockId: null,
    input,
    variables: overlay(workflow.variables, input),
    request: null,
    principal: call.principal,
    depth: 0,
    resumes: workflow.resumes,
    originId: null,
    caller: readTraceContext(call.request.headers),
    spendsArm: false,
    test: testRunOf(workflow.pins, call.body.pins),
  }
}

/** The caller's key, kept apart for each workflow and caller. */
export function idempotencyOf(call: Call<WorkflowParams, object, ExecuteBody>): StartRequest['idempotency'] {
  const key = readIdempotencyKey(call.request.headers, 'idempotency-key')
  return key === null ? null : { scope: `execute:${call.params.id.toLowerCase()}:${callerOf(call)}`, key }
}

/** Who a key or an allowance belongs to. */
export function callerOf({ principal }: Pick<Call, 'principal'>): string {
  return `${principal.userId ?? ''}/${principal.keyId ?? ''}`
}

/** The answer to a key that was used before: the first execution's. */
export async function replayOf(execution: RecordedExecution): Promise<Answer> {
  const compiled = await getApp().plans.load(execution.workflowId, execution.version)
  return replayed(executeAnswer(execution, compiled))
}
