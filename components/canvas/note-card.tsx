'use client'

import { Pencil, Trash2 } from 'lucide-react'
import { memo, useRef, type KeyboardEvent } from 'react'
import { useCanEdit, useSetStage, useStage } from '@/components/editor/workflow-context'
import type { Note } from '@/lib/contract/workflows'
import { useEditor } from '@/lib/editor/editor-context'
import { changeNote, removeNote, sizeOf, smallestSize } from '@/lib/editor/notes'
import { useNoteDrag } from './use-note-drag'

const gridStep = 8
const labelChars = 60
const toolClass =
  'grid size-6 place-items-center rounded-sm text-muted-foreground hover:bg-muted hover:text-foreground focus-visible:outline-2 focus-visible:outline-ring'

/** A note: moved by dragging or with the arrow keys, resized at its corner or with Shift and the arrow keys, written
 *  into with Enter, deleted with Delete. */
export const NoteCard = memo(function NoteCard({ note }: { note: Note }) {
  const editor = useEditor()
  const canEdit = useCanEdit()
  const setStage = useSetStage()
  const isWriting = useStage(({ writingNoteId }) => writingNoteId === note.id)
  const card = useRef<HTMLDivElement>(null)
  const { place, size, grip, corner } = useNoteDrag(note)
  const text = note.text.trim()
  const write = () => setStage({ writingNoteId: note.id })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || !canEdit) return
    const act = actionOf(event, note, { write, change: (change) => changeNote(editor, note.id, change) })
    const isDelete = event.key === 'Delete' || event.key === 'Backspace'
    if (!act && !isDelete) return
    event.preventDefault()
    event.stopPropagation()
    if (isDelete) removeNote(editor, note.id)
    else act?.()
  }
  return (
    <div
      ref={card}
      role="group"
      aria-roledescription="note"
      aria-label={text === '' ? 'Empty note' : `Note: ${text.slice(0, labelChars)}`}
      tabIndex={0}
      style={{ left: place.x, top: place.y, width: size.width, height: size.height }}
      className="canvas-note group nopan nodrag"
      onKeyDown={onKeyDown}
      onDoubleClick={() => canEdit && write()}
      {...(canEdit && !isWriting && grip)}
    >
      {isWriting ? (
        <NoteText note={note} onEnd={() => card.current?.focus()} />
      ) : (
        <p className="h-full overflow-hidden text-[13px] leading-5 break-words whitespace-pre-wrap">{note.text}</p>
      )}
      {canEdit && !isWriting && (
        <>
          <span className="absolute -top-3.5 right-2 hidden rounded-md border border-border bg-card p-px group-focus-within:flex group-hover:flex">
            <button type="button" aria-label="Write into the note" className={toolClass} onClick={write}>
              <Pencil aria-hidden className="size-3.5" />
            </button>
            <button
              type="button"
              aria-label="Delete the note"
              className={toolClass}
              onClick={() => removeNote(editor, note.id)}
            >
              <Trash2 aria-hidden className="size-3.5" />
            </button>
          </span>
          <span aria-hidden title="Resize" className="canvas-note-corner" {...corner} />
        </>
      )}
    </div>
  )
})

function NoteText({ note, onEnd }: { note: Note; onEnd: () => void }) {
  const editor = useEditor()
  const setStage = useSetStage()
  const isDone = useRef(false)
  const keep = (text: string, isFocusBack: boolean) => {
    if (isDone.current) return
    isDone.current = true
    if (text !== note.text) changeNote(editor, note.id, { text })
    editor.endGesture()
    setStage({ writingNoteId: null })
    if (isFocusBack) requestAnimationFrame(onEnd)
  }
  return (
    <form className="h-full" onSubmit={(event) => event.preventDefault()}>
      <textarea
        autoFocus
        aria-label="Text of the note"
        defaultValue={note.text}
        placeholder="Write a note"
        className="nowheel h-full w-full resize-none bg-transparent text-[13px] leading-5 outline-none placeholder:text-muted-foreground"
        onBlur={(event) => keep(event.target.value, false)}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey)))
            keep(event.currentTarget.value, true)
        }}
      />
    </form>
  )
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

interface Acts {
  write: () => void
  change: (change: { position: Note['position'] } | { size: { width: number; height: number } }) => void
}

function actionOf(event: KeyboardEvent, note: Note, { write, change }: Acts): (() => void) | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  if (event.key === 'Enter' || event.key === 'F2') return write
  const [right = 0, down = 0] = arrows[event.key] ?? []
  if (right === 0 && down === 0) return null
  const { x, y } = note.position
  if (!event.shiftKey) return () => change({ position: { x: x + right * gridStep, y: y + down * gridStep } })
  const { width, height } = sizeOf(note)
  return () =>
    change({
      size: {
        width: Math.max(smallestSize.width, width + right * gridStep),
        height: Math.max(smallestSize.height, height + down * gridStep),
      },
    })
}
