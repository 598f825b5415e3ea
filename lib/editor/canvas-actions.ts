import type { Edge, Graph } from '../contract/graph'
import { copyBlocks, pasteBlocks, readClipboard } from '../graph/clipboard'
import { connectionRefusal, type Connection, type Refusal } from '../graph/connect'
import { addItems, changeEdge, insertOnEdge, moveBlocks, removeItems, setEnabled, type Position } from '../graph/edit'
import { edited } from '../graph/edit/patch'
import { renameBlock } from '../graph/edit/rename-block'
import type { Size } from '../graph/layout'
import { mintCredentials, newBlock, newEdge } from '../graph/new-block'
import type { Editor } from './editor'
import { freeOffset } from './free-place'
import { blockIndex, edgeIndex } from './graph-index'
import { makeRoom } from './make-room'

/** Drops a new block of a type on the canvas and selects it; with `from`, the block is connected to where an edge was
 *  dragged from, as far as such an edge may be. Returns its id, null for a type there is no definition of. */
export function dropBlock(
  editor: Editor,
  {
    type,
    position,
    from,
  }: { type: string; position: Position; from?: { blockId: string; handle: string } | undefined },
): string | null {
  const definition = editor.catalog.get(type)
  if (!definition) return null
  const { catalog, mint } = editor
  const block = newBlock(definition, { graph: graphOf(editor), position, mint })
  const label = `Add ${block.name}`
  editor.edit(
    (graph) => {
      const added = addItems(graph, { blocks: [block], edges: [] }).graph
      const connection = from && { source: from.blockId, target: block.id, sourceHandle: from.handle }
      const isFree = connection && connectionRefusal(added, connection, { catalog }) === null
      return addItems(graph, { blocks: [block], edges: isFree ? [newEdge(connection, mint)] : [] })
    },
    { label, select: { blockIds: [block.id] } },
  )
  return block.id
}

/** Drops a new block of a type onto an edge, between the two blocks, which make room for it. Null where that cannot be:
 *  triggers have no input. */
export function dropOnEdge(
  editor: Editor,
  { type, position, edgeId }: { type: string; position: Position; edgeId: string },
): string | null {
  const definition = editor.catalog.get(type)
  if (!definition || definition.capabilities.trigger || !edgeIndex(graphOf(editor)).has(edgeId)) return null
  const { position: free, moved } = makeRoom(graphOf(editor), edgeId, position)
  const block = newBlock(definition, { graph: graphOf(editor), position: free, mint: editor.mint })
  const [first] = definition.outputs(block.config)
  const onward = { id: editor.mint(), sourceHandle: first?.id ?? 'output' }
  const label = `Insert ${block.name}`
  editor.edit((graph) => edited(graph, moveBlocks(insertOnEdge(graph, { edgeId, block, onward }).graph, moved).graph), {
    label,
    select: { blockIds: [block.id] },
  })
  return block.id
}

/** Makes an edge, or says why not. */
export function connect(editor: Editor, connection: Connection): Refusal | null {
  const refusal = connectionRefusal(graphOf(editor), connection, { catalog: editor.catalog })
  if (refusal) return refusal
  const edge = newEdge(connection, editor.mint)
  editor.edit((graph) => addItems(graph, { blocks: [], edges: [edge] }), { label: 'Connect' })
  return null
}

/** Leads an edge elsewhere, or says why not. Its condition goes when it leaves another handle than before. */
export function reconnect(editor: Editor, edgeId: string, connection: Connection): Refusal | null {
  const { catalog } = editor
  const edge = edgeIndex(graphOf(editor)).get(edgeId)
  const refusal = connectionRefusal(graphOf(editor), connection, { catalog, instead: edgeId })
  if (refusal || !edge) return refusal
  const isSameEnd = edge.source === connection.source && edge.sourceHandle === connection.sourceHandle
  const change: Partial<Edge> = isSameEnd ? { target: connection.target } : { ...connection, condition: null }
  editor.edit((graph) => changeEdge(graph, { edgeId, change }), { label: 'Reconnect' })
  return null
}

/** Removes what is selected. */
export function deleteSelection(editor: Editor): boolean {
  const { blockIds, edgeIds } = editor.store.getState().selection
  const items = { blockIds: [...blockIds], edgeIds: [...edgeIds] }
  const label =
    blockIds.size > 0 ? `Delete ${countOf(blockIds.size, 'block')}` : `Delete ${countOf(edgeIds.size, 'edge')}`
  return editor.edit((graph) => removeItems(graph, items), { label })
}

/** The selected blocks as text for the clipboard, null when none is. */
export function copySelection(editor: Editor): string | null {
  const { blockIds } = editor.store.getState().selection
  return blockIds.size === 0 ? null : copyBlocks(graphOf(editor), blockIds, editor.catalog)
}

