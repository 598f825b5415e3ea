import type { Graph } from '../contract/graph'
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

/** A shell command that calls a webhook, ready to paste. */
export function curlOf(url: string, secret: string): string {
  return [
    `curl -X POST ${quoted(url)}`,
    `-H ${quoted(`Authorization: Bearer ${secret}`)}`,
    `-H 'Content-Type: application/json'`,
    `-d '{"hello": "world"}'`,
  ].join(' \\\n  ')
}

/** Source: POSIX shell, "Single-Quotes". */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
