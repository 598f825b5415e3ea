import 'server-only'
import { AppError } from '../contract/errors'
import type { GraphIssue } from '../contract/graph'

/** What deploy and run say of a graph that does not compile. `issues` hold at least one error. */
export function graphInvalid(issues: readonly GraphIssue[]): AppError {
  const errors = issues.filter((issue) => issue.severity === 'error')
  const isCyclic = errors.some((issue) => issue.code === 'cycle' || issue.code === 'self_loop')
  const message = isCyclic
    ? 'Workflow graph contains a cycle'
    : `Workflow graph cannot run: ${errors[0]?.message ?? ''}`
  return new AppError('GRAPH_INVALID', message, { issues })
}
