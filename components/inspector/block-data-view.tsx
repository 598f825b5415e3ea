'use client'

import { useEffect, useState } from 'react'
import { CopyButton } from '@/components/ui/copy-button'
import { formatDuration } from '@/components/ui/duration'
import type { BlockLog } from '@/lib/contract/execution'
import type { Json } from '@/lib/contract/json'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { loadExecution } from '@/lib/editor/graph-client'
import { useLiveBlock } from '@/lib/editor/use-editor'

/** What a block took in and gave in the execution on the canvas. */
export function BlockDataView({ blockId }: { blockId: string }) {
  const live = useLiveBlock(blockId)
  const log = useLog(blockId)
  if (!live)
    return (
      <p className="text-[13px] text-muted-foreground">
        No data yet. Run the workflow: what this block took in and what it gave is shown here.
      </p>
    )
  const output = live.data ?? (live.text === '' ? null : live.text)
  return (
    <div className="flex flex-col gap-4">
      {live.durationMs !== null && (
        <p className="text-xs text-muted-foreground">
          Took {formatDuration(live.durationMs)}
          {log && log.attempts > 1 ? `, ${log.attempts} attempts` : ''}
        </p>
      )}
      {live.error !== null && <p className="text-[13px] break-words text-danger">{live.error}</p>}
      {live.skipReason !== null && <p className="text-[13px] text-muted-foreground">Skipped: {live.skipReason}</p>}
      {log && live.status !== 'skipped' && <JsonBlock title="Input" value={log.input} />}
      {output !== null && <JsonBlock title="Output" value={output} />}
      {log?.warnings.map((warning) => (
        <p key={warning} className="text-xs text-warning">
          {warning}
        </p>
      ))}
    </div>
  )
}

/** More than this is cut: a browser draws a megabyte of text slowly. Copying takes all of it. */
const maxCharsShown = 20_000

/** A value as JSON text. */
export function JsonBlock({ title, value }: { title: string; value: Json }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return (
    <div role="group" aria-label={title}>
      <div className="mb-1 flex items-center justify-between">
        <h2 className="text-[13px] font-medium">{title}</h2>
        <CopyButton text={text} label="Copy" />
      </div>
      <pre
        tabIndex={0}
        className="max-h-72 overflow-auto rounded-md border border-border bg-background p-2.5 font-mono text-xs break-words whitespace-pre-wrap focus-visible:outline-2 focus-visible:outline-ring"
      >
        {text.length > maxCharsShown ? `${text.slice(0, maxCharsShown)}\n…` : text}
      </pre>
    </div>
  )
}

/** The block's log of the painted execution, read once it has ended. */
function useLog(blockId: string): BlockLog | null {
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
