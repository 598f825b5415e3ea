'use client'

import { useState } from 'react'
import { useFacts } from '@/components/editor/workflow-context'
import { useWatching } from '@/components/editor/use-watching'
import { toast } from '@/components/ui/notify'
import type { JsonObject } from '@/lib/contract/json'
import { messageOf } from '@/lib/editor/api-client'
import { useAutosave, useEditor } from '@/lib/editor/editor-context'
import { rerunExecution, runBlockAlone } from '@/lib/editor/execution-client'
import { watchExecution } from '@/lib/editor/run'

/** Runs a part of the graph as it stands: edits are saved first, pins hold, and blocks before that part have the data of
 *  the execution on the canvas. The new execution takes its place there. */
export function useTestRuns(blockId: string) {
  const editor = useEditor()
  const autosave = useAutosave()
  const signal = useWatching()
  const pins = useFacts((facts) => facts.pins)
  const [isStarting, setIsStarting] = useState(false)
  const start = async (ask: (executionId: string | null) => Promise<string>) => {
    setIsStarting(true)
    try {
      if ((await autosave.flush()).state !== 'saved')
        return toast.error('The newest edits could not be saved, so nothing was started.')
      const executionId = await ask(editor.store.getState().live.executionId)
      setIsStarting(false)
      await watchExecution(editor, executionId, { signal })
    } catch (error) {
      if (!signal.aborted) toast.error(messageOf(error))
    } finally {
      setIsStarting(false)
    }
  }
  return {
    isStarting,
    /** Runs the block and all after it. Without an execution on the canvas there is nothing to begin from. */
    runFrom: () =>
      start((executionId) =>
        rerunExecution(editor.workflowId, executionId ?? '', { from_block: blockId, version: 'newest', pins: true }),
      ),
    /** Runs the block and nothing else; `input` is laid over its settings. */
    runAlone: (input?: JsonObject) => {
      const { [blockId]: _own, ...data } = pins
      return start((executionId) =>
        runBlockAlone(editor.workflowId, blockId, {
          data,
          ...(executionId !== null && { execution_id: executionId }),
          ...(input && { input }),
        }),
      )
    },
  }
}
