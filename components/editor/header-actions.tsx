'use client'

import { Rocket } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'

/** What else can be done with the workflow, left of Run: each opens a side panel (`editor.setView({ panel })`, its content
 *  in `side-panels.tsx`) or a dialog of its own. */
export function HeaderActions() {
  const editor = useEditor()
  const isOpen = useEditorState(({ view }) => view.panel === 'publish')
  return (
    <Button aria-expanded={isOpen} onClick={() => editor.setView({ panel: isOpen ? null : 'publish' })}>
      <Rocket aria-hidden />
      Deploy
    </Button>
  )
}
