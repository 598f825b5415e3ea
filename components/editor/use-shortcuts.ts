import { useEffect } from 'react'
import { useFit } from '@/components/canvas/use-fit'
import type { Shortcut } from '@/components/ui/key-list'
import { deleteSelection, duplicateSelection, toggleSelection } from '@/lib/editor/canvas-actions'
import type { Editor } from '@/lib/editor/editor'
import { useAutosave, useEditor } from '@/lib/editor/editor-context'
import { isTyping } from '@/lib/editor/is-typing'
import { useAddNote } from './use-add-note'
import { useShowLeft } from './use-show-left'
import { useCanEdit, useSetStage } from './workflow-context'

/** What the keyboard does on the canvas, as the sheet shows it. */
export const shortcuts: readonly Shortcut[] = [
  { keys: 'Ctrl Z', does: 'Undo' },
  { keys: 'Ctrl Shift Z', does: 'Redo' },
  { keys: 'Ctrl A', does: 'Select all' },
  { keys: 'Ctrl C, Ctrl X, Ctrl V', does: 'Copy, cut, paste' },
  { keys: 'Ctrl D', does: 'Duplicate' },
  { keys: 'Del', does: 'Delete what is selected' },
  { keys: 'F2', does: 'Rename the block' },
  { keys: 'E', does: 'Enable or disable' },
  { keys: 'A', does: 'Search for a block to add' },
  { keys: 'N', does: 'Add a note' },
  { keys: 'O', does: 'Show the outline: the graph as a tree' },
  { keys: 'Arrow keys', does: 'Move the selected blocks' },
  { keys: 'Shift and drag', does: 'Select with a box' },
  { keys: 'Shift 1', does: 'Fit the whole graph' },
  { keys: 'Ctrl Enter', does: 'Run' },
  { keys: 'Ctrl S', does: 'Save now' },
  { keys: 'Ctrl K', does: 'Go to a workflow, a page or a block' },
  { keys: '?', does: 'Show this list' },
]

/** The editor's keys, while nobody types. Undo, save and run work from text fields too, where a field has none of its own. */
export function useShortcuts(): void {
  const editor = useEditor()
  const autosave = useAutosave()
  const canEdit = useCanEdit()
  const setStage = useSetStage()
  const { fitGraph } = useFit()
  const addNote = useAddNote()
  const showLeft = useShowLeft()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      const isTyped = isTyping(event.target)
      const act = actionOf(
        event,
        { isTyped, canEdit },
        {
          editor,
          save: () => void autosave.flush(),
          fit: fitGraph,
          note: addNote,
          rename: (id) => setStage({ renamingId: id }),
          show: showLeft,
        },
      )
      if (!act) return
      event.preventDefault()
      act()
    }
    // Heard before anything else hears it: the studio has a sheet of shortcuts of its own, and on a block that has the
    // focus Ctrl Enter would end its selection. In a form, Ctrl Enter is the form's.
    const onFirst = (event: KeyboardEvent) => {
      const isHelp = event.key === '?' && !isTyping(event.target)
      const isInForm = event.target instanceof Element && event.target.closest('form, [role="dialog"]') !== null
      const isRun = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isInForm
      if (!isHelp && !isRun) return
      event.preventDefault()
      event.stopPropagation()
      setStage(isHelp ? { areShortcutsOpen: true } : { dock: 'run' })
    }
    window.addEventListener('keydown', onFirst, { capture: true })
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('keydown', onFirst, { capture: true })
      window.removeEventListener('keydown', onKey)
    }
  }, [editor, autosave, canEdit, setStage, fitGraph, addNote, showLeft])
}

interface Acts {
  editor: Editor
  save: () => void
  fit: () => void
  note: () => void
  rename: (blockId: string) => void
  show: (left: 'blocks' | 'outline') => void
}

function actionOf(
  event: KeyboardEvent,
  { isTyped, canEdit }: { isTyped: boolean; canEdit: boolean },
  acts: Acts,
): (() => unknown) | null {
  const key = event.key.toLowerCase()
  if (event.ctrlKey || event.metaKey) {
    if (key === 's' && canEdit) return acts.save
    if (isTyped) return null
    if (key === 'a') return () => selectAll(acts.editor)
    if (!canEdit) return null
    if (key === 'z') return () => (event.shiftKey ? acts.editor.redo() : acts.editor.undo())
    if (key === 'y') return () => acts.editor.redo()
    return key === 'd' ? () => duplicateSelection(acts.editor) : null
  }
  if (isTyped || event.altKey) return null
  if (event.code === 'Digit1' && event.shiftKey) return acts.fit
  if (key === 'o') return () => acts.show('outline')
  if (!canEdit) return null
  const [blockId] = acts.editor.store.getState().selection.blockIds
  if (key === 'a') return () => acts.show('blocks')
  if (key === 'n') return acts.note
  if (key === 'f2' && blockId !== undefined) return () => acts.rename(blockId)
  if (key === 'e' && blockId !== undefined) return () => toggleSelection(acts.editor)
  return key === 'delete' || key === 'backspace' ? () => deleteSelection(acts.editor) : null
}

function selectAll(editor: Editor): void {
  const { blocks, edges } = editor.store.getState().graph.current
  editor.select({ blockIds: blocks.map(({ id }) => id), edgeIds: edges.map(({ id }) => id) })
}
