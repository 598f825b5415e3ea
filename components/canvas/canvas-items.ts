import { Position, type Edge, type NodeHandle } from '@xyflow/react'
import { errorHandleInset, singleOutputY } from '@/lib/editor/card-size'
import type { DrawnBlock, DrawnEdge } from '@/lib/editor/draw-graph'
import type { Selection } from '@/lib/editor/editor-state'
import type { BlockNode } from './block-card'

const nodes = new WeakMap<DrawnBlock, BlockNode>()
const lines = new WeakMap<DrawnEdge, Edge>()

/** What xyflow draws. A card that did not change is the very same node as before, so only what changed is rendered. Those
 *  that are selected while some are dragged stay in the page wherever they stood: they are dragged together. */
export function nodesOf(
  blocks: readonly DrawnBlock[],
  { selected, isDragging }: { selected: Selection['blockIds']; isDragging: boolean },
): BlockNode[] {
  return blocks.map((block) => {
    const known = nodes.get(block)
    const isSelected = selected.has(block.id)
    const isHeld = isSelected && isDragging
    if (known?.selected === isSelected && known.dragging === isHeld) return known
    const node = nodeOf(block, isSelected, isHeld)
    nodes.set(block, node)
    return node
  })
}

export function linesOf(edges: readonly DrawnEdge[], selected: Selection['edgeIds']): Edge[] {
  return edges.map((edge) => {
    const known = lines.get(edge)
    const isSelected = selected.has(edge.id)
    if (known?.selected === isSelected) return known
    const line = lineOf(edge, isSelected)
    lines.set(edge, line)
    return line
  })
}

/** The edges of what is selected. Seen from afar xyflow gets no others: it draws each by itself and asks each anew with
 *  every move of the view. */
export function edgesOfSelected(edges: readonly DrawnEdge[], { blockIds, edgeIds }: Selection): DrawnEdge[] {
  return edges.filter(({ id, source, target }) => edgeIds.has(id) || blockIds.has(source) || blockIds.has(target))
}

function nodeOf(block: DrawnBlock, selected: boolean, dragging: boolean): BlockNode {
  const { x, y, width, height } = block
  return {
    id: block.id,
    type: 'block',
    position: { x, y },
    selected,
    dragging,
    data: { block },
    width,
    height,
    // Cards have the size they are drawn with: nothing waits for the browser to measure them.
    measured: { width, height },
    handles: handlesOf(block),
    ariaLabel: `${block.name}, ${block.type}. ${block.summary}${block.isEnabled ? '' : '. Disabled'}`,
    domAttributes: { 'aria-roledescription': 'block' },
  }
}

const handleSize = 9

function handlesOf(block: DrawnBlock): NodeHandle[] {
  const at = (id: string, type: 'source' | 'target', y: number): NodeHandle => ({
    id,
    type,
    position: type === 'source' ? Position.Right : Position.Left,
    x: (type === 'source' ? block.width : 0) - handleSize / 2,
    y: y - handleSize / 2,
    width: handleSize,
    height: handleSize,
  })
  const outputs = block.handles.map(({ id, y }) => at(id, 'source', y ?? block.height - errorHandleInset))
  return block.hasInput ? [at('input', 'target', singleOutputY), ...outputs] : outputs
}

function lineOf(edge: DrawnEdge, selected: boolean): Edge {
  return {
    id: edge.id,
    type: 'branch',
    source: edge.source,
    target: edge.target,
    sourceHandle: edge.sourceHandle,
    targetHandle: 'input',
    selected,
    ariaLabel: edge.label,
    className: `canvas-edge-${edge.kind}`,
  }
}
