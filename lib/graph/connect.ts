import { shownName } from './block-title'
import { edgeTrigger, errorHandle } from './edge-trigger'
import type { Catalog } from '../blocks/contract'
import type { Block, Edge, Graph } from '../contract/graph'

/** A connection somebody wants to make. */
export interface Connection {
  source: string
  target: string
  sourceHandle: string
}

/** Why a connection cannot be made, in a person's words. */
export interface Refusal {
  reason: 'unknown_block' | 'self' | 'trigger_input' | 'no_error_handle' | 'duplicate' | 'cycle'
  message: string
}

/** Says why a connection cannot be made, null when it can. `instead` is the edge it would replace (reconnecting): that
 *  one is not in its way. */
export function connectionRefusal(
  graph: Graph,
  connection: Connection,
  { catalog, instead }: { catalog: Catalog; instead?: string | undefined },
): Refusal | null {
  const source = graph.blocks.find(({ id }) => id === connection.source)
  const target = graph.blocks.find(({ id }) => id === connection.target)
  if (!source || !target) return { reason: 'unknown_block', message: 'This block is no longer in the graph.' }
  const titleOf = (block: Block) => shownName(block, catalog)
  if (source === target) return { reason: 'self', message: 'A block cannot be connected to itself.' }
  if (catalog.get(target.type)?.capabilities.trigger) {
    const message = `${titleOf(target)} is a trigger: it starts the workflow, so nothing can lead into it.`
    return { reason: 'trigger_input', message }
  }
  if (connection.sourceHandle === errorHandle && catalog.get(source.type)?.capabilities.trigger) {
    return { reason: 'no_error_handle', message: `${titleOf(source)} is a trigger: it cannot fail.` }
  }
  const edges = graph.edges.filter(({ id }) => id !== instead)
  if (edges.some((edge) => isSameWay(edge, connection, catalog.get(source.type)))) {
    return { reason: 'duplicate', message: `${titleOf(source)} already leads to ${titleOf(target)} from there.` }
  }
  const way = wayBetween(edges, connection.target, connection.source)
  if (!way) return null
  const nameOf = new Map(graph.blocks.map((block) => [block.id, titleOf(block)]))
  const names = way.map((id) => nameOf.get(id) ?? id)
  const shown = names.length > 5 ? [...names.slice(0, 3), '…', ...names.slice(-1)] : names
  return { reason: 'cycle', message: `This would close a circle: ${[...shown, titleOf(target)].join(' → ')}.` }
}

/** The blocks that can be connected to from a handle, in graph order: those `connectionRefusal` has nothing against, found
 *  in one pass over the graph. */
export function connectableBlocks(
  graph: Graph,
  { source: sourceId, sourceHandle }: Pick<Connection, 'source' | 'sourceHandle'>,
  catalog: Catalog,
): Block[] {
  const source = graph.blocks.find(({ id }) => id === sourceId)
  const isTrigger = ({ type }: Block) => catalog.get(type)?.capabilities.trigger !== undefined
  if (!source || (sourceHandle === errorHandle && isTrigger(source))) return []
  const before = leadingTo(graph.edges, sourceId)
  const leaving = graph.edges.filter((edge) => edge.source === sourceId)
  const isThere = (target: string) =>
    leaving.some((edge) => isSameWay(edge, { source: sourceId, target, sourceHandle }, catalog.get(source.type)))
  return graph.blocks.filter((block) => !before.has(block.id) && !isTrigger(block) && !isThere(block.id))
}

/** A block and every block with a way to it. */
function leadingTo(edges: readonly Edge[], blockId: string): ReadonlySet<string> {
  const sourcesOf = new Map<string, string[]>()
  for (const { source, target } of edges) {
    const sources = sourcesOf.get(target)
    if (sources) sources.push(source)
    else sourcesOf.set(target, [source])
  }
  const found = new Set([blockId])
  // The set grows while it is walked.
  for (const id of found) for (const source of sourcesOf.get(id) ?? []) found.add(source)
  return found
}

/** Two edges are the same when they are live in the same case, whichever way that was saved. */
function isSameWay(edge: Edge, connection: Connection, source: Parameters<typeof edgeTrigger>[1] | undefined): boolean {
  if (edge.source !== connection.source || edge.target !== connection.target) return false
  if (!source) return edge.sourceHandle === connection.sourceHandle
  const wanted = edgeTrigger({ ...edge, sourceHandle: connection.sourceHandle, condition: null }, source)
  return JSON.stringify(edgeTrigger(edge, source)) === JSON.stringify(wanted)
}

/** The blocks on the shortest way from one block to another, both included; null when there is none. */
function wayBetween(edges: readonly Edge[], from: string, to: string): string[] | null {
  const targetsOf = new Map<string, string[]>()
  for (const { source, target } of edges) {
    const targets = targetsOf.get(source)
    if (targets) targets.push(target)
    else targetsOf.set(source, [target])
  }
  const cameFrom = new Map<string, string | null>([[from, null]])
  // The map grows while it is walked.
  for (const id of cameFrom.keys()) {
    if (id === to) return walkBack(cameFrom, to)
    for (const target of targetsOf.get(id) ?? []) if (!cameFrom.has(target)) cameFrom.set(target, id)
  }
  return null
}

function walkBack(cameFrom: ReadonlyMap<string, string | null>, to: string): string[] {
  const way: string[] = []
  for (let id: string | null | undefined = to; id != null; id = cameFrom.get(id)) way.push(id)
  return way.reverse()
}
