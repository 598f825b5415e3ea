import 'server-only'
import { diffOfDraft, type Draft } from './copilot-draft'
import { catalog } from '../blocks/catalog'
import { isAppError } from '../contract/errors'
import type { Graph, GraphIssue } from '../contract/graph'
import type { JsonObject } from '../contract/json'
import type { WorkflowDiff } from '../contract/workflow-diff'
import { applyDiff } from '../graph/apply-diff'
import { compileGraph } from '../graph/compile-graph'
import { hiddenMark, holdsHidden } from '../graph/hide-values'
import { parseGraph } from '../graph/parse-graph'

/** A draft that was looked at. */
export interface CheckedProposal {
  diff: WorkflowDiff
  /** The graph with the proposal in it: the person's own, nothing hidden. */
  graph: Graph
  /** What cannot be made sense of at all; then there are no issues. */
  problems: string[]
  /** What compiling the graph finds. */
  issues: GraphIssue[]
  /** Issues that came with the proposal and that whoever wrote it can mend. */
  newIssues: GraphIssue[]
}

/** Looks at a draft before anyone is shown it. `graph` is the person's, `shown` the same as the model saw it. */
export function checkDraft(draft: Draft, { graph, shown }: { graph: Graph; shown: Graph }): CheckedProposal {
  const { diff, problems } = diffOfDraft(draft, shown)
  const next = applyDiff(graph, diff, { catalog })
  if (problems.length === 0)
    problems.push(
      ...emptyProblem(diff),
      ...shapeProblems(next),
      ...markProblems(next, graph),
      ...addressProblems(diff, shown),
    )
  const known = new Set(compileGraph(graph, catalog).issues.map(keyOf))
  const issues = problems.length > 0 ? [] : compileGraph(next, catalog).issues
  // Credentials are minted when a person accepts: until then none is missing.
  const newIssues = issues.filter((issue) => issue.code !== 'webhook_credentials' && !known.has(keyOf(issue)))
  return { diff, graph: next, problems, issues, newIssues }
}

function keyOf({ code, block, path, message }: GraphIssue): string {
  return JSON.stringify([code, block, path.startsWith('edges.') ? '' : path, message])
}

function emptyProblem(diff: WorkflowDiff): string[] {
  return Object.values(diff).some((list) => list.length > 0) ? [] : ['The change is empty']
}

function shapeProblems(graph: Graph): string[] {
  try {
    parseGraph({ blocks: graph.blocks, edges: graph.edges }, catalog)
    return []
  } catch (error) {
    if (isAppError(error)) return [error.message]
    throw error
  }
}

/** What is hidden in a block was meant for where the block calls now. */
function addressProblems({ update_blocks: updates }: WorkflowDiff, shown: Graph): string[] {
  const before = new Map(shown.blocks.map((block) => [block.id, block.config]))
  return updates
    .filter(({ config }) => config !== undefined && holdsHidden(config))
    .filter(({ id, config }) => hostsIn(config) !== hostsIn(before.get(id)))
    .map(
      ({ id }) => `${id}: its address changes while ${hiddenMark} stays in it; take that out or use {{secrets.NAME}}`,
    )
}

function hostsIn(config: JsonObject | undefined): string {
  const hosts = [...JSON.stringify(config ?? {}).matchAll(/https?:\/\/[^/\s"'?#\\]*/gi)].map(([host]) => host)
  return hosts.sort().join(' ')
}

/** A mark where nothing was hidden would be saved as if it were the value. */
function markProblems(next: Graph, before: Graph): string[] {
  const old = new Set(before.blocks)
  return next.blocks
    .filter((block) => !old.has(block) && holdsHidden(block.config))
    .map(({ id }) => `${id}: ${hiddenMark} stands where nothing was hidden; use {{secrets.NAME}} for a credential`)
}
