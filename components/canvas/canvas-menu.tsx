'use client'

import { useReactFlow } from '@xyflow/react'
import {
  ClipboardPaste,
  Copy,
  CopyPlus,
  Maximize,
  Pencil,
  Plus,
  Power,
  Scissors,
  SquareDashedMousePointer,
  StickyNote,
  Trash2,
} from 'lucide-react'
import { useRef, useState, type MouseEvent, type ReactNode } from 'react'
import { useCanEdit, useSetStage } from '@/components/editor/workflow-context'
import { ContextMenu, ContextMenuItem, ContextMenuSeparator } from '@/components/ui/context-menu'
import { deleteSelection, duplicateSelection, toggleSelection } from '@/lib/editor/canvas-actions'
import { useEditor } from '@/lib/editor/editor-context'
import { addNote } from '@/lib/editor/notes'
import { useClipboard } from './use-clipboard'
import { useFit } from './use-fit'

type Target = { kind: 'block' | 'edge' | 'canvas'; id: string; at: { x: number; y: number } }

/** Opens something once the menu is gone, and has the focus stay there. */
type Later = (open: () => void) => void

/** The canvas with its context menu: what can be done with the block, the edge or the place under the pointer. */
export function CanvasMenu({ children }: { children: ReactNode }) {
  const editor = useEditor()
  const canEdit = useCanEdit()
  const isOpening = useRef(false)
  const [target, setTarget] = useState<Target>({ kind: 'canvas', id: '', at: { x: 0, y: 0 } })
  const aim = (event: MouseEvent) => {
    const found = targetOf(event)
    setTarget(found)
    const { blockIds, edgeIds } = editor.store.getState().selection
    if (found.kind === 'block' && !blockIds.has(found.id)) editor.select({ blockIds: [found.id] })
    if (found.kind === 'edge' && !edgeIds.has(found.id)) editor.select({ edgeIds: [found.id] })
  }
  const box = (
    // A box is drawn with Shift held, which would select the page's text up to here: copying would take that.
    <div
      className="canvas-box absolute inset-0 select-none"
      onContextMenuCapture={aim}
      onPointerDownCapture={(event) => event.shiftKey && document.getSelection()?.removeAllRanges()}
    >
      {children}
    </div>
  )
  if (!canEdit) return box
  const later: Later = (open) => {
    isOpening.current = true
    setTimeout(open, 0)
  }
  const items =
    target.kind === 'canvas' ? (
      <PlaceItems target={target} later={later} />
    ) : (
      <ItemItems target={target} later={later} />
    )
  const keepsFocus = () => {
    const isKept = !isOpening.current
    isOpening.current = false
    return isKept
  }
  return (
    <ContextMenu items={items} keepsFocus={keepsFocus}>
      {box}
    </ContextMenu>
  )
}

function targetOf(event: MouseEvent): Target {
  const { target, clientX: x, clientY: y } = event
  const element = target instanceof Element ? target : null
  const block = element?.closest<HTMLElement>('.react-flow__node')?.dataset['id']
  if (block !== undefined) return { kind: 'block', id: block, at: { x, y } }
  const edge = element?.closest<SVGElement>('.react-flow__edge')?.dataset['id']
  return edge === undefined ? { kind: 'canvas', id: '', at: { x, y } } : { kind: 'edge', id: edge, at: { x, y } }
}

/** What can be done with a block or an edge. */
function ItemItems({ target, later }: { target: Target; later: Later }) {
  const editor = useEditor()
  const setStage = useSetStage()
  const clipboard = useClipboard()
  const { screenToFlowPosition } = useReactFlow()
  const { kind, id, at } = target
  return (
    <>
      {kind === 'edge' && (
        <ContextMenuItem
          icon={Plus}
          onSelect={() => later(() => setStage({ quickAdd: { at, position: screenToFlowPosition(at), edgeId: id } }))}
        >
          Insert a block…
        </ContextMenuItem>
      )}
      {kind === 'block' && (
        <>
          <ContextMenuItem icon={Pencil} keys="F2" onSelect={() => later(() => setStage({ renamingId: id }))}>
            Rename
          </ContextMenuItem>
          <ContextMenuItem icon={Power} keys="E" onSelect={() => toggleSelection(editor)}>
            Enable or disable
          </ContextMenuItem>
          <ContextMenuSeparator />
          <ContextMenuItem icon={Copy} keys="Ctrl C" onSelect={() => clipboard.copy()}>
            Copy
          </ContextMenuItem>
          <ContextMenuItem icon={Scissors} keys="Ctrl X" onSelect={() => clipboard.cut()}>
            Cut
          </ContextMenuItem>
          <ContextMenuItem icon={CopyPlus} keys="Ctrl D" onSelect={() => duplicateSelection(editor)}>
            Duplicate
          </ContextMenuItem>
        </>
      )}
      <ContextMenuSeparator />
      <ContextMenuItem icon={Trash2} keys="Del" tone="danger" onSelect={() => deleteSelection(editor)}>
        Delete
      </ContextMenuItem>
    </>
  )
}

/** What can be done at a place on the canvas. */
function PlaceItems({ target: { at }, later }: { target: Target; later: Later }) {
  const editor = useEditor()
  const setStage = useSetStage()
  const clipboard = useClipboard()
  const { screenToFlowPosition } = useReactFlow()
  const { fitGraph } = useFit()
  const selectAll = () => {
    const { blocks, edges } = editor.store.getState().graph.current
    editor.select({ blockIds: blocks.map(({ id }) => id), edgeIds: edges.map(({ id }) => id) })
  }
  return (
    <>
      <ContextMenuItem
        icon={Plus}
        onSelect={() => later(() => setStage({ quickAdd: { at, position: screenToFlowPosition(at) } }))}
      >
        Add a block…
      </ContextMenuItem>
      <ContextMenuItem
        icon={StickyNote}
        keys="N"
        onSelect={() => later(() => setStage({ writingNoteId: addNote(editor, screenToFlowPosition(at)) }))}
      >
        Add a note
      </ContextMenuItem>
      <ContextMenuItem icon={ClipboardPaste} keys="Ctrl V" onSelect={() => clipboard.paste(screenToFlowPosition(at))}>
        Paste here
      </ContextMenuItem>
      <ContextMenuSeparator />
      <ContextMenuItem icon={SquareDashedMousePointer} keys="Ctrl A" onSelect={selectAll}>
        Select all
      </ContextMenuItem>
      <ContextMenuItem icon={Maximize} onSelect={fitGraph}>
        Fit the whole graph
      </ContextMenuItem>
    </>
  )
}
