import 'server-only'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { Graph } from '../contract/graph'
import type { VersionParams } from '../contract/workflows'
import { readKeptDocument } from '../data/graph-versions'
import { readDocument } from '../data/graphs'
import { readWorkflow } from '../data/workflows'
import { showSecrets } from './show-secrets'
import { workflowNotFound } from './workflow-not-found'

/** Reads the graph of a version that was deployed or run. Versions keep no credentials: a webhook block shows the secret
 *  it has in the newest graph (null when it is not in there), so saving this graph again brings no old secret back.
 *  @throws WORKFLOW_NOT_FOUND, NOT_FOUND. */
export async function getVersion(call: Call<VersionParams>): Promise<{ version: number } & Graph> {
  const { id, version } = call.params
  const newest = await readWorkflow(id)
  if (!newest) throw workflowNotFound()
  const document = await readKeptDocument(id, version)
  if (document === null) throw new AppError('NOT_FOUND', `Version not found: ${version} was never deployed or run`)
  const { blocks, edges } = showSecrets(readDocument(document), newest.sealed, call.principal)
  return { version, blocks, edges }
}
