'use client'

import { useState } from 'react'
import { useFactsActions, useSetStage } from '@/components/editor/workflow-context'
import { toast } from '@/components/ui/notify'
import { ApiError, messageOf } from '@/lib/editor/api-client'
import { useAutosave, useEditor } from '@/lib/editor/editor-context'
import { switchWorkflow, type WorkflowSwitch } from '@/lib/editor/publish'

/** Deploys, undeploys, arms and disarms. Edits that are not saved yet are saved first. `publish` resolves to true when it
 *  was done; otherwise the reason has been told. */
export function usePublish(): { isBusy: boolean; publish: (what: WorkflowSwitch) => Promise<boolean> } {
  const { workflowId } = useEditor()
  const autosave = useAutosave()
  const { reload } = useFactsActions()
  const setStage = useSetStage()
  const [isBusy, setIsBusy] = useState(false)

  async function publish(what: WorkflowSwitch): Promise<boolean> {
    setIsBusy(true)
    try {
      if ((await autosave.flush()).state !== 'saved') {
        toast.error('The newest edits could not be saved, so nothing was changed')
        return false
      }
      await switchWorkflow(workflowId, what)
      await reload()
      // What was drawn on the canvas is the difference to a version that is live no more.
      setStage({ comparedWith: null })
      return true
    } catch (error) {
      toast.error(messageOf(error))
      if (error instanceof ApiError && error.code === 'GRAPH_INVALID') setStage({ dock: 'problems' })
      return false
    } finally {
      setIsBusy(false)
    }
  }

  return { isBusy, publish }
}
