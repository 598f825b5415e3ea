'use client'

import { useEffect, useRef } from 'react'
import { useSetStage } from '@/components/editor/workflow-context'
import { rename } from '@/lib/editor/canvas-actions'
import { useEditor } from '@/lib/editor/editor-context'
import { maxNameChars } from '@/lib/limits'

/** The name on a card, being typed. Enter and leaving keep it, Escape does not. */
export function RenameBlock({ blockId, name }: { blockId: string; name: string }) {
  const editor = useEditor()
  const setStage = useSetStage()
  const input = useRef<HTMLInputElement>(null)
  const isDone = useRef(false)
  useEffect(() => {
    input.current?.select()
  }, [])
  const end = (isKept: boolean) => {
    if (isDone.current) return
    isDone.current = true
    const next = input.current?.value.trim() ?? ''
    if (isKept && next !== '' && next !== name) rename(editor, blockId, next)
    setStage({ renamingId: null })
    // The focus goes back to the block, so that the keyboard stays where it was.
    document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(blockId)}"]`)?.focus()
  }
  return (
    <input
      ref={input}
      aria-label="Name of the block"
      defaultValue={name}
      maxLength={maxNameChars}
      onBlur={() => end(true)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') end(true)
        if (event.key === 'Escape') end(false)
      }}
      className="nodrag nopan h-5 min-w-0 flex-1 rounded-sm border border-ring bg-background px-1 text-[13px] font-semibold outline-none"
    />
  )
}
