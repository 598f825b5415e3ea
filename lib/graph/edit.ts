import { edited, type Edited } from './edit/patch'
import { replaceAt, type ConfigPath } from './edit/config-path'
import type { Block, Edge, Graph } from '../contract/graph'
import type { Json, JsonObject } from '../contract/json'

/** A place on the canvas, in canvas units. */
export type Position = Block['position']

/** Blocks and edges by id. */
export interface Items {
  blockIds: readonly string[]
  edgeIds: readonly string[]
}

/** Adds blocks, then edges, behind those there are. Edges with an end that is in neither are left out. */
export function addItems(graph: Graph, items: { blocks: readonly Block[]; edges: readonly Edge[] }): Edited {
  const blocks = [...graph.blocks, ...items.blocks]
  const ids = new Set(blocks.map(({ id }) => id))
  const edges = items.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target))
  return edited(graph, { blocks, edges: [...graph.edges, ...edges] })
}

/** Removes blocks with every edge at them, and the given edges. References to the blocks stay as they are written. */
export function removeItems(graph: Graph, { blockIds, edgeIds }: Items): Edited {
  const goneBlocks = new Set(blockIds)
  const goneEdges = new Set(edgeIds)
  return edited(graph, {
    blocks: graph.blocks.filter(({ id }) => !goneBlocks.has(id)),
    edges: graph.edges.filter(
      ({ id, source, target }) => !goneEdges.has(id) && !goneBlocks.has(source) && !goneBlocks.has(target),
    ),
  })
}

/** Moves blocks to new places. */
export function moveBlocks(graph: Graph, places: ReadonlyMap<string, Position>): Edited {
  return changeBlocks(graph, [...places.keys()], (block) => {
    const place = places.get(block.id)
    if (!place || (place.x === block.position.x && place.y === block.position.y)) return block
    return { ...block, position: { x: place.x, y: place.y } }
  })
}

/** Switches blocks on or off. */
export function setEnabled(graph: Graph, { blockIds, enabled }: { blockIds: readonly string[]; enabled: boolean }) {
  return changeBlocks(graph, blockIds, (block) => (block.enabled === enabled ? block : { ...block, enabled }))
}

/** Replaces a block's whole config. */
export function setConfig(graph: Graph, { blockId, config }: { blockId: string; config: JsonObject }): Edited {
  return changeBlocks(graph, [blockId], (block) => (block.config === config ? block : { ...block, config }))
}

/** Sets one value inside a config, `['branches', 0, 'expression']`; undefined takes it away. Other keys keep their order
 *  and identity. What lies on the path and is missing becomes an object. */
export function setConfigField(
  graph: Graph,
  { blockId, path, value }: { blockId: string; path: ConfigPath; value: Json | undefined },
): Edited {
  return changeBlocks(graph, [blockId], (block) => {
    const config = replaceAt(block.config, path, value)
    return config === block.config ? block : { ...block, config }
  })
}

/** Replaces a config whose branches were moved or removed, and takes the block's edges along: `routes` says what became
 *  of each route that changed, null for one that is gone (its edges go too). */
export function setRoutes(
  graph: Graph,
  { blockId, config, routes }: { blockId: string; config: JsonObject; routes: ReadonlyMap<string, string | null> },
): Edited {
  const edges = graph.edges.flatMap((edge) => (edge.source === blockId ? followRoute(edge, routes) : [edge]))
  return edited(graph, { blocks: setConfig(graph, { blockId, config }).graph.blocks, edges })
}

/** Changes an edge in place: where it begins and ends, and when it is live. One that would lead nowhere stays as it is. */
export function changeEdge(
  graph: Graph,
  { edgeId, change }: { edgeId: string; change: Partial<Omit<Edge, 'id'>> },
): Edited {
  return edited(graph, {
    blocks: graph.blocks,
    edges: graph.edges.map((edge) => {
      if (edge.id !== edgeId) return edge
      const next = { ...edge, ...change }
      const isWhole = [next.source, next.target].every((end) => graph.blocks.some(({ id }) => id === end))
      return !isWhole || isSameEdge(edge, next) ? edge : next
    }),
  })
}

/** Puts a new block on an edge: the edge now ends at the block, `onward` leads from it to where the edge ended. */
export function insertOnEdge(
  graph: Graph,
  { edgeId, block, onward }: { edgeId: string; block: Block; onward: Pick<Edge, 'id' | 'sourceHandle'> },
): Edited {
  const split = graph.edges.find(({ id }) => id === edgeId)
  if (!split) return edited(graph, graph)
  const { target, targetHandle } = split
  const ending: Edge = { ...split, target: block.id, targetHandle: 'input' }
  const leaving: Edge = {
    id: onward.id,
    source: block.id,
    target,
    sourceHandle: onward.sourceHandle,
    targetHandle,
    condition: null,
  }
  return edited(graph, {
    blocks: [...graph.blocks, block],
    edges: graph.edges.flatMap((edge) => (edge === split ? [ending, leaving] : [edge])),
  })
}

/** Puts another graph in place: import, restore, an accepted proposal, a merge. Equal blocks keep their identity. */
export function replaceGraph(graph: Graph, next: Graph): Edited {
  return edited(graph, { blocks: keepEqual(graph.blocks, next.blocks), edges: keepEqual(graph.edges, next.edges) })
}

/** Changes some blocks; `change` returns the block itself to leave it as it is. */
export function changeBlocks(graph: Graph, blockIds: readonly string[], change: (block: Block) => Block): Edited {
  const ids = new Set(blockIds)
  return edited(graph, {
    blocks: graph.blocks.map((block) => (ids.has(block.id) ? change(block) : block)),
    edges: graph.edges,
  })
}

function followRoute(edge: Edge, routes: ReadonlyMap<string, string | null>): Edge[] {
  const condition = edge.condition !== null && edge.condition !== '' ? edge.condition : null
  const route = routes.get(condition ?? edge.sourceHandle)
  if (route === undefined) return [edge]
  if (route === null) return []
  const isOnHandle = routes.has(edge.sourceHandle)
  return [
    {
      ...edge,
      sourceHandle: isOnHandle ? (routes.get(edge.sourceHandle) ?? edge.sourceHandle) : edge.sourceHandle,
      condition: condition === null ? edge.condition : route,
    },
  ]
}

function isSameEdge(a: Edge, b: Edge): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function keepEqual<Item extends { id: string }>(before: Item[], after: Item[]): Item[] {
  if (before === after) return after
  let known: Map<string, Item> | null = null
  return after.map((item, index) => {
    const inPlace = before[index]
    if (inPlace === item) return item
    known ??= new Map(before.map((one) => [one.id, one]))
    const same = known.get(item.id)
    // Compared as text, because the order of keys is saved too.
    return same && JSON.stringify(same) === JSON.stringify(item) ? same : item
  })
}
