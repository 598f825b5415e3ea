import { AppError } from '../contract/errors'
import { graphBodySchema, type Edge, type Graph } from '../contract/graph'
import { maxBlocks, maxEdges } from '../limits'
import type { Catalog } from '../blocks/contract'

export interface ParseIssue {
  path: string
  message: string
}

/** Reads the body of a graph save: is it a graph at all? A half-configured block is: people save drafts. Configs and
 *  types pass as they were sent, unknown keys of blocks and edges are dropped, null counts as absent where there is a
 *  default. An unknown block type is reported before anything else.
 *  @throws VALIDATION_ERROR with `issues`. Source: API contract, section 3. */
export function parseGraph(body: unknown, catalog: Catalog): Graph & { baseVersion: number | undefined } {
  refuseUnknownTypes(body, catalog)
  refuseTooMany(body)
  const parsed = graphBodySchema.safeParse(withoutNulls(body))
  if (!parsed.success) {
    throw invalid(parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message })))
  }
  const { blocks, edges, base_version: baseVersion } = parsed.data
  const graph: Graph = {
    blocks,
    edges: edges.map((edge): Edge => ({
      id: edge.id ?? crypto.randomUUID(),
      source: edge.source,
      target: edge.target,
      sourceHandle: edge.sourceHandle ?? 'output',
      targetHandle: edge.targetHandle ?? 'input',
      condition: edge.condition,
    })),
  }
  const issues = [
    ...nulIssues(graph),
    ...duplicateIds('blocks', blocks),
    ...duplicateIds('edges', graph.edges),
    ...danglingEdges(graph),
  ]
  if (issues.length > 0) throw invalid(issues)
  return { ...graph, baseVersion }
}

/** Issues a body shows at most: ten thousand broken edges need no ten thousand lines. */
const maxIssues = 50

function invalid(issues: readonly ParseIssue[]): AppError {
  const [first] = issues
  const where = first?.path ? `${first.path}: ` : ''
  return new AppError('VALIDATION_ERROR', `Invalid graph: ${where}${first?.message ?? ''}`, {
    issues: issues.slice(0, maxIssues),
  })
}

function refuseUnknownTypes(body: unknown, catalog: Catalog): void {
  for (const [index, block] of listIn(body, 'blocks').entries()) {
    const type = valueIn(block, 'type')
    if (typeof type !== 'string' || catalog.has(type)) continue
    const message = `Unknown block type: ${type}`
    throw new AppError('VALIDATION_ERROR', message, { issues: [{ path: `blocks.${index}.type`, message }] })
  }
}

/** Counted first, so that a body of a million empty blocks is refused without looking at each. */
function refuseTooMany(body: unknown): void {
  for (const [key, limit] of [['blocks', maxBlocks] as const, ['edges', maxEdges] as const]) {
    const count = listIn(body, key).length
    if (count > limit)
      throw invalid([{ path: key, message: `${count} ${key} are more than the ${limit} a graph may have` }])
  }
}

function withoutNulls(body: unknown): unknown {
  if (!isRecord(body)) return body
  const clean = dropNulls(body)
  for (const key of ['blocks', 'edges']) {
    const list = clean[key]
    if (Array.isArray(list)) clean[key] = list.map((item: unknown) => (isRecord(item) ? dropNulls(item) : item))
  }
  return clean
}

function dropNulls(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null))
}

/** Ids and names stand in database columns of their own, whose text type has no NUL. Nor half a surrogate pair: two such
 *  ids would be one there. */
function nulIssues({ blocks }: Graph): ParseIssue[] {
  return blocks.flatMap((block, index) =>
    (['id', 'name'] as const).flatMap((key) =>
      block[key].includes('\0') || (key === 'id' && !block.id.isWellFormed())
        ? [{ path: `blocks.${index}.${key}`, message: 'must not contain a NUL character or half a surrogate pair' }]
        : [],
    ),
  )
}

function duplicateIds(list: 'blocks' | 'edges', items: readonly { id: string }[]): ParseIssue[] {
  const seen = new Set<string>()
  return items.flatMap(({ id }, index) => {
    const message = `Duplicate ${list === 'blocks' ? 'block' : 'edge'} id: ${id}`
    if (seen.has(id)) return [{ path: `${list}.${index}.id`, message }]
    seen.add(id)
    return []
  })
}

function danglingEdges({ blocks, edges }: Graph): ParseIssue[] {
  const ids = new Set(blocks.map(({ id }) => id))
  return edges.flatMap((edge, index) =>
    (['source', 'target'] as const).flatMap((end) =>
      ids.has(edge[end])
        ? []
        : [{ path: `edges.${index}.${end}`, message: `The edge's ${end} is not a block of this graph: ${edge[end]}` }],
    ),
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function valueIn(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

function listIn(body: unknown, key: string): readonly unknown[] {
  const value = valueIn(body, key)
  return Array.isArray(value) ? value : []
}
