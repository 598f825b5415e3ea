import 'server-only'
import { armWebhook } from './arm-webhook'
import { cancelExecution } from './cancel-execution'
import { createWorkflow } from './create-workflow'
import { deleteWorkflow } from './delete-workflow'
import { deployWorkflow } from './deploy-workflow'
import { disarmWebhook } from './disarm-webhook'
import { getExecution } from './get-execution'
import { getExecutionLogs } from './get-execution-logs'
import { getVersion } from './get-version'
import { getWorkflow } from './get-workflow'
import { keepExecution } from './keep-execution'
import { listAllExecutions } from './list-all-executions'
import { listExecutions } from './list-executions'
import { listVersions } from './list-versions'
import { listWorkflows } from './list-workflows'
import { asReader, idOf, named, noId, offer, parentIdOf, type PlatformResource } from './platform-offers'
import { runWorkflow } from './run-workflow'
import { saveGraph } from './save-graph'
import { hiddenSecret } from './show-secrets'
import { undeployWorkflow } from './undeploy-workflow'
import { updateWorkflow } from './update-workflow'
import type { PlatformCall } from '../blocks/contract'
import { pairText } from '../blocks/pairs'
import { listAllExecutionsEndpoint, listExecutionsEndpoint } from '../contract/execution-history'
import { AppError } from '../contract/errors'
import { getExecutionEndpoint, getExecutionLogsEndpoint, keepExecutionEndpoint } from '../contract/executions'
import { isUuid } from '../contract/ids'
import { isJsonObject, type Json } from '../contract/json'
import { cancelEndpoint, executeEndpoint } from '../contract/runs'
import {
  createWorkflowEndpoint,
  deleteWorkflowEndpoint,
  getVersionEndpoint,
  getWorkflowEndpoint,
  listVersionsEndpoint,
  listWorkflowsEndpoint,
  saveGraphEndpoint,
  switchWorkflowEndpoint,
  updateWorkflowEndpoint,
} from '../contract/workflows'
import { findWorkflowOf } from '../data/executions'

/** What a block can do with workflows. */
export const workflowOperations: PlatformResource = {
  list: offer(listWorkflowsEndpoint, listWorkflows, noId),
  get: offer(getWorkflowEndpoint, (call) => getWorkflow(asReader(call)), workflowId),
  create: offer(createWorkflowEndpoint, createWorkflow, noId),
  update: offer(updateWorkflowEndpoint, updateWorkflow, workflowId),
  delete: offer(deleteWorkflowEndpoint, deleteWorkflow, workflowId),
  save_graph: offer(saveGraphEndpoint, saveShownGraph, workflowId),
  deploy: offer(switchWorkflowEndpoint, deployWorkflow, workflowId),
  undeploy: offer(switchWorkflowEndpoint, undeployWorkflow, workflowId),
  arm: offer(switchWorkflowEndpoint, armWebhook, workflowId),
  disarm: offer(switchWorkflowEndpoint, disarmWebhook, workflowId),
  versions: offer(listVersionsEndpoint, listVersions, workflowId),
  get_version: offer(
    getVersionEndpoint,
    (call) => getVersion(asReader(call)),
    (call) => ({
      ...workflowId(call),
      version: pairText(named(call, 'version')),
    }),
  ),
  run: offer(executeEndpoint, runChild, workflowId),
}

/** What a block can do with executions. None begins another one: that would start its count of depth anew. */
export const executionOperations: PlatformResource = {
  list: offer(listExecutionsEndpoint, listExecutions, (call) => ({ id: parentIdOf(call, 'workflow_id') })),
  list_all: offer(listAllExecutionsEndpoint, listAllExecutions, noId),
  get: offer(getExecutionEndpoint, getExecution, executionId),
  logs: offer(getExecutionLogsEndpoint, getExecutionLogs, executionId),
  cancel: offer(cancelEndpoint, cancelExecution, executionId),
  keep: offer(keepExecutionEndpoint, keepExecution, executionId),
}

/** The child ends with its parent: a cancel or a timeout above reaches it. */
async function runChild(call: Parameters<typeof runWorkflow>[0] & { depth: number }): Promise<unknown> {
  return runWorkflow(call, { trigger: 'platform', depth: call.depth, stopsWith: call.request.signal })
}

/** Saves a graph that a block may have read: where a secret was hidden from it, the stored one stays. */
async function saveShownGraph(call: Parameters<typeof saveGraph>[0]): Promise<unknown> {
  const { blocks } = call.body
  if (!Array.isArray(blocks) || !blocks.some(hidesSecret)) return saveGraph(call)
  const stored = await getWorkflow({ ...call, body: null })
  const secrets = new Map(stored.blocks.map(({ id, config }) => [id, config['webhook_secret'] ?? null]))
  const shown = blocks.map((block) => {
    if (!isJsonObject(block) || !hidesSecret(block) || !isJsonObject(block['config'])) return block
    return {
      ...block,
      config: { ...block['config'], webhook_secret: secrets.get(pairText(block['id'] ?? null)) ?? null },
    }
  })
  return saveGraph({ ...call, body: { ...call.body, blocks: shown } })
}

function hidesSecret(block: Json): boolean {
  return isJsonObject(block) && isJsonObject(block['config']) && block['config']['webhook_secret'] === hiddenSecret
}

function workflowId(call: PlatformCall): Record<string, unknown> {
  return { id: idOf(call, 'workflow_id') }
}

/** An execution's id says which workflow it is of; one that is named beside it has to be that one. */
async function executionId(call: PlatformCall): Promise<Record<string, unknown>> {
  const eid = idOf(call, 'execution_id')
  const workflow = named(call, 'workflow_id')
  if (workflow !== '') return { id: workflow, eid }
  if (!isUuid(eid)) return { id: eid, eid }
  const id = await findWorkflowOf(eid)
  if (id === null) throw new AppError('NOT_FOUND', 'Execution not found')
  return { id, eid }
}
