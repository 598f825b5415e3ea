import 'server-only'
import { catalog } from '../blocks/catalog'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { Block, GraphIssue } from '../contract/graph'
import type { SavedGraph, SaveGraphBody, WorkflowParams } from '../contract/workflows'
import { transaction } from '../data/database'
import { lockVersion, writeDocument, writeDraft } from '../data/graphs'
import { takeCredentials, writeCredentials } from '../data/webhook-endpoints'
import { compileGraph } from '../graph/compile-graph'
import { parseGraph } from '../graph/parse-graph'
import { workflowNotFound } from './workflow-not-found'

/** Replaces a workflow's graph, whole or not at all, and reports what would stop it from running.
 *  @throws VALIDATION_ERROR when it is no graph, WORKFLOW_NOT_FOUND, REVISION_CONFLICT when `base_version` or `If-Match`
 *  is not the newest version, WEBHOOK_ID_TAKEN when another workflow holds a webhook id of it. */
export async function saveGraph(call: Call<WorkflowParams, object, SaveGraphBody>): Promise<SavedGraph> {
  const { baseVersion, ...sent } = parseGraph(call.body, catalog)
  const { graph, credentials, repeated } = takeCredentials(sent, isWebhook)
  const { issues } = compileGraph(sent, catalog)
  const document = writeDocument(graph)
  const version = await transaction(async (client) => {
    const newest = await lockVersion(client, call.params.id)
    if (newest === null) throw workflowNotFound()
    if (baseVersion !== undefined && baseVersion !== newest) throw conflict(String(baseVersion), newest)
    const ifMatch = call.request.headers.get('if-match')
    if (ifMatch !== null && !matches(ifMatch, newest)) throw conflict(ifMatch, newest)
    const taken = await writeCredentials(client, call.params.id, credentials)
    if (taken) throw idTaken(taken.blockId, taken.webhookId)
    return writeDraft(client, call.params.id, document)
  })
  return {
    ok: true,
    blocks: graph.blocks.length,
    edges: graph.edges.length,
    version,
    issues: [...issues, ...repeated.map(repeatedId)],
  }
}

function isWebhook(blockType: string): boolean {
  return catalog.get(blockType)?.capabilities.trigger === 'webhook'
}

/** `*`, or a list of versions as entity tags or bare numbers. Source: RFC 9110, section 13.1.1. */
function matches(ifMatch: string, version: number): boolean {
  return ifMatch.split(',').some((tag) => {
    const bare = tag.trim().replace(/^(?:W\/)?"(.*)"$/, '$1')
    return bare === '*' || bare === String(version)
  })
}

function conflict(base: string, version: number): AppError {
  return new AppError(
    'REVISION_CONFLICT',
    `The graph was saved since: it is at version ${version}, this save is based on ${base}. Read it again and reapply`,
    { version },
  )
}

function idTaken(blockId: string, webhookId: string | null): AppError {
  return new AppError(
    'WEBHOOK_ID_TAKEN',
    `Another workflow has the webhook_id ${webhookId} of block ${blockId}: give the block a new one`,
    { block: blockId, path: 'config.webhook_id' },
  )
}

function repeatedId(block: Block): GraphIssue {
  return {
    code: 'webhook_credentials',
    severity: 'warning',
    block: block.id,
    path: 'config.webhook_id',
    message: 'An earlier block of this graph has the same webhook_id and gets its calls',
  }
}
