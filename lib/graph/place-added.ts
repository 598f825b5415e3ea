import type { Position } from './edit'
import { layoutGraph, type Size } from './layout'
import type { Block, Edge, Graph } from '../contract/graph'

const gap = { x: 96, y: 40 }
/** What is left free around a card. */
const clearance = 24

/** Where new blocks stand: among themselves laid out from left to right, right of the blocks that lead to them, and clear
 *  of every other block. `graph` is what they come to, `edges` those between and to them. */
export function placeAdded(
  graph: Graph,
  added: { blocks: readonly Block[]; edges: readonly Edge[] },
  sizeOf: (block: Block) => Size,
): Block[] {
  if (added.blocks.length === 0) return []
  const sizes = new Map([...graph.blocks, ...added.blocks].map((block) => [block.id, sizeOf(block)]))
  const size = (id: string) => sizes.get(id) ?? { width: 0, height: 0 }
  const places = layoutGraph({ blocks: added.blocks.map(atOrigin), edges: [...added.edges] }, { sizeOf: size })
  const placed = added.blocks.map((block) => ({ ...block, position: places.get(block.id) ?? block.position }))
  if (graph.blocks.length === 0) return placed
  return moved(placed, offsetOf(graph, added, size), graph, size)
}

function atOrigin(block: Block): Block {
  return { ...block, position: { x: 0, y: 0 } }
}

/** Behind the rightmost block that leads to them; else below everything. */
function offsetOf(graph: Graph, added: { edges: readonly Edge[] }, size: (id: string) => Size): Position {
  const sources = new Set(added.edges.map(({ source }) => source))
  const before = graph.blocks.filter(({ id }) => sources.has(id))
  const rightmost = before.reduce<Block | null>(
    (last, block) => (last && last.position.x >= block.position.x ? last : block),
    null,
  )
  if (rightmost) return { x: rightmost.position.x + size(rightmost.id).width + gap.x, y: rightmost.position.y }
  const left = Math.min(...graph.blocks.map(({ position }) => position.x))
  return { x: left, y: Math.max(...graph.blocks.map(({ id, position }) => position.y + size(id).height)) + gap.y }
}

/** Down until they are clear of everybody. */
function moved(blocks: readonly Block[], by: Position, graph: Graph, size: (id: string) => Size): Block[] {
  const at = (block: Block, down: number): Block => {
    return { ...block, position: { x: block.position.x + by.x, y: block.position.y + by.y + down } }
  }
  const isClose = (a: Block, b: Block) => {
    const [x, y] = [a.position.x - b.position.x, a.position.y - b.position.y]
    const isBeside = x >= size(b.id).width + clearance || -x >= size(a.id).width + clearance
    return !isBeside && y < size(b.id).height + clearance && -y < size(a.id).height + clearance
  }
  for (let down = 0; ; down += gap.y) {
    const tried = blocks.map((block) => at(block, down))
    if (!tried.some((block) => graph.blocks.some((other) => isClose(block, other)))) return tried
  }
}
