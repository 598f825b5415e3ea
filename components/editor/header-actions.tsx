'use client'

import { Rocket } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { usePublished } from './workflow-context'

/** What else can be done with the workflow, left of Run: each opens a side panel (`editor.setView({ panel })`, its content
 *  in `side-panels.tsx`) or a dialog of its own. */
export function HeaderActions() {
  const editor = useEditor()
  const isOpen = useEditorState(({ view }) => view.panel === 'publish')
  return (
    <>
      <Unpublished />
      <Button aria-expanded={isOpen} onClick={() => editor.setView({ panel: isOpen ? null : 'publish' })}>
        <Rocket aria-hidden />
        Deploy
      </Button>
    </>
  )
}

/** How far the draft is ahead of what the world runs. */
function Unpublished() {
  const editor = useEditor()
  const count = usePublished(({ changes }) => changes?.length ?? 0)
  if (count === 0) return null
  const what = count === 1 ? 'change' : 'changes'
  return (
    <Button
      variant="quiet"
      aria-label={`${count} unpublished ${what}`}
      className="px-2 text-warning hover:text-warning"
      onClick={() => editor.setView({ panel: 'publish' })}
    >
      {count} unpublished <span className="hidden xl:inline">{what}</span>
    </Button>
  )
}
