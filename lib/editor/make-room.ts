import type { Graph } from '../contract/graph'
import type { Position } from '../graph/edit'
import { cardWidth } from './card-size'
import { drawGraph } from './draw-graph'
import { blockIndex } from './graph-index'

const gap = 96
/** A block that comes this close to the height of one of its neighbours stands level with it. */
const levelWithin = 24

/** Where a block goes that is put on an edge, and where all that stands right of there goes so that it has room between
 *  its neighbours: moving only what comes after it would lay some of that over the rest. Where the edge does not lead from
 *  left to right nothing is moved. */
export function makeRoom(
  graph: Graph,
  edgeId: string,
  wish: Position,
): { position: Position; moved: Map<string, Position> } {
  const moved = new Map<string, Position>()
  const edge = graph.edges.find(({ id }) => id === edgeId)
  const blocks = blockIndex(drawGraph(graph))
  const [source, target] = [blocks.get(edge?.source ?? ''), blocks.get(edge?.target ?? '')]
  if (!source || !target || target.x < source.x + source.width) return { position: wish, moved }
  const left = source.x + source.width + gap
  const right = target.x - gap - cardWidth
  const x = Math.max(left, Math.min(wish.x, right))
  const level = [source.y, target.y].find((y) => Math.abs(wish.y - y) <= levelWithin)
  const way = x - right
  if (way > 0)
    for (const block of blocks.values()) if (block.x >= target.x) moved.set(block.id, { x: block.x + way, y: block.y })
  return { position: { x, y: level ?? wish.y }, moved }
}
