import { deleteSelection, duplicateSelection, move, toggleSelection } from '@/lib/editor/canvas-actions'
import type { Editor } from '@/lib/editor/editor'
import { blockIndex } from '@/lib/editor/graph-index'
import { removeItems } from '@/lib/graph/edit'
import type { OutlineDialog } from './outline-dialogs'
import type { OutlineLine } from './use-outline'

/** What can be done with a line of the outline. */
export type OutlineAct =
  | 'settings'
  | 'select'
  | 'rename'
  | 'toggle'
  | 'duplicate'
  | 'insert'
  | 'connections'
  | 'disconnect'
  | 'delete'
  | 'move-left'
  | 'move-right'
  | 'move-up'
  | 'move-down'

/** What some acts open. */
export interface OutlineOpen {
  dialog: (dialog: OutlineDialog | null) => void
  rename: (key: string | null) => void
  /** Told the id of a block that was made. */
  made: (blockId: string) => void
}

const moveStep = 24

/** Does it. Acts on blocks mean all that are selected when the line's block is one of them, else that one. */
export function actOn(editor: Editor, line: OutlineLine, act: OutlineAct, open: OutlineOpen): void {
  const { blockId, edgeId, key } = line
  switch (act) {
    case 'settings':
      return openSettings(editor, blockId)
    case 'select':
      return toggleSelected(editor, blockId)
    case 'rename':
      return open.rename(key)
    case 'insert':
    case 'connections':
      return open.dialog({ kind: act, blockId })
    case 'disconnect':
      if (edgeId !== null)
        editor.edit((graph) => removeItems(graph, { blockIds: [], edgeIds: [edgeId] }), { label: 'Disconnect' })
      return
    case 'toggle':
      include(editor, blockId)
      return void toggleSelection(editor)
    case 'duplicate':
      include(editor, blockId)
      duplicateSelection(editor)
      return open.made([...editor.store.getState().selection.blockIds][0] ?? blockId)
    case 'delete':
      include(editor, blockId)
      return void deleteSelection(editor)
    case 'move-left':
      return moveBy(editor, blockId, { x: -moveStep, y: 0 })
    case 'move-right':
      return moveBy(editor, blockId, { x: moveStep, y: 0 })
    case 'move-up':
      return moveBy(editor, blockId, { x: 0, y: -moveStep })
    case 'move-down':
      return moveBy(editor, blockId, { x: 0, y: moveStep })
  }
}

/** Shows the inspector and puts the focus into it. */
function openSettings(editor: Editor, blockId: string): void {
  editor.setView({ panel: null })
  editor.select({ blockIds: [blockId] })
  focusSettings(settingsFrames)
}

/** Frames that the settings may take to be drawn. */
const settingsFrames = 120

function focusSettings(framesLeft: number): void {
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLElement>('aside[aria-label="Settings of the block"] input')
    if (field) field.focus()
    else if (framesLeft > 0) focusSettings(framesLeft - 1)
  })
}

function toggleSelected(editor: Editor, blockId: string): void {
  const blockIds = new Set(editor.store.getState().selection.blockIds)
  if (!blockIds.delete(blockId)) blockIds.add(blockId)
  editor.select({ blockIds })
}

function include(editor: Editor, blockId: string): void {
  const { blockIds } = editor.store.getState().selection
  editor.select({ blockIds: blockIds.has(blockId) ? blockIds : [blockId] })
}

function moveBy(editor: Editor, blockId: string, by: { x: number; y: number }): void {
  include(editor, blockId)
  const { graph, selection } = editor.store.getState()
  const places = [...selection.blockIds].flatMap((id) => {
    const at = blockIndex(graph.current).get(id)?.position
    return at ? [[id, { x: at.x + by.x, y: at.y + by.y }] as const] : []
  })
  move(editor, new Map(places))
}
