import { Graph as Drawing, layout, type EdgeLabel, type GraphLabel, type NodeLabel } from '@dagrejs/dagre'
import type { Position } from './edit'
import { columnsSpanned, layoutColumns, type Card } from './layout-columns'
import type { Edge, Graph } from '../contract/graph'

/** Size of a block's card, in canvas units. */
export interface Size {
  width: number
  height: number
}

const gaps = { column: 96, row: 40 }
/** Cards stand on the canvas' grid. */
const grid = 8
/** Blocks and the columns their edges span, together: dagre takes about a second for so many, and minutes for ten times
 *  as many. */
const maxDagreSize = 600

/** Where blocks stand when they are laid out from left to right: hand the result to `moveBlocks`. The upper left corner
 *  of what is laid out stays where it is. `only` lays out some blocks and leaves the others alone. */
export function layoutGraph(
  graph: Graph,
  { sizeOf, only }: { sizeOf: (blockId: string) => Size; only?: ReadonlySet<string> | undefined },
): Map<string, Position> {
  const blocks = graph.blocks.filter(({ id }) => !only || only.has(id))
  if (blocks.length === 0) return new Map()
  const ids = new Set(blocks.map(({ id }) => id))
  const cards = blocks.map(({ id }) => ({ id, ...sizeOf(id) }))
  const edges = graph.edges.filter(({ source, target }) => ids.has(source) && ids.has(target) && source !== target)
  const isSmall = cards.length + columnsSpanned(cards, edges) <= maxDagreSize
  const places = isSmall ? layoutByDagre(cards, edges) : layoutColumns(cards, edges, gaps)
  const from = cornerOf([...places.values()])
  const to = cornerOf(blocks.map(({ position }) => position))
  return new Map(
    cards.map(({ id }) => {
      const { x, y } = places.get(id) ?? from
      return [id, { x: onGrid(x - from.x + to.x), y: onGrid(y - from.y + to.y) }]
    }),
  )
}

function layoutByDagre(cards: readonly Card[], edges: readonly Edge[]): Map<string, Position> {
  const drawing = new Drawing<GraphLabel, NodeLabel, EdgeLabel>({ multigraph: false })
  drawing.setGraph({ rankdir: 'LR', ranksep: gaps.column, nodesep: gaps.row })
  drawing.setDefaultEdgeLabel(() => ({}))
  for (const { id, width, height } of cards) drawing.setNode(id, { width, height })
  for (const { source, target } of edges) drawing.setEdge(source, target)
  layout(drawing)
  return new Map(
    cards.map(({ id, width, height }) => {
      const { x = 0, y = 0 } = drawing.node(id)
      return [id, { x: x - width / 2, y: y - height / 2 }]
    }),
  )
}

function cornerOf(places: readonly Position[]): Position {
  return places.reduce((corner, { x, y }) => ({ x: Math.min(corner.x, x), y: Math.min(corner.y, y) }))
}

function onGrid(value: number): number {
  // Adding zero makes the negative zero that rounding may give an ordinary one.
  return Math.round(value / grid) * grid + 0
}
