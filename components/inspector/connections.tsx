'use client'

import { ArrowRight, X } from 'lucide-react'
import { memo, useState } from 'react'
import { useCanEdit } from '@/components/editor/workflow-context'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/notify'
import type { BlockDefinition } from '@/lib/blocks/contract'
import type { Block } from '@/lib/contract/graph'
import { connect } from '@/lib/editor/canvas-actions'
import { drawnHandles, leavesFrom } from '@/lib/editor/drawn-handles'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { blockIndex } from '@/lib/editor/graph-index'
import { useLeavingEdges } from '@/lib/editor/use-editor'
import { shownName } from '@/lib/graph/block-title'
import { connectableBlocks } from '@/lib/graph/connect'
import { removeItems } from '@/lib/graph/edit'

const selectClass =
  'h-8 min-w-0 rounded-md border border-input bg-background px-1.5 text-[13px] focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring'

/** Where a block leads, and leading it elsewhere, without drawing. */
export function Connections({ block, definition }: { block: Block; definition: BlockDefinition }) {
  const editor = useEditor()
  const canEdit = useCanEdit()
  const leaving = useLeavingEdges(block.id)
  const graph = useEditorState((state) => state.graph.current)
  const handles = drawnHandles(definition, block.config, leaving).filter(({ kind }) => kind !== 'unknown')
  const [handle, setHandle] = useState('')
  const [chosen, setChosen] = useState('')
  const from = handles.find(({ id }) => id === handle)?.id ?? handles[0]?.id ?? 'output'
  const nameOf = (one: Block) => shownName(one, editor.catalog)
  const targets = connectableBlocks(graph, { source: block.id, sourceHandle: from }, editor.catalog)
  const target = targets.find(({ id }) => id === chosen)?.id ?? ''
  // With a button of its own: a list that is gone through by keyboard changes with every key.
  const lead = () => {
    const refusal = connect(editor, { source: block.id, target, sourceHandle: from })
    if (refusal) toast.error(refusal.message)
    setChosen('')
  }
  return (
    <section aria-label="Connections" className="border-t border-border pt-3">
      <h2 className="text-[13px] font-medium">Leads to</h2>
      <ul className="mt-1.5 flex flex-col gap-1">
        {leaving.map((edge) => {
          const target = blockIndex(graph).get(edge.target)
          const way = handles.find(({ id }) => id === leavesFrom(edge, definition, block.config))?.label ?? ''
          const name = target ? nameOf(target) : edge.target
          return (
            <li key={edge.id} className="flex h-7 items-center gap-2 text-[13px]">
              <ArrowRight aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
              {way !== '' && <span className="shrink-0 text-xs text-muted-foreground">{way}</span>}
              <span className="min-w-0 flex-1 truncate">{name}</span>
              {canEdit && (
                <Button
                  variant="quiet"
                  className="h-7 w-7 px-0"
                  aria-label={`Remove the connection to ${name}`}
                  onClick={() =>
                    editor.edit((now) => removeItems(now, { blockIds: [], edgeIds: [edge.id] }), {
                      label: 'Disconnect',
                    })
                  }
                >
                  <X aria-hidden />
                </Button>
              )}
            </li>
          )
        })}
        {leaving.length === 0 && <li className="text-xs text-muted-foreground">Nothing yet.</li>}
      </ul>
      {canEdit && (
        <div className="mt-2 flex gap-1.5">
          {handles.length > 1 && (
            <select
              aria-label="From"
              value={from}
              onChange={(event) => setHandle(event.target.value)}
              className={selectClass}
            >
              {handles.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label || id}
                </option>
              ))}
            </select>
          )}
          <select
            aria-label="Connect to"
            value={target}
            disabled={targets.length === 0}
            onChange={(event) => setChosen(event.target.value)}
            className={`flex-1 ${selectClass}`}
          >
            <option value="">{targets.length === 0 ? 'No block left' : 'Connect to…'}</option>
            <TargetOptions targets={targets.map((one) => ({ id: one.id, name: nameOf(one) }))} />
          </select>
          {/* Focusable while there is nothing to do, so that the keyboard stays here after it did something. */}
          <Button aria-disabled={target === ''} onClick={() => target !== '' && lead()}>
            Connect
          </Button>
        </div>
      )}
    </section>
  )
}

interface Target {
  id: string
  name: string
}

/** Drawn anew only when a target changed: there may be a thousand, and this block's fields are being typed in. */
const TargetOptions = memo(
  function TargetOptions({ targets }: { targets: readonly Target[] }) {
    return targets.map(({ id, name }) => (
      <option key={id} value={id}>
        {name}
      </option>
    ))
  },
  ({ targets: before }, { targets: now }) =>
    before.length === now.length &&
    before.every(({ id, name }, index) => id === now[index]?.id && name === now[index].name),
)
