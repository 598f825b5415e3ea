import { applyDiff } from './apply-diff'
import { diffValues, type FieldChange } from './diff'
import { updateBlock } from './update-block'
import type { Catalog } from '../blocks/contract'
import type { Block, Edge, Graph } from '../contract/graph'
import type { WorkflowDiff } from '../contract/workflow-diff'

/** One part of a proposal, to be taken or left. */
export interface DiffPart {
  /** `add_blocks summarise`: names the list of the diff and the item in it. */
  id: string
  kind: 'added' | 'changed' | 'removed'
  of: 'block' | 'edge'
  /** What it does, in words. */
  title: string
  /** What the block would be, in one line; empty for edges. */
  detail: string
  /** What differs, or what a new block holds, as the person's own graph has it: nothing is hidden here. */
  fields: readonly FieldChange[]
  /** Fields it would change too, which the person changed meanwhile: they stay the person's. */
  kept: readonly string[]
  /** Names of the vault's secrets that the block would use, and did not before. */
  secrets: readonly string[]
  /** New blocks without which this part leads nowhere. */
  needs: readonly string[]
}

/** The parts of a proposal that would still change the graph. */
export function partsOf(graph: Graph, diff: WorkflowDiff, catalog: Catalog): DiffPart[] {
  const next = applyDiff(graph, diff, { catalog })
  const before = new Map(graph.blocks.map((block) => [block.id, block]))
  const after = new Map(next.blocks.map((block) => [block.id, block]))
  const name = (id: string) => {
    const block = before.get(id) ?? after.get(id)
    return block ? nameOf(block) : id
  }
  const summary = (block: Block) => {
    const definition = catalog.get(block.type)
    return definition ? `${definition.title}: ${definition.summary(block.config)}` : block.type
  }
  const added = diff.add_blocks.filter(({ id }) => !before.has(id))
  const newIds = new Set(added.map(({ id }) => id))
  const edgeIds = new Set(graph.edges.map(({ id }) => id))
  const edgePart = (list: keyof WorkflowDiff, edge: Edge): DiffPart => ({
    id: `${list} ${edge.id}`,
    kind: list === 'add_edges' ? 'added' : 'removed',
    of: 'edge',
    title: `${list === 'add_edges' ? 'Connect' : 'Disconnect'} ${name(edge.source)}${way(edge)} to ${name(edge.target)}`,
    detail: '',
    fields: [],
    kept: [],
    secrets: [],
    needs: [edge.source, edge.target].filter((id) => newIds.has(id)),
  })
  return [
    ...added.map((block): DiffPart => ({
      ...{ id: `add_blocks ${block.id}`, kind: 'added', of: 'block', title: `Add ${nameOf(block)}` },
      ...{ detail: summary(block), fields: diffValues({}, block.config), kept: [], needs: [] },
      secrets: secretsIn(block),
    })),
    ...diff.update_blocks.flatMap((update): DiffPart[] => {
      const { id } = update
      const [was, now] = [before.get(id), after.get(id)]
      const fields = was && now ? diffValues({ ...was }, { ...now }) : []
      if (!was || !now || fields.length === 0) return []
      const part = { id: `update_blocks ${id}`, kind: 'changed', of: 'block', title: `Change ${nameOf(was)}` } as const
      const { kept } = updateBlock(was, update, catalog.get(was.type))
      const known = secretsIn(was)
      const secrets = secretsIn(now).filter((name) => !known.includes(name))
      return [{ ...part, detail: summary(now), fields, kept, secrets, needs: [] }]
    }),
    ...diff.remove_blocks.flatMap((id): DiffPart[] => {
      const block = before.get(id)
      if (!block) return []
      const part = {
        id: `remove_blocks ${id}`,
        kind: 'removed',
        of: 'block',
        title: `Remove ${nameOf(block)}`,
      } as const
      return [{ ...part, detail: summary(block), fields: [], kept: [], secrets: [], needs: [] }]
    }),
    ...diff.add_edges.filter(({ id }) => !edgeIds.has(id)).map((edge) => edgePart('add_edges', edge)),
    ...graph.edges.filter(({ id }) => diff.remove_edges.includes(id)).map((edge) => edgePart('remove_edges', edge)),
  ]
}

/** Blocks that a proposal would have changed, had the person not changed the very same fields meanwhile: nothing of that is
 *  left to take, and the fields stay the person's. */
export function keptBlocks(
  graph: Graph,
  diff: WorkflowDiff,
  catalog: Catalog,
): { id: string; name: string; kept: readonly string[] }[] {
  return diff.update_blocks.flatMap((update) => {
    const was = graph.blocks.find(({ id }) => id === update.id)
    if (!was) return []
    const { block: now, kept } = updateBlock(was, update, catalog.get(was.type))
    const isLeft = diffValues({ ...was }, { ...now }).length > 0
    return isLeft || kept.length === 0 ? [] : [{ id: was.id, name: nameOf(was), kept }]
  })
}

/** The diff without the parts that were rejected, and without what leads nowhere then. */
export function withoutParts(diff: WorkflowDiff, rejected: ReadonlySet<string>): WorkflowDiff {
  const isTaken = (list: keyof WorkflowDiff, id: string) => !rejected.has(`${list} ${id}`)
  const isThere = (id: string) => !rejected.has(`add_blocks ${id}`)
  return {
    add_blocks: diff.add_blocks.filter(({ id }) => isTaken('add_blocks', id)),
    remove_blocks: diff.remove_blocks.filter((id) => isTaken('remove_blocks', id)),
    update_blocks: diff.update_blocks.filter(({ id }) => isTaken('update_blocks', id)),
    add_edges: diff.add_edges.filter(
      ({ id, source, target }) => isTaken('add_edges', id) && isThere(source) && isThere(target),
    ),
    remove_edges: diff.remove_edges.filter((id) => isTaken('remove_edges', id)),
  }
}

/** Tells whether a part goes with the others: it was not rejected, and neither was what it needs. */
export function isPartTaken(part: DiffPart, rejected: ReadonlySet<string>): boolean {
  return !rejected.has(part.id) && part.needs.every((id) => !rejected.has(`add_blocks ${id}`))
}

function nameOf({ id, name }: Block): string {
  return name.trim() || id
}

function secretsIn({ config }: Block): string[] {
  const found = JSON.stringify(config).matchAll(/\{\{\s*secrets\.([^{}\s]+)\s*\}\}/g)
  return [...new Set(Array.from(found, ([, name = '']) => name))]
}

function way({ sourceHandle, condition }: Edge): string {
  const route = condition ?? sourceHandle
  return route === 'output' || route === '' ? '' : ` (${route})`
}
