import 'server-only'
import { pool } from './database'

/** A workflow that is deployed, as far as its callers know it. */
export interface DeployedWorkflow {
  id: string
  name: string
  description: string
  deployedVersion: number
}

const columns = 'id, name, description, deployed_version AS "deployedVersion"'
const isDeployed = "state = 'deployed' AND deployed_version IS NOT NULL"

/** Deployed workflows in the order of their ids, which is that of their creation, after the one of id `after`. */
export async function readDeployedWorkflows(page: {
  after: string | null
  limit: number
}): Promise<DeployedWorkflow[]> {
  const { rows } = await pool().query<DeployedWorkflow>(
    `SELECT ${columns} FROM workflows WHERE ${isDeployed} AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`,
    [page.after, page.limit],
  )
  return rows
}

/** Deployed workflows whose id ends so. `idEnd` is lower-case. */
export async function findDeployedByIdEnd(idEnd: string): Promise<DeployedWorkflow[]> {
  const { rows } = await pool().query<DeployedWorkflow>(
    `SELECT ${columns} FROM workflows WHERE ${isDeployed} AND right(id::text, length($1)) = $1 ORDER BY id LIMIT 10`,
    [idEnd],
  )
  return rows
}
