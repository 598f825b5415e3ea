'use client'

import { DataView, largeValueHref } from '@/components/executions/data-view'
import { useCanEdit } from '@/components/editor/workflow-context'
import { formatDuration } from '@/components/ui/duration'
import type { BlockLog } from '@/lib/contract/execution'
import type { Json } from '@/lib/contract/json'
import { useEditorState } from '@/lib/editor/editor-context'
import type { LiveBlock } from '@/lib/editor/editor-state'
import { blockIndex } from '@/lib/editor/graph-index'
import { useLiveBlock } from '@/lib/editor/use-editor'
import { referenceRoot } from '@/lib/graph/names'
import { PinPart } from './pin-part'
import { TestRunPart } from './test-run-part'
import { useBlockLog } from './use-block-log'

/** What a block took in and gave in the execution on the canvas; pinning that, and trying the block. */
export function BlockDataView({ blockId }: { blockId: string }) {
  const canEdit = useCanEdit()
  const live = useLiveBlock(blockId)
  const log = useBlockLog(blockId)
  const root = useReferenceRoot(blockId)
  const output = live ? (live.data ?? (live.text === '' ? null : live.text)) : null
  const pinnable = live?.status === 'success' && live.data && largeValueHref(live.data) === null ? live.data : null
  return (
    <div className="flex flex-col gap-4">
      {canEdit && <TestRunPart blockId={blockId} input={log?.input ?? null} />}
      <PinPart blockId={blockId} output={pinnable} />
      {live ? (
        <Outcome live={live} log={log} />
      ) : (
        <p className="text-[13px] text-muted-foreground">
          No data yet. Run the workflow, or choose one of its executions below: what this block took in and what it gave
          is shown here.
        </p>
      )}
      {output !== null && <Value title="Output" value={output} root={root} />}
      {log && live?.status !== 'skipped' && <Value title="Input" value={log.input} root={null} />}
      {log?.warnings.map((warning) => (
        <p key={warning} className="text-xs text-warning">
          {warning}
        </p>
      ))}
    </div>
  )
}

function Outcome({ live, log }: { live: LiveBlock; log: BlockLog | null }) {
  return (
    <>
      {live.durationMs !== null && (
        <p className="text-xs text-muted-foreground">
          Took {formatDuration(live.durationMs)}
          {log && log.attempts > 1 ? `, ${log.attempts} attempts` : ''}
        </p>
      )}
      {live.error !== null && (
        <p
          className={`text-[13px] break-words ${live.status === 'cancelled' ? 'text-muted-foreground' : 'text-danger'}`}
        >
          {live.error}
        </p>
      )}
      {live.skipReason !== null && <p className="text-[13px] text-muted-foreground">Skipped: {live.skipReason}</p>}
    </>
  )
}

function Value({ title, value, root }: { title: string; value: Json; root: string | null }) {
  return (
    <div role="group" aria-label={title} className="text-[13px]">
      <h2 className="mb-1 font-medium">{title}</h2>
      <DataView label={title} value={value} root={root} />
    </div>
  )
}

/** What other blocks refer to this one by. */
function useReferenceRoot(blockId: string): string | null {
  return useEditorState(({ graph }) => {
    const block = blockIndex(graph.current).get(blockId)
    return block ? referenceRoot(graph.current.blocks, block) : null
  })
}
