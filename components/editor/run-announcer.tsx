'use client'

import { useEffect, useState } from 'react'
import type { Editor } from '@/lib/editor/editor'
import { useEditor } from '@/lib/editor/editor-context'
import type { EditorState, LiveBlock } from '@/lib/editor/editor-state'
import { blockIndex } from '@/lib/editor/graph-index'

const restMs = 500
const maxNames = 5

const words: Record<LiveBlock['status'], string | null> = {
  running: null,
  success: 'done',
  error: 'failed',
  cancelled: 'cancelled',
  skipped: null,
}

/** Reads out how blocks fare while a run goes on, several in one breath. */
export function RunAnnouncer() {
  const editor = useEditor()
  const [said, setSaid] = useState('')
  useEffect(() => watchSettled(editor, setSaid), [editor])
  return (
    <p role="log" aria-label="Run events" className="sr-only">
      {said}
    </p>
  )
}

function watchSettled(editor: Editor, say: (text: string) => void): () => void {
  let settled: string[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    timer = undefined
    const shown = settled.slice(0, maxNames)
    const more = settled.length - shown.length
    say([...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(', '))
    settled = []
  }
  const leave = editor.store.subscribe((state, before) => {
    if (state.live.blocks === before.live.blocks) return
    settled.push(...newlySettled(state, before))
    if (settled.length > 0) timer ??= setTimeout(flush, restMs)
  })
  return () => {
    leave()
    clearTimeout(timer)
  }
}

function newlySettled({ graph, live }: EditorState, before: EditorState): string[] {
  const names = blockIndex(graph.current)
  return [...live.blocks].flatMap(([id, block]) => {
    const word = words[block.status]
    if (word === null || before.live.blocks.get(id)?.status === block.status) return []
    const name = names.get(id)?.name.trim()
    return name ? [`${name} ${word}`] : []
  })
}
