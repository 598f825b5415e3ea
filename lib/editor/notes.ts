import type { JsonObject } from '../contract/json'
import type { Note } from '../contract/workflows'
import { isEqual } from '../graph/diff'
import type { Editor } from './editor'

/** In canvas units. */
export interface NoteSize {
  width: number
  height: number
}

/** What a note is given when it has no size of its own, and what it never goes below. */
export const standardSize: NoteSize = { width: 224, height: 128 }
export const smallestSize: NoteSize = { width: 120, height: 64 }

/** A note's size on the canvas. */
export function sizeOf({ size }: Note): NoteSize {
  const of = (key: 'width' | 'height') => {
    const value = size?.[key]
    return typeof value === 'number' && Number.isFinite(value) ? Math.max(value, smallestSize[key]) : standardSize[key]
  }
  return { width: of('width'), height: of('height') }
}

/** Puts an empty note on the canvas and tells its id. */
export function addNote(editor: Editor, position: { x: number; y: number }): string {
  const note: Note = { id: editor.mint(), text: '', position, size: { ...standardSize } }
  editor.editNotes((notes) => [...notes, note], { label: 'Add a note' })
  return note.id
}

/** Changes one note: its text, its place or its size. */
export function changeNote(
  editor: Editor,
  noteId: string,
  change: Partial<Pick<Note, 'text' | 'position'> & { size: NoteSize }>,
): void {
  const [what = 'text'] = Object.keys(change)
  const label = what === 'position' ? 'Move a note' : what === 'size' ? 'Resize a note' : 'Edit a note'
  editor.editNotes(
    (notes) =>
      notes.map((note) => {
        if (note.id !== noteId) return note
        const { size, ...rest } = change
        return { ...note, ...rest, ...(size && { size: { ...size } }) }
      }),
    { label, coalesce: `note ${noteId} ${what}` },
  )
}

export function removeNote(editor: Editor, noteId: string): void {
  editor.editNotes((notes) => notes.filter(({ id }) => id !== noteId), { label: 'Delete a note' })
}

/** The notes of two people who both changed them since `base`: note by note, mine where I changed it, else theirs. */
export function mergeNotes(base: readonly Note[], mine: readonly Note[], theirs: readonly Note[]): readonly Note[] {
  const [was, own, other] = [base, mine, theirs].map((notes) => new Map(notes.map((note) => [note.id, note])))
  const ids = new Set([...theirs, ...mine].map(({ id }) => id))
  const merged = [...ids].flatMap((id) => {
    const isMine = !isSame(own?.get(id), was?.get(id))
    return (isMine ? own?.get(id) : other?.get(id)) ?? []
  })
  return merged.length === mine.length && merged.every((note, index) => isSame(note, mine[index])) ? mine : merged
}

function isSame(a: Note | undefined, b: Note | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && isEqual(jsonOf(a), jsonOf(b)))
}

/** True because notes only ever come from JSON and go into it. */
function jsonOf(note: Note): JsonObject {
  return { ...note } as JsonObject
}
