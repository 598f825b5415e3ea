import { z } from 'zod'
import type { ExecutionItem } from '../contract/execution'
import type { Graph } from '../contract/graph'
import type { VersionItem } from '../contract/workflows'
import { send } from './api-client'
import { readGraph } from './graph-client'

/** What changes how the world reaches a workflow. */
export type WorkflowSwitch = 'deploy' | 'undeploy' | 'arm' | 'disarm'

/** Throws a switch. @throws ApiError. */
export async function switchWorkflow(workflowId: string, what: WorkflowSwitch): Promise<void> {
  await send('POST', `/api/workflows/${workflowId}/${what}`)
}

/** Reads the graph of a version that was deployed or run. @throws ApiError. */
export async function readVersion(workflowId: string, version: number): Promise<Graph> {
  return readGraph(await send('GET', `/api/workflows/${workflowId}/versions/${version}`)).graph
}

/** A page of the versions that were deployed or run, newest first. @throws ApiError. */
export async function listVersions(
  workflowId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ versions: VersionItem[]; total: number }> {
  return versionsSchema.parse(
    await send('GET', `/api/workflows/${workflowId}/versions?limit=${limit}&offset=${offset}`),
  )
}

/** The newest execution that a webhook call started, of those created since a moment (ms since 1970); null when there is
 *  none. @throws ApiError. */
export async function newestCall(workflowId: string, sinceMs: number): Promise<ExecutionItem | null> {
  const search = new URLSearchParams({ trigger: 'webhook', limit: '1', from: new Date(sinceMs).toISOString() })
  const { executions } = callsSchema.parse(await send('GET', `/api/workflows/${workflowId}/executions?${search}`))
  return executions[0] ?? null
}

// What the server itself made is checked for being there, not key by key.
const versionsSchema = z.object({
  versions: z.array(
    z.custom<VersionItem>((value) => typeof value === 'object' && value !== null && 'version' in value),
  ),
  total: z.number(),
})
const callsSchema = z.object({
  executions: z.array(z.custom<ExecutionItem>((value) => typeof value === 'object' && value !== null && 'id' in value)),
})
