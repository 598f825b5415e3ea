import 'server-only'
import { getApp } from './app'
import { graphInvalid } from './graph-invalid'
import { readPins } from './pinned-data'
import { requireModels } from './require-models'
import { requireRunnable } from './workflow-not-found'
import { catalog } from '../blocks/catalog'
import type { CopilotTestRun } from '../contract/copilot'
import { AppError } from '../contract/errors'
import type { Graph } from '../contract/graph'
import type { JsonObject } from '../contract/json'
import type { Principal } from '../contract/principal'
import type { FinishedExecution } from '../engine/run-execution'
import { overlay } from '../engine/run-variables'
import { compileGraph } from '../graph/compile-graph'
import type { Plan } from '../graph/plan'
import { copilotTestRunTimeoutMs } from '../limits'

/** A graph that is not saved, to be run once for a workflow. */
export interface RehearsalOf {
  workflowId: string
  graph: Graph
  variables: JsonObject
  /** Data that stands in for blocks, over what is pinned. */
  standIns: Record<string, JsonObject>
  /** True where no person watches: then a block that reaches out of its execution never runs, data has to stand in. */
  isContained: boolean
  principal: Principal
  signal: AbortSignal
}

/** Runs a graph that is not saved, with pinned data in place of the blocks that have some. Nothing of it is recorded.
 *  @throws WORKFLOW_NOT_FOUND, GRAPH_INVALID, MODEL_NOT_CONFIGURED, OVERLOADED, VALIDATION_ERROR when stand-ins lack. */
export async function rehearseGraph(rehearsal: RehearsalOf): Promise<CopilotTestRun> {
  const workflow = await requireRunnable(rehearsal.workflowId)
  const { plan, issues } = compileGraph(rehearsal.graph, catalog)
  if (!plan) throw graphInvalid(issues)
  const pins = { ...readPins(workflow.pins), ...rehearsal.standIns }
  if (rehearsal.isContained) requireStandIns(plan, pins)
  await requireModels(plan, null, pins)
  const finished = await getApp().engine.rehearse(
    {
      workflowId: workflow.id,
      version: workflow.version,
      plan,
      trigger: 'manual',
      triggerBlockId: null,
      input: rehearsal.variables,
      variables: overlay(workflow.variables, rehearsal.variables),
      request: null,
      principal: rehearsal.principal,
      depth: 0,
      timeoutMs: copilotTestRunTimeoutMs,
      isAsync: false,
      resumes: false,
      originId: null,
      idempotency: null,
      spendsArm: false,
      test: { pins, onlyBlock: null, overlay: null },
    },
    rehearsal.signal,
  )
  return resultOf(finished)
}

function requireStandIns(plan: Plan, pins: Record<string, JsonObject>): void {
  const lacking = plan.blocks.filter(
    ({ block, definition }) => block.enabled && !definition.capabilities.isContained && !Object.hasOwn(pins, block.id),
  )
  if (lacking.length === 0) return
  const ids = lacking.map(({ block }) => block.id).join(', ')
  throw new AppError('VALIDATION_ERROR', `These blocks act outside, so data has to stand in for them: ${ids}`)
}

function resultOf(finished: FinishedExecution): CopilotTestRun {
  return {
    status: finished.status,
    output: finished.output,
    error: finished.error,
    failed_block: finished.failedBlock,
    blocks: finished.logs.map((log) => ({
      block_id: log.blockId,
      block_name: log.blockName,
      status: log.status,
      duration_ms: log.durationMs,
      data: finished.blockOutputs[log.blockId] ?? null,
      error: log.error,
      skip_reason: log.skipReason,
      // Written by the engine from string[].
      warnings: log.warnings === null ? [] : (JSON.parse(log.warnings) as string[]),
    })),
  }
}
