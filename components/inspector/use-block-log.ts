'use client'

import { useEffect, useState } from 'react'
import type { BlockLog } from '@/lib/contract/execution'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { loadExecution } from '@/lib/editor/graph-client'

/** The block's log of the painted execution, read once it has ended. */
export function useBlockLog(blockId: string): BlockLog | null {
  const { workflowId } = useEditor()
  const executionId = useEditorState(({ live }) => live.executionId)
  const isOver = useEditorState(({ live }) => !['idle', 'starting', 'running', 'queued'].includes(live.status))
  const [read, setRead] = useState<{ executionId: string; logs: readonly BlockLog[] } | null>(null)
  useEffect(() => {
    if (executionId === null || !isOver) return
    const visit = { isOver: false }
    loadExecution(workflowId, executionId).then(
      ({ logs }) => visit.isOver || setRead({ executionId, logs }),
      // Without logs the output is still there, from the stream.
      () => undefined,
    )
    return () => void (visit.isOver = true)
  }, [workflowId, executionId, isOver])
  if (!read || read.executionId !== executionId) return null
  return read.logs.find((log) => log.block_id === blockId) ?? null
}
