import { z } from 'zod'
import type { BlockLog, ExecutionItem } from '../contract/execution'
import { blockSchema, issueCodes, type Edge, type Graph, type GraphIssue } from '../contract/graph'
import { call, send } from './api-client'

/** An edge as GET shows it: every key is there. */
const edgeSchema: z.ZodType<Edge> = z.object({
  id: z.string(),
  source: z.string(),
  target: z.string(),
  sourceHandle: z.string(),
  targetHandle: z.string(),
  condition: z.string().nullable(),
})
const graphSchema = z.object({ version: z.number(), blocks: z.array(blockSchema), edges: z.array(edgeSchema) })
const savedSchema = z.object({ version: z.number(), issues: z.array(z.custom<GraphIssue>(isIssue)) })

/** Reads the newest saved graph. Configs come as they were saved: keys, order, unknown ones too. @throws ApiError. */
export async function loadGraph(workflowId: string): Promise<{ graph: Graph; version: number }> {
  return readGraph(await send('GET', `/api/workflows/${workflowId}`))
}

/** The graph in a workflow as GET answers it. */
export function readGraph(answer: unknown): { graph: Graph; version: number } {
  const { version, blocks, edges } = graphSchema.parse(answer)
  return { graph: { blocks, edges }, version }
}

/** Saves a graph that grew out of `baseVersion`. @throws ApiError REVISION_CONFLICT when that is no longer the newest,
 *  WEBHOOK_ID_TAKEN, VALIDATION_ERROR. */
export async function saveGraph(
  workflowId: string,
  { blocks, edges }: Graph,
  baseVersion: number,
): Promise<{ version: number; issues: GraphIssue[] }> {
  const body = { blocks, edges, base_version: baseVersion }
  return savedSchema.parse(await send('PUT', `/api/workflows/${workflowId}/graph`, body))
}

/** An execution's event stream, from an event on. @throws ApiError. */
export async function openEvents(
  workflowId: string,
  executionId: string,
  { lastEventId, signal }: { lastEventId: number; signal: AbortSignal },
): Promise<Response> {
  const path = `/api/workflows/${workflowId}/executions/${executionId}/events`
  return call(path, { headers: { 'last-event-id': String(lastEventId) }, signal })
}

/** Stops an execution for everybody. @throws ApiError. */
export async function cancelExecution(workflowId: string, executionId: string): Promise<void> {
  await send('POST', `/api/workflows/${workflowId}/executions/${executionId}/cancel`, {})
}

/** An execution with the logs of its blocks, skipped ones included. @throws ApiError. */
export async function loadExecution(
  workflowId: string,
  executionId: string,
): Promise<{ execution: ExecutionItem; logs: BlockLog[] }> {
  const path = `/api/workflows/${workflowId}/executions/${executionId}`
  const [execution, logs] = await Promise.all([send('GET', path), send('GET', `${path}/logs?include=skipped`)])
  return { execution: executionSchema.parse(execution), logs: logsSchema.parse(logs).block_logs }
}

// What the server itself made is checked for being there, not key by key.
const executionSchema = z.custom<ExecutionItem>((value) => hasKeys(value, ['id', 'status', 'output']))
const logSchema = z.custom<BlockLog>((value) => hasKeys(value, ['block_id', 'status', 'output']))
const logsSchema = z.object({ block_logs: z.array(logSchema) })

function isIssue(value: unknown): boolean {
  return hasKeys(value, ['code', 'severity', 'message']) && issueCodes.some((code) => code === value['code'])
}

function hasKeys(value: unknown, keys: readonly string[]): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && keys.every((key) => key in value)
}
