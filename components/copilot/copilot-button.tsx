'use client'

import { Sparkles } from 'lucide-react'
import { useCanEdit } from '@/components/editor/workflow-context'
import { Button } from '@/components/ui/button'
import { copilotPanel } from '@/lib/editor/copilot-address'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'

/** Opens and closes the copilot's panel. */
export function CopilotButton() {
  const editor = useEditor()
  const canEdit = useCanEdit()
  const isOpen = useEditorState(({ view }) => view.panel === copilotPanel)
  if (!canEdit) return null
  return (
    <Button
      aria-expanded={isOpen}
      title="Copilot"
      className="max-xl:w-8 max-xl:px-0"
      onClick={() => editor.setView({ panel: isOpen ? null : copilotPanel })}
    >
      <Sparkles aria-hidden />
      <span className="sr-only xl:not-sr-only">Copilot</span>
    </Button>
  )
}
