import 'server-only'
import { cancelExecution } from './cancel-execution'
import { createWorkflow } from './create-workflow'
import { deleteWorkflow } from './delete-workflow'
import { deployWorkflow } from './deploy-workflow'
import { getExecution } from './get-execution'
import { getExecutionLogs } from './get-execution-logs'
import { getWorkflow } from './get-workflow'
import { listExecutions } from './list-executions'
import { listWorkflows } from './list-workflows'
import { runWorkflow } from './run-workflow'
import { undeployWorkflow } from './undeploy-workflow'
import { updateWorkflow } from './update-workflow'
import type { PlatformCall } from '../blocks/contract'
import type { Call, Endpoint } from '../contract/endpoint'
import { listExecutionsEndpoint } from '../contract/execution-history'
import { AppError } from '../contract/errors'
import { getExecutionEndpoint, getExecutionLogsEndpoint } from '../contract/executions'
import { isUuid } from '../contract/ids'
import { cancelEndpoint, executeEndpoint } from '../contract/runs'
import {
  createWorkflowEndpoint,
  deleteWorkflowEndpoint,
  getWorkflowEndpoint,
  listWorkflowsEndpoint,
  switchWorkflowEndpoint,
  updateWorkflowEndpoint,
} from '../contract/workflows'
import { findWorkflowOf } from '../data/executions'

/** A call from inside an execution: `depth` counts the executions above. */
export type PlatformOperationCall = Call & { depth: number }

/** An operation that a platform_api block can name: the endpoint says what it takes and who may. */
export interface PlatformOperation {
  endpoint: Endpoint
  /** Where the call's ids go. */
  paramsOf(call: PlatformCall): Record<string, unknown> | Promise<Record<string, unknown>>
  run(call: PlatformOperationCall): Promise<unknown>
}

/** Every resource and operation, under the names the block's config uses. */
export const platformOperations: Record<string, Record<string, PlatformOperation>> = {
  workflows: {
    list: offer(listWorkflowsEndpoint, listWorkflows, noId),
    get: offer(getWorkflowEndpoint, getWithoutSecrets, workflowId),
    create: offer(createWorkflowEndpoint, createWorkflow, noId),
    update: offer(updateWorkflowEndpoint, updateWorkflow, workflowId),
    delete: offer(deleteWorkflowEndpoint, deleteWorkflow, workflowId),
    deploy: offer(switchWorkflowEndpoint, deployWorkflow, workflowId),
    undeploy: offer(switchWorkflowEndpoint, undeployWorkflow, workflowId),
    execute: offer(executeEndpoint, runChild, workflowId),
    run: offer(executeEndpoint, runChild, workflowId),
  },
  executions: {
    list: offer(listExecutionsEndpoint, listExecutions, workflowOfExecution),
    get: offer(getExecutionEndpoint, getExecution, executionId),
    logs: offer(getExecutionLogsEndpoint, getExecutionLogs, executionId),
    cancel: offer(cancelEndpoint, cancelExecution, executionId),
  },
}

function offer<Params, Query, Body>(
  endpoint: Endpoint<Params, Query, Body>,
  run: (call: Call<Params, Query, Body> & { depth: number }) => unknown,
  paramsOf: PlatformOperation['paramsOf'],
): PlatformOperation {
  // `callPlatform` parses params, query and body with this very endpoint before it calls `run`.
  return { endpoint, paramsOf, run: async (call) => run(call as never) }
}

/** The child ends with its parent: a cancel or a timeout above reaches it. */
async function runChild(call: Parameters<typeof runWorkflow>[0] & { depth: number }): Promise<unknown> {
  return runWorkflow(call, { trigger: 'platform', depth: call.depth, stopsWith: call.request.signal })
}

/** What a block reads ends up in logs that everyone may see, so it reads with no more than their rights. */
async function getWithoutSecrets(call: Parameters<typeof getWorkflow>[0]): Promise<unknown> {
  return getWorkflow({ ...call, principal: { ...call.principal, scopes: ['read'] } })
}

function noId(): Record<string, unknown> {
  return {}
}

function workflowId(call: PlatformCall): Record<string, unknown> {
  return { id: call.resourceId ?? call.params['workflow_id'] ?? '' }
}

function workflowOfExecution(call: PlatformCall): Record<string, unknown> {
  return { id: call.params['workflow_id'] ?? call.resourceId ?? '' }
}

/** An execution's id says which workflow it is of; one that is named beside it has to be that one. */
async function executionId(call: PlatformCall): Promise<Record<string, unknown>> {
  const eid = call.resourceId ?? call.params['execution_id'] ?? ''
  const named = call.params['workflow_id']
  if (named !== undefined && named !== null) return { id: named, eid }
  if (!isUuid(eid)) return { id: eid, eid }
  const id = await findWorkflowOf(eid)
  if (id === null) throw new AppError('NOT_FOUND', 'Execution not found')
  return { id, eid }
}
