import 'server-only'
import type { Call } from '../contract/endpoint'
import type { ListVersionsQuery, VersionItem, WorkflowParams } from '../contract/workflows'
import { readVersions } from '../data/graph-versions'
import { requireWorkflow } from './workflow-not-found'

/** Lists the versions that were deployed or run, newest first. @throws WORKFLOW_NOT_FOUND. */
export async function listVersions(
  call: Call<WorkflowParams, ListVersionsQuery>,
): Promise<{ versions: VersionItem[]; total: number; limit: number; offset: number }> {
  await requireWorkflow(call.params.id)
  const { versions, total } = await readVersions(call.params.id, call.query)
  return {
    versions: versions.map((entry) => ({
      version: entry.version,
      deployed_at: entry.deployedAt?.toISOString() ?? null,
      created_at: entry.createdAt.toISOString(),
      created_by: entry.createdBy,
      created_by_name: entry.createdByName,
    })),
    total,
    ...call.query,
  }
}
