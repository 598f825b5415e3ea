import {
  Box,
  CircleAlert,
  Keyboard,
  ListTree,
  Maximize,
  PanelLeft,
  Play,
  Redo2,
  Rocket,
  Save,
  Sparkles,
  StickyNote,
  Undo2,
} from 'lucide-react'
import { useEffect } from 'react'
import { useFit } from '@/components/canvas/use-fit'
import { offerCommands, type PageCommand } from '@/components/frame/page-commands'
import { copilotPanel } from '@/lib/editor/copilot-address'
import { useAutosave, useEditor } from '@/lib/editor/editor-context'
import { shownName } from '@/lib/graph/block-title'
import { useAddNote } from './use-add-note'
import { useShowLeft } from './use-show-left'
import { useCanEdit, useSetStage } from './workflow-context'

const maxBlocksFound = 8

/** Puts what the editor can do, and every block by its name, into the command palette. */
export function useEditorCommands(): void {
  const editor = useEditor()
  const autosave = useAutosave()
  const canEdit = useCanEdit()
  const setStage = useSetStage()
  const showLeft = useShowLeft()
  const addNote = useAddNote()
  const { fitGraph } = useFit()
  useEffect(() => {
    const looking: PageCommand[] = [
      { id: 'outline', title: 'Show the outline', keys: 'O', icon: ListTree, run: () => showLeft('outline') },
      {
        id: 'publish',
        title: 'Deploy and webhooks',
        keys: '',
        icon: Rocket,
        run: () => editor.setView({ panel: 'publish' }),
      },
      {
        id: 'problems',
        title: 'Show the problems',
        keys: '',
        icon: CircleAlert,
        run: () => setStage({ dock: 'problems' }),
      },
      {
        id: 'fit',
        title: 'Fit the whole graph',
        keys: 'Shift 1',
        icon: Maximize,
        run: fitGraph,
      },
      {
        id: 'keys',
        title: 'Keyboard shortcuts of the editor',
        keys: '?',
        icon: Keyboard,
        run: () => setStage({ areShortcutsOpen: true }),
      },
    ]
    const editing: PageCommand[] = [
      { id: 'run', title: 'Run the workflow', keys: 'Ctrl Enter', icon: Play, run: () => setStage({ dock: 'run' }) },
      { id: 'blocks', title: 'Search for a block to add', keys: 'A', icon: PanelLeft, run: () => showLeft('blocks') },
      {
        id: 'copilot',
        title: 'Ask the copilot',
        keys: '',
        icon: Sparkles,
        run: () => editor.setView({ panel: copilotPanel }),
      },
      { id: 'note', title: 'Add a note', keys: 'N', icon: StickyNote, run: addNote },
      { id: 'undo', title: 'Undo', keys: 'Ctrl Z', icon: Undo2, run: () => void editor.undo() },
      { id: 'redo', title: 'Redo', keys: 'Ctrl Shift Z', icon: Redo2, run: () => void editor.redo() },
      { id: 'save', title: 'Save now', keys: 'Ctrl S', icon: Save, run: () => void autosave.flush() },
    ]
    const commands = canEdit ? [...editing, ...looking] : looking
    return offerCommands('This workflow', (text) => [
      ...commands.filter(({ title }) => title.toLowerCase().includes(text)),
      ...(text === '' ? [] : blocksCalled(text)),
    ])

    function blocksCalled(text: string): PageCommand[] {
      const { blocks } = editor.store.getState().graph.current
      // Also by what its line says.
      const wanted = text.replace(/^go to /, '')
      return blocks
        .map((block) => ({ id: block.id, name: shownName(block, editor.catalog) }))
        .filter(({ name }) => name.toLowerCase().includes(wanted))
        .slice(0, maxBlocksFound)
        .map(({ id, name }) => ({
          id: `block ${id}`,
          title: `Go to ${name}`,
          keys: '',
          icon: Box,
          run: () => editor.jumpTo(id),
        }))
    }
  }, [editor, autosave, canEdit, setStage, showLeft, addNote, fitGraph])
}
