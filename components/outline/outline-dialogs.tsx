'use client'

import { useState } from 'react'
import { BlockPicker } from '@/components/canvas/block-picker'
import { Connections } from '@/components/inspector/connections'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { dropBlock, dropOnEdge } from '@/lib/editor/canvas-actions'
import { drawGraph } from '@/lib/editor/draw-graph'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { freePlace } from '@/lib/editor/free-place'
import { removeItems } from '@/lib/graph/edit'

/** What the outline asks more about, and of which block. */
export interface OutlineDialog {
  kind: 'insert' | 'connections'
  blockId: string
}

/** The dialogs of the outline. `onMade` is told the id of a block that was added. */
export function OutlineDialogs(props: {
  dialog: OutlineDialog | null
  onClose: () => void
  onMade: (blockId: string) => void
}) {
  const { dialog, onClose, onMade } = props
  const graph = useEditorState((state) => state.graph.current)
  const block = dialog && drawGraph(graph).blocks.find(({ id }) => id === dialog.blockId)
  if (!dialog || !block) return null
  const isInserting = dialog.kind === 'insert'
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      returnFocus={() => document.querySelector<HTMLElement>('[data-outline] [tabindex="0"]')?.focus()}
      title={isInserting ? `Insert after ${block.name}` : `Connections of ${block.name}`}
    >
      {isInserting ? (
        <InsertAfter
          blockId={block.id}
          onDone={(blockId) => {
            onMade(blockId)
            onClose()
          }}
        />
      ) : (
        <AllConnections blockId={block.id} />
      )}
    </Dialog>
  )
}

/** Chooses a block and where it goes: between two blocks, or at the end of a way of its own. */
function InsertAfter({ blockId, onDone }: { blockId: string; onDone: (blockId: string) => void }) {
  const editor = useEditor()
  const graph = useEditorState((state) => state.graph.current)
  const [chosen, setChosen] = useState('')
  const drawing = drawGraph(graph)
  const source = drawing.blocks.find(({ id }) => id === blockId)
  const nameOf = new Map(drawing.blocks.map(({ id, name }) => [id, name]))
  const places = [
    ...drawing.edges
      .filter((edge) => edge.source === blockId)
      .map((edge) => ({ value: `edge ${edge.id}`, word: `Before ${nameOf.get(edge.target) ?? edge.target}` })),
    ...(source?.handles ?? [])
      .filter(({ kind }) => kind !== 'unknown')
      .map(({ id, label }) => ({
        value: `way ${id}`,
        word: label === '' ? 'As a new way' : `As a new way at ${label}`,
      })),
  ]
  const place = places.find(({ value }) => value === chosen)?.value ?? places[0]?.value ?? ''
  const insert = (type: string) => {
    const at = place.slice(place.indexOf(' ') + 1)
    const instead = source ? { x: source.x, y: source.y } : { x: 0, y: 0 }
    const made = place.startsWith('edge ')
      ? dropOnEdge(editor, { type, position: instead, edgeId: at })
      : dropBlock(editor, {
          type,
          position: freePlace(editor, { beside: blockId, instead }),
          from: { blockId, handle: at },
        })
    if (made !== null) onDone(made)
  }
  return (
    <div className="mt-4">
      {places.length > 1 && (
        <label className="mb-3 block text-[13px] font-medium">
          Where
          <select
            value={place}
            onChange={(event) => setChosen(event.target.value)}
            className="mt-1.5 h-8 w-full rounded-md border border-input bg-background px-2 text-[13px] font-normal focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring"
          >
            {places.map(({ value, word }) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="rounded-md border border-border [&>div]:w-full">
        <BlockPicker isOffered={({ capabilities }) => !capabilities.trigger} onPick={insert} />
      </div>
    </div>
  )
}

/** Everything that leads to a block and from it, to be taken away or added to. */
function AllConnections({ blockId }: { blockId: string }) {
  const editor = useEditor()
  const graph = useEditorState((state) => state.graph.current)
  const block = graph.blocks.find(({ id }) => id === blockId)
  const definition = block && editor.catalog.get(block.type)
  if (!definition) return null
  const arriving = drawGraph(graph).edges.filter(({ target }) => target === blockId)
  return (
    <div className="mt-4 space-y-4">
      <section aria-label="Reached from">
        <h2 className="text-[13px] font-medium">Reached from</h2>
        <ul className="mt-1.5 flex flex-col gap-1 text-[13px]">
          {arriving.map(({ id, label }) => (
            <li key={id} className="flex h-7 items-center justify-between gap-2">
              <span className="min-w-0 truncate">{label}</span>
              <Button
                variant="quiet"
                className="h-7"
                aria-label={`Remove: ${label}`}
                onClick={() =>
                  editor.edit((now) => removeItems(now, { blockIds: [], edgeIds: [id] }), { label: 'Disconnect' })
                }
              >
                Remove
              </Button>
            </li>
          ))}
          {arriving.length === 0 && <li className="text-xs text-muted-foreground">Nothing leads here.</li>}
        </ul>
      </section>
      <Connections block={block} definition={definition} />
    </div>
  )
}
