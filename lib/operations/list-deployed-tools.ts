import 'server-only'
import { getApp } from './app'
import { deployedToolName } from './deployed-tool-name'
import { inputSchemaOf } from './workflow-tool'
import { AppError } from '../contract/errors'
import { isUuid } from '../contract/ids'
import type { OfferedTool, ToolPage } from '../contract/mcp'
import { readDeployedWorkflows, type DeployedWorkflow } from '../data/deployed-workflows'
import { maxPageSize } from '../limits'

/** The deployed workflows as tools, a page at a time; `cursor` is a `next_cursor` of this list, null for the first page.
 *  @throws VALIDATION_ERROR when it is not. */
export async function listDeployedTools(cursor: string | null): Promise<ToolPage> {
  if (cursor !== null && !isUuid(cursor)) throw new AppError('VALIDATION_ERROR', 'cursor is none of this list')
  const found = await readDeployedWorkflows({ after: cursor, limit: maxPageSize + 1 })
  const page = found.slice(0, maxPageSize)
  const tools = await Promise.all(page.map(toolOf))
  return { tools: tools.filter((tool) => tool !== null), next_cursor: found.length > maxPageSize ? lastId(page) : null }
}

/** Null when the version it was deployed with cannot be run any more. */
async function toolOf(workflow: DeployedWorkflow): Promise<OfferedTool | null> {
  const compiled = await getApp().plans.load(workflow.id, workflow.deployedVersion)
  if (!compiled?.plan) return null
  return {
    name: deployedToolName(workflow),
    title: workflow.name,
    description: workflow.description || `Runs the workflow ${workflow.name}`,
    input_schema: { ...inputSchemaOf(compiled.plan), additionalProperties: true },
  }
}

function lastId(page: readonly DeployedWorkflow[]): string | null {
  return page.at(-1)?.id ?? null
}
