'use client'

import { Sparkles } from 'lucide-react'
import { useCanEdit } from '@/components/editor/workflow-context'
import { Button } from '@/components/ui/button'
import { copilotPanel } from '@/lib/editor/copilot-address'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { useCopilot, useCopilotState } from './copilot-context'

/** Has the copilot explain the run that is painted on the canvas, when that failed. */
export function ExplainFailure() {
  const editor = useEditor()
  const copilot = useCopilot()
  const canEdit = useCanEdit()
  const isBusy = useCopilotState(({ turn }) => turn !== null)
  const executionId = useEditorState(({ live }) =>
    live.status === 'failed' || live.status === 'timed_out' ? live.executionId : null,
  )
  if (executionId === null || !canEdit) return null
  const explain = async () => {
    editor.setView({ panel: copilotPanel })
    await copilot.open()
    copilot.askAbout(executionId)
    // Without a model there is nobody to ask: the panel says so.
    if (copilot.store.getState().model !== null) await copilot.ask('Explain this failure, and how to mend it.')
  }
  return (
    <Button className="mb-3" disabled={isBusy} onClick={() => void explain()}>
      <Sparkles aria-hidden />
      Explain this failure
    </Button>
  )
}
