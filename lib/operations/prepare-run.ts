import 'server-only'
import { getApp } from './app'
import { graphInvalid } from './graph-invalid'
import { requireModels } from './require-models'
import { AppError } from '../contract/errors'
import { findByIdempotencyKey } from '../data/admission'
import { readExecution, type RecordedExecution } from '../data/finished-executions'
import type { CompiledVersion } from '../engine/plans'
import type { TestRun } from '../engine/test-run'
import type { Plan } from '../graph/plan'
import { maxIdempotencyKeyChars } from '../limits'

/** A version that may run: it compiled, and its models have a provider. */
export type ReadyVersion = CompiledVersion & { plan: Plan }

/** Loads a version to be run and makes sure that it can. `triggerBlockId` is the called webhook block, or null.
 *  In a test run pinned blocks need no model. Null when the version is gone: a draft that was saved over since it was looked up. @throws GRAPH_INVALID with its issues, MODEL_NOT_CONFIGURED naming the block. */
export async function prepareVersion(
  workflowId: string,
  version: number,
  triggerBlockId: string | null,
  test: TestRun | null = null,
): Promise<ReadyVersion | null> {
  const compiled = await getApp().plans.load(workflowId, version)
  if (!compiled) return null
  const { plan, issues } = compiled
  if (!plan) throw graphInvalid(issues)
  await requireModels(plan, triggerBlockId, test?.pins)
  return { ...compiled, plan }
}

/** Looks a workflow up and prepares it, again when a save came in between. `attempt` gives null for that.
 *  @throws OVERLOADED when saves keep coming. */
export async function withFreshVersion<T>(attempt: () => Promise<T | null>): Promise<T> {
  for (let tries = 0; tries < maxFreshVersionTries; tries++) {
    const found = await attempt()
    if (found) return found
  }
  throw new AppError(
    'OVERLOADED',
    'The workflow is being saved too often to run: try again',
    {},
    { retryAfterSeconds: 1 },
  )
}

const maxFreshVersionTries = 5

/** The version has to stand in the history before its first execution does. */
export async function keepVersionOf(ready: ReadyVersion, createdBy: string | null): Promise<void> {
  await getApp().plans.keep(ready, createdBy)
}

/** Reads an idempotency key header. @throws VALIDATION_ERROR when it is empty or too long. */
export function readIdempotencyKey(headers: Headers, ...names: string[]): string | null {
  const name = names.find((candidate) => headers.has(candidate))
  const key = name === undefined ? null : (headers.get(name)?.trim() ?? null)
  if (key === null || name === undefined) return null
  if (key === '' || key.length > maxIdempotencyKeyChars)
    throw new AppError('VALIDATION_ERROR', `Header ${name} must hold 1 to ${maxIdempotencyKeyChars} characters`)
  return key
}

/** Tells whether the caller asked to be answered before the run ends. Source: RFC 7240, section 4.1. */
export function prefersAsync(headers: Headers): boolean {
  const preferences = (headers.get('prefer') ?? '').split(',')
  return preferences.some((preference) => preference.split(';')[0]?.trim().toLowerCase() === 'respond-async')
}

/** The execution a key started before, ended; null when the key is new. @throws DUPLICATE_IN_PROGRESS while it runs. */
export async function findReplay(
  idempotency: { scope: string; key: string } | null,
): Promise<RecordedExecution | null> {
  if (!idempotency) return null
  const executionId = await findByIdempotencyKey(idempotency.scope, idempotency.key)
  return executionId === null ? null : readEnded(executionId)
}

/** Reads an execution that a key belongs to. @throws DUPLICATE_IN_PROGRESS while it runs. */
export async function readEnded(executionId: string): Promise<RecordedExecution> {
  const execution = await readExecution(executionId)
  if (!execution || execution.status === 'queued' || execution.status === 'running')
    throw new AppError(
      'DUPLICATE_IN_PROGRESS',
      'The first call with this idempotency key is still running',
      {
        execution_id: executionId,
      },
      { retryAfterSeconds: 1 },
    )
  return execution
}
