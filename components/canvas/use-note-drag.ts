import { useReactFlow } from '@xyflow/react'
import { useState, type PointerEvent } from 'react'
import type { Note } from '@/lib/contract/workflows'
import { useEditor } from '@/lib/editor/editor-context'
import { changeNote, sizeOf, smallestSize, type NoteSize } from '@/lib/editor/notes'

interface Drag {
  kind: 'move' | 'resize'
  /** Where it began, in pixels of the window. */
  from: { x: number; y: number }
  place: Note['position']
  size: NoteSize
}

/** Dragging a note by its body (`grip`) or its corner. Until it is dropped only the card knows; then it is one edit. */
export function useNoteDrag(note: Note) {
  const editor = useEditor()
  const { getZoom } = useReactFlow()
  const [drag, setDrag] = useState<Drag | null>(null)
  const at = { place: note.position, size: sizeOf(note) }
  const begin = (kind: Drag['kind']) => (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button'))) return
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    setDrag({ kind, from: { x: event.clientX, y: event.clientY }, ...at })
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    event.stopPropagation()
    if (drag) setDrag(draggedTo(drag, event, { ...at, zoom: getZoom() }))
  }
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    // The corner is inside the card, which listens too.
    event.stopPropagation()
    if (!drag) return
    const { kind, place, size } = drag
    setDrag(null)
    if (kind === 'move' && (place.x !== at.place.x || place.y !== at.place.y))
      changeNote(editor, note.id, { position: place })
    if (kind === 'resize' && (size.width !== at.size.width || size.height !== at.size.height))
      changeNote(editor, note.id, { size })
    editor.endGesture()
  }
  const handlers = { onPointerMove, onPointerUp, onPointerCancel: () => setDrag(null) }
  return {
    place: drag?.place ?? at.place,
    size: drag?.size ?? at.size,
    grip: { onPointerDown: begin('move'), ...handlers },
    corner: { onPointerDown: begin('resize'), ...handlers },
  }
}

function draggedTo(
  drag: Drag,
  { clientX, clientY }: { clientX: number; clientY: number },
  { place, size, zoom }: { place: Note['position']; size: NoteSize; zoom: number },
): Drag {
  const right = onGrid((clientX - drag.from.x) / zoom)
  const down = onGrid((clientY - drag.from.y) / zoom)
  if (drag.kind === 'move') return { ...drag, place: { x: place.x + right, y: place.y + down } }
  const width = Math.max(smallestSize.width, size.width + right)
  const height = Math.max(smallestSize.height, size.height + down)
  return { ...drag, size: { width, height } }
}

function onGrid(value: number): number {
  return Math.round(value / 8) * 8
}
