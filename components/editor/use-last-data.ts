'use client'

import { useEffect, useRef } from 'react'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { recallLastData } from '@/lib/editor/recall-data'

/** Reads what blocks gave in the last execution, once, when somebody first looks into a block, or at calls to paste,
 *  of a page that has seen none run. */
export function useLastData(isWanted: boolean): void {
  const editor = useEditor()
  const hasAsked = useRef(false)
  const isUnknown = useEditorState(({ live }) => live.lastData.size === 0)
  useEffect(() => {
    if (!isWanted || !isUnknown || hasAsked.current) return
    hasAsked.current = true
    // Without it pickers show no values: nothing a person has to be told of.
    recallLastData(editor).catch(() => undefined)
  }, [editor, isWanted, isUnknown])
}
