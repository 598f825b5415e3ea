import type { BlockDefinition, Catalog } from '../blocks/contract'
import type { Block, Edge, Graph } from '../contract/graph'
import type { Json } from '../contract/json'
import { shownName } from '../graph/block-title'
import { diffGraphs, type FieldChange, type ItemChange } from '../graph/diff'
import { configFields } from './config-fields'

/** One block or edge that differs between two graphs, as a person reads it. */
export interface GraphChange {
  id: string
  of: 'block' | 'edge'
  kind: 'added' | 'removed' | 'changed'
  /** A block's name; for an edge where it leads: `Start → Greet`. */
  title: string
  /** What of it differs; empty unless it was changed. */
  fields: readonly ChangedField[]
}

/** One value that differs, as text; null on the side that does not have it. */
export interface ChangedField {
  title: string
  before: string | null
  after: string | null
}

const maxValueChars = 160

/** What differs in what two graphs do, in graph order. Where blocks stand is left out, and so are credentials: they are
 *  no part of a version. An edge that only has another id is the same: programs save edges without one, and each time it
 *  gets a new one. */
export function listChanges(before: Graph, after: Graph, catalog: Catalog): GraphChange[] {
  const { blocks, edges } = diffGraphs(withIdsOf(before, after), after)
  const titles = new Map([...before.blocks, ...after.blocks].map((block) => [block.id, shownName(block, catalog)]))
  const edgeTitle = ({ source, target }: Edge) => `${titles.get(source) ?? source} → ${titles.get(target) ?? target}`
  const ofBlock = (block: Block, kind: GraphChange['kind'], fields: readonly ChangedField[] = []): GraphChange => ({
    id: block.id,
    of: 'block',
    kind,
    title: shownName(block, catalog),
    fields,
  })
  const ofEdge = (edge: Edge, kind: GraphChange['kind'], fields: readonly ChangedField[] = []): GraphChange => ({
    id: edge.id,
    of: 'edge',
    kind,
    title: edgeTitle(edge),
    fields,
  })
  return [
    ...blocks.added.map((block) => ofBlock(block, 'added')),
    ...blocks.changed.flatMap((change) => {
      const fields = blockFields(change, catalog.get(change.after.type))
      return fields.length === 0 ? [] : [ofBlock(change.after, 'changed', fields)]
    }),
    ...blocks.removed.map((block) => ofBlock(block, 'removed')),
    ...edges.added.map((edge) => ofEdge(edge, 'added')),
    ...edges.changed.map(({ after: edge, fields }) => ofEdge(edge, 'changed', fields.map(edgeField(titles)))),
    ...edges.removed.map((edge) => ofEdge(edge, 'removed')),
  ]
}

/** A graph whose edges have the ids of another's that do the same. */
function withIdsOf(graph: Graph, other: Graph): Graph {
  const ways = new Map(other.edges.map((edge) => [wayOf(edge), edge.id]))
  const edges = graph.edges.map((edge) => {
    const id = ways.get(wayOf(edge)) ?? edge.id
    return id === edge.id ? edge : { ...edge, id }
  })
  return { blocks: graph.blocks, edges }
}

function wayOf({ source, sourceHandle, target, targetHandle, condition }: Edge): string {
  return JSON.stringify([source, sourceHandle, target, targetHandle, condition])
}

function blockFields({ fields }: ItemChange<Block>, definition: BlockDefinition | undefined): ChangedField[] {
  const credentials = definition?.credentialFields ?? []
  return fields
    .filter(({ path: [first, key = ''] }) => first !== 'position' && !(first === 'config' && credentials.includes(key)))
    .map(({ path, before, after }) => ({
      title: fieldTitle(path, definition),
      before: textOf(before),
      after: textOf(after),
    }))
}

const ownTitles: Readonly<Record<string, string>> = { name: 'Name', enabled: 'Enabled', type: 'Type' }

function fieldTitle([first = '', key, ...rest]: readonly string[], definition: BlockDefinition | undefined): string {
  if (first !== 'config' || key === undefined) return ownTitles[first] ?? first
  const field = definition && configFields(definition).find((one) => one.key === key)
  const place = rest.map((name) => (/^\d+$/.test(name) ? `${Number(name) + 1}` : name))
  return [field?.title ?? key, ...place].join(' › ')
}

const edgeTitles: Readonly<Record<string, string>> = {
  source: 'From',
  target: 'To',
  sourceHandle: 'Leaves at',
  targetHandle: 'Arrives at',
  condition: 'Condition',
}

function edgeField(titles: ReadonlyMap<string, string>): (change: FieldChange) => ChangedField {
  return ({ path: [key = ''], before, after }) => {
    const isEnd = key === 'source' || key === 'target'
    const named = (value: Json | undefined) =>
      isEnd && typeof value === 'string' ? (titles.get(value) ?? value) : textOf(value)
    return { title: edgeTitles[key] ?? key, before: named(before), after: named(after) }
  }
}

function textOf(value: Json | undefined): string | null {
  if (value === undefined) return null
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > maxValueChars ? `${text.slice(0, maxValueChars)}…` : text
}
