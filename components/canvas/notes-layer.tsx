'use client'

import { ViewportPortal } from '@xyflow/react'
import { useEffect } from 'react'
import { useCanEdit } from '@/components/editor/workflow-context'
import { toast } from '@/components/ui/notify'
import { messageOf } from '@/lib/editor/api-client'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { readFacts } from '@/lib/editor/open-workflow'
import { watchNotes } from '@/lib/editor/save-notes'
import { updateWorkflow } from '@/lib/editor/workflow-client'
import { NoteCard } from './note-card'

/** The notes on the canvas, behind the blocks, saved by themselves. */
export function NotesLayer() {
  useSaving()
  const notes = useEditorState(({ graph }) => graph.notes)
  return (
    <ViewportPortal>
      <div className="canvas-notes">
        {notes.map((note) => (
          <NoteCard key={note.id} note={note} />
        ))}
      </div>
    </ViewportPortal>
  )
}

function useSaving(): void {
  const editor = useEditor()
  const canEdit = useCanEdit()
  useEffect(() => {
    if (!canEdit) return
    const { workflowId } = editor
    return watchNotes(
      editor,
      {
        load: async () => (await readFacts(workflowId)).notes,
        save: (notes) => updateWorkflow(workflowId, { notes: [...notes] }),
      },
      (error) => toast.error(`The notes are not saved yet. ${messageOf(error)}`),
    )
  }, [editor, canEdit])
}