/** Copies the selected blocks and removes them. */
export function cutSelection(editor: Editor): string | null {
  const text = copySelection(editor)
  if (text === null) return null
  const { blockIds } = editor.store.getState().selection
  const label = `Cut ${countOf(blockIds.size, 'block')}`
  editor.edit((graph) => removeItems(graph, { blockIds: [...blockIds], edgeIds: [] }), { label })
  return text
}

/** Pastes what was copied here or in another workflow, or all blocks and notes of an exported one, and selects the blocks.
 *  `at` is where its upper left corner goes; without it the copies stand below their originals. `word` is what the history
 *  calls it. False when the text holds no blocks. */
export function paste(editor: Editor, text: string, at?: Position, word = 'Paste'): boolean {
  const { catalog, mint } = editor
  const copied = readClipboard(text, catalog)
  if (!copied) return false
  const offset = at ? offsetTo(copied, at) : freeOffset(graphOf(editor), copied)
  const pasted = pasteBlocks(graphOf(editor), copied, { catalog, mint, offset })
  const label = `${word} ${countOf(pasted.blockIds.length, 'block')}`
  const newNotes = copied.notes.map((note) => ({ ...note, id: mint(), position: movedBy(note.position, offset) }))
  return editor.edit(() => pasted, { label, select: { blockIds: pasted.blockIds }, newNotes })
}

/** Copies the selected blocks on the spot. */
export function duplicateSelection(editor: Editor): boolean {
  const text = copySelection(editor)
  return text !== null && paste(editor, text)
}

/** Moves blocks: call it once, where the drag ends. Nudges of the same blocks, key by key, are one step. */
export function move(editor: Editor, places: ReadonlyMap<string, Position>, how: 'drag' | 'nudge' = 'drag'): boolean {
  const coalesce = how === 'nudge' ? `nudge ${[...places.keys()].join(' ')}` : undefined
  const label = `Move ${countOf(places.size, 'block')}`
  return editor.edit((graph) => moveBlocks(graph, places), { label, coalesce })
}

/** Renames a block, and the references to it. */
export function rename(editor: Editor, blockId: string, name: string): boolean {
  const { catalog } = editor
  return editor.edit((graph) => renameBlock(graph, { blockId, name, catalog }), { label: `Rename to ${name}` })
}

/** Switches the selected blocks off, or on when none of them is on. */
export function toggleSelection(editor: Editor): boolean {
  const { selection } = editor.store.getState()
  const blockIds = [...selection.blockIds]
  const blocks = blockIndex(graphOf(editor))
  const enabled = !blockIds.some((id) => blocks.get(id)?.enabled)
  const label = `${enabled ? 'Enable' : 'Disable'} ${countOf(blockIds.length, 'block')}`
  return editor.edit((graph) => setEnabled(graph, { blockIds, enabled }), { label })
}

/** Lays out the selected blocks, or all when fewer than two are selected. The layout engine is loaded when first asked
 *  for: it weighs as much as everything else here. */
export async function autoLayout(editor: Editor, sizeOf: (blockId: string) => Size): Promise<boolean> {
  const { layoutGraph } = await import('../graph/layout')
  const { blockIds } = editor.store.getState().selection
  const places = layoutGraph(graphOf(editor), { sizeOf, only: blockIds.size > 1 ? blockIds : undefined })
  return editor.edit((graph) => moveBlocks(graph, places), { label: 'Tidy up' })
}

/** Gives a block new credentials: the old ones are dead once this is saved. */
export function rotateCredentials(editor: Editor, blockId: string, fields?: readonly string[]): boolean {
  const { catalog, mint } = editor
  return editor.edit(
    (graph) => {
      const block = blockIndex(graph).get(blockId)
      const definition = block && catalog.get(block.type)
      if (!block || !definition) return edited(graph, graph)
      const chosen = { ...definition, credentialFields: fields ?? definition.credentialFields ?? [] }
      const config = mintCredentials(block.config, chosen, mint)
      const blocks = graph.blocks.map((one) => (one === block ? { ...block, config } : one))
      return edited(graph, { blocks, edges: graph.edges })
    },
    { label: 'New credentials' },
  )
}

function movedBy({ x, y }: Position, by: Position): Position {
  return { x: x + by.x, y: y + by.y }
}

function offsetTo({ blocks }: Graph, at: Position): Position {
  const left = Math.min(...blocks.map(({ position }) => position.x))
  const top = Math.min(...blocks.map(({ position }) => position.y))
  return { x: at.x - left, y: at.y - top }
}

function graphOf(editor: Editor) {
  return editor.store.getState().graph.current
}

function countOf(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`
}
