import { catalog } from '../blocks/catalog'
import type { BlockDefinition } from '../blocks/contract'
import type { Block, Edge, Graph } from '../contract/graph'
import { cardHeight, cardWidth } from './card-size'
import { drawnHandles, leavesFrom, type DrawnHandle } from './drawn-handles'
import { edgesBySource } from './edges-by-source'
import { blockIndex } from './graph-index'
import { placeBlocks } from './place-blocks'

/** A block as its card shows it. Nothing else of the config is in it, so credentials stay where they are. */
export interface DrawnBlock {
  id: string
  name: string
  /** Title of the block's type. */
  type: string
  summary: string
  /** A lucide icon name. */
  icon: string
  category: BlockDefinition['category']
  isEnabled: boolean
  x: number
  y: number
  width: number
  height: number
  hasInput: boolean
  handles: DrawnHandle[]
}

export interface DrawnEdge {
  id: string
  source: string
  target: string
  sourceHandle: string
  kind: DrawnHandle['kind']
  /** What the edge says in words: from where, on which way, to where. */
  label: string
}

/** What the canvas draws. */
export interface Drawing {
  blocks: DrawnBlock[]
  edges: DrawnEdge[]
}

/** Turns a graph into what the canvas draws. Everything a card says comes from the block's definition; edges leave from
 *  the handle that decides when they are live, whichever of the ways to say so they were saved with. A block or edge that
 *  an edit did not touch gives the very same card or line as before, so that only what changed is drawn again. */
export function drawGraph(graph: Graph): Drawing {
  const leaving = edgesBySource(graph.edges)
  const targets = new Set(graph.edges.map((edge) => edge.target))
  const cards = graph.blocks.map((block) => cardOf(block, leaving.get(block.id) ?? [], targets.has(block.id)))
  const blocks = placeBlocks(cards, graph.edges)
  const savedOf = blockIndex(graph)
  const drawnOf = blockIndex({ blocks })
  const drawnEdges = graph.edges.map((edge) => lineOf(edge, savedOf.get(edge.source), drawnOf))
  return { blocks, edges: keptList(graph.edges, drawnEdges) }
}

const edgeLists = new WeakMap<readonly Edge[], DrawnEdge[]>()

/** The list drawn of the same edges before, when every line is still that one. */
function keptList(edges: readonly Edge[], drawn: DrawnEdge[]): DrawnEdge[] {
  const known = edgeLists.get(edges)
  if (known?.every((line, index) => line === drawn[index])) return known
  edgeLists.set(edges, drawn)
  return drawn
}

interface Card {
  leaving: readonly Edge[]
  isTarget: boolean
  drawn: DrawnBlock
}

const cards = new WeakMap<Block, Card>()
const lines = new WeakMap<Edge, { from: Block | undefined; targetName: string | undefined; drawn: DrawnEdge }>()

function cardOf(block: Block, leaving: readonly Edge[], isTarget: boolean): DrawnBlock {
  const known = cards.get(block)
  const isSame =
    known?.isTarget === isTarget &&
    known.leaving.length === leaving.length &&
    known.leaving.every((edge, index) => edge === leaving[index])
  if (isSame) return known.drawn
  const drawn = drawBlock(block, leaving, isTarget)
  cards.set(block, { leaving, isTarget, drawn })
  return drawn
}

function lineOf(edge: Edge, from: Block | undefined, drawnOf: ReadonlyMap<string, DrawnBlock>): DrawnEdge {
  const targetName = drawnOf.get(edge.target)?.name
  const known = lines.get(edge)
  if (known && known.from === from && known.targetName === targetName) return known.drawn
  const drawn = drawEdge(edge, from, drawnOf)
  // A block that only moved or was typed into leaves its lines as they are.
  const kept = known && JSON.stringify(known.drawn) === JSON.stringify(drawn) ? known.drawn : drawn
  lines.set(edge, { from, targetName, drawn: kept })
  return kept
}

function drawBlock(block: Block, leaving: readonly Edge[], isTarget: boolean): DrawnBlock {
  const definition = definitionOf(block)
  const isTrigger = definition.capabilities.trigger !== undefined
  const handles = drawnHandles(definition, block.config, leaving)
  return {
    id: block.id,
    name: block.name.trim() || definition.title,
    type: definition.title,
    summary: definition.summary(block.config),
    icon: definition.icon,
    category: definition.category,
    isEnabled: block.enabled,
    x: block.position.x,
    y: block.position.y,
    width: cardWidth,
    height: cardHeight(handles.filter((handle) => handle.isRow).length),
    hasInput: !isTrigger || isTarget,
    handles,
  }
}

function drawEdge(edge: Edge, from: Block | undefined, drawnOf: ReadonlyMap<string, DrawnBlock>): DrawnEdge {
  const source = drawnOf.get(edge.source)
  const sourceHandle = from ? leavesFrom(edge, definitionOf(from), from.config) : edge.sourceHandle
  const handle = source?.handles.find(({ id }) => id === sourceHandle)
  const way = handle && handle.label !== '' ? ` (${handle.label})` : ''
  return {
    id: edge.id,
    source: edge.source,
    target: edge.target,
    sourceHandle,
    kind: handle?.kind ?? 'output',
    label: `From ${source?.name ?? edge.source}${way} to ${drawnOf.get(edge.target)?.name ?? edge.target}`,
  }
}

function definitionOf(block: Block): BlockDefinition {
  const definition = catalog.get(block.type)
  // Saving refuses unknown types, so this is a graph that never passed through it.
  if (!definition) throw new Error(`Unknown block type: ${block.type}`)
  return definition
}
