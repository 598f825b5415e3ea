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
} from './prepare-run'
import { queuedAnswer, replayed } from './run-answer'
import { webhookAnswer } from './webhook-answer'
import { describeRequest, readWebhookPayload } from './webhook-payload'
import { isWebhookTokenRight, readWebhookToken } from '../auth/webhook-token'
import type { Answer, Call } from '../contract/endpoint'
import { AppError, isAppError } from '../contract/errors'
import { isUuid } from '../contract/ids'
import type { JsonObject } from '../contract/json'
import { scopesOfRole } from '../contract/principal'
import { readTraceContext } from '../contract/trace-context'
import type { RunnableWebhook } from '../data/runnable'
import { overlay } from '../engine/run-variables'
import type { StartRequest } from '../engine/start-request'
import type { TestRun } from '../engine/test-run'
import type { ReadyVersion } from './prepare-run'
import { executionTimeoutMs, maxWebhookBodyBytes } from '../limits'

/** Answers a call at the webhook door. Each step comes before the next has any effect: id, webhook, secret, body,
 *  idempotency key, gate, graph, and only then the arm window, spent in the transaction that records the execution.
 *  Source: API contract, section 4. @throws what each step refuses with. */
export async function receiveWebhook(call: Call<{ id: string }, object, undefined>): Promise<Answer> {
  const { request } = call
  if (!isUuid(call.params.id)) throw new AppError('VALIDATION_ERROR', 'Invalid webhook ID')
  const webhook = await findWebhook(call.params.id)
  const token = readWebhookToken(request.headers, request.url)
  if (!isWebhookTokenRight(webhook.secret, token)) throw new AppError('UNAUTHORIZED', 'Unauthorized')
  const payload = readWebhookPayload(await request.readBytes(maxWebhookBodyBytes), request.headers)
  const idempotency = idempotencyOf(webhook, request.headers)
  const before = await findReplay(idempotency)
  if (before) return replayed(webhookAnswer(before))
  const ready =
    (await passGate(webhook)) ?? (await withFreshVersion(async () => passGate(await findWebhook(webhook.webhookId))))
  await keepVersionOf(ready, webhook.ownerId)
  const outcome = await getApp().engine.start({
    ...startRequest(webhook, ready, payload),
    request: describeRequest(request, token),
    idempotency,
    isAsync: prefersAsync(request.headers),
    isToldAtEnd: true,
    caller: readTraceContext(request.headers),
  })
  switch (outcome.kind) {
    case 'inactive':
      throw notActive()
    case 'duplicate':
      return replayed(webhookAnswer(await readEnded(outcome.executionId)))
    case 'queued':
      return queuedAnswer(webhook.id, outcome.executionId)
    case 'started':
      return webhookAnswer(await outcome.finished)
  }
}

async function findWebhook(webhookId: string): Promise<RunnableWebhook> {
  const webhook = await getApp().findWebhook(webhookId)
  if (!webhook) throw new AppError('WORKFLOW_NOT_FOUND', 'Webhook not found')
  return webhook
}

function idempotencyOf(webhook: RunnableWebhook, headers: Headers): StartRequest['idempotency'] {
  const key = readIdempotencyKey(headers, 'idempotency-key', 'webhook-id')
  return key === null ? null : { scope: `webhook:${webhook.webhookId}`, key }
}

/** Deployed: the deployed version. Armed: the draft. In either the webhook block must stand and be enabled. */
async function passGate(webhook: RunnableWebhook): Promise<ReadyVersion | null> {
  const version = webhook.isDeployed ? webhook.deployedVersion : webhook.isArmed ? webhook.version : null
  if (version === null) throw notActive()
  const ready = await prepareVersion(webhook.id, version, webhook.blockId, testOf(webhook)).catch(withoutDetails)
  if (!ready) return null
  const block = ready.plan.blocks.find(
    (candidate) => candidate.block.id === webhook.blockId && candidate.definition.capabilities.trigger === 'webhook',
  )
  if (!block?.block.enabled) throw notActive()
  return ready
}

function startRequest(
  webhook: RunnableWebhook,
  ready: ReadyVersion,
  input: JsonObject,
): Omit<StartRequest, 'request' | 'idempotency' | 'isAsync'> {
  return {
    workflowId: webhook.id,
    version: ready.version,
    plan: ready.plan,
    trigger: 'webhook',
    triggerBlockId: webhook.blockId,
    input,
    variables: overlay(webhook.variables, input),
    principal: {
      kind: 'webhook',
      userId: webhook.ownerId,
      keyId: null,
      scopes: scopesOfRole[webhook.ownerRole ?? 'editor'],
    },
    depth: 0,
    timeoutMs: executionTimeoutMs,
    resumes: webhook.resumes,
    originId: null,
    spendsArm: !webhook.isDeployed,
    test: testOf(webhook),
  }
}

/** An armed call tries the draft out; a deployed one is live. */
function testOf(webhook: RunnableWebhook): TestRun | null {
  return webhook.isDeployed ? null : testRunOf(webhook.pins, true)
}

/** A stranger learns that the graph cannot run, not why. */
function withoutDetails(error: unknown): never {
  if (isAppError(error) && error.code === 'GRAPH_INVALID') throw new AppError(error.code, 'Workflow cannot run')
  if (isAppError(error) && error.code === 'MODEL_NOT_CONFIGURED')
    throw new AppError(error.code, 'Workflow is not configured')
  throw error
}

function notActive(): AppError {
  return new AppError('WEBHOOK_NOT_ACTIVE', 'Webhook is not active')
}
