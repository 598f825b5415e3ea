import type { Note } from '../contract/workflows'
import type { Editor } from './editor'
import { mergeNotes } from './notes'

// Notes are no part of the graph: they have no version and are saved whole. What somebody else changed meanwhile is read
// first and merged note by note, so that two people do not take each other's notes away.

const restMs = 600
const firstRetryMs = 1_000
const longestRetryMs = 30_000

/** What notes reach the server by. */
export interface NotesLines {
  load(): Promise<readonly Note[]>
  save(notes: readonly Note[]): Promise<void>
}

/** Saves the notes once hands rest. `onProblem` hears once of a saving that fails, until one succeeds again; meanwhile it
 *  is tried again ever more patiently. What it returns ends it, unsaved notes saved first on a best effort. */
export function watchNotes(editor: Editor, lines: NotesLines, onProblem: (error: unknown) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isSaving = false
  let failures = 0
  const isUnsaved = () => {
    const { notes, savedNotes } = editor.store.getState().graph
    return notes !== savedNotes
  }
  const schedule = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => void save(), ms)
  }
  const save = async () => {
    if (isSaving || !isUnsaved()) return
    isSaving = true
    try {
      await saveOnce(editor, lines)
      failures = 0
    } catch (error) {
      if (failures++ === 0) onProblem(error)
    } finally {
      isSaving = false
    }
    if (isUnsaved()) schedule(failures === 0 ? restMs : Math.min(firstRetryMs * 2 ** (failures - 1), longestRetryMs))
  }
  const leave = editor.store.subscribe(({ graph }, before) => {
    if (graph.notes !== before.graph.notes && isUnsaved()) schedule(restMs)
  })
  return () => {
    leave()
    clearTimeout(timer)
    void save()
  }
}

async function saveOnce(editor: Editor, lines: NotesLines): Promise<void> {
  const theirs = await lines.load()
  const { notes, savedNotes } = editor.store.getState().graph
  const merged = mergeNotes(savedNotes, notes, theirs)
  await lines.save(merged)
  // Edited while it was under way: those edits stay, on top of what is saved now.
  const { notes: newest } = editor.store.getState().graph
  editor.setNotes({ notes: newest === notes ? merged : mergeNotes(notes, newest, merged), savedNotes: merged })
}
