'use client'

import { X } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { categoryColours } from '@/components/canvas/block-card'
import { BlockIcon } from '@/components/canvas/block-icon'
import { useCanEdit } from '@/components/editor/workflow-context'
import { Button } from '@/components/ui/button'
import { Tabs } from '@/components/ui/tabs'
import type { BlockDefinition } from '@/lib/blocks/contract'
import type { Block } from '@/lib/contract/graph'
import { rename } from '@/lib/editor/canvas-actions'
import { configFields, isShown, type ConfigField } from '@/lib/editor/config-fields'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { useBlock } from '@/lib/editor/use-editor'
import { maxNameChars } from '@/lib/limits'
import { BlockDataView } from './block-data-view'
import { Connections } from './connections'
import { FieldRow, fieldElementId } from './field-row'
import { takeBack } from './take-back'
import { Mappings } from './mappings'

/** The settings of one block, drawn from its type's schema, and what it took in and gave in the last run. Whoever looked
 *  at data last (`lastTab`) goes on with that, from block to block, where there is some. */
export function Inspector(props: { blockId: string; lastTab: string; onTab: (tab: string) => void }) {
  const { blockId, lastTab, onTab } = props
  const editor = useEditor()
  const [begin] = useState(() => (editor.store.getState().live.blocks.has(blockId) ? lastTab : 'settings'))
  const block = useBlock(blockId)
  const definition = block && editor.catalog.get(block.type)
  const jumps = useFieldJumps(blockId)
  if (!definition) return null
  return (
    <InspectorFrame>
      <Head block={block} definition={definition} />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pt-1 pb-6">
        <Tabs
          // Where somebody jumps to is among the settings, whatever is open.
          key={jumps}
          label="What is shown of the block"
          begin={jumps > 0 ? 'settings' : begin}
          onChoose={onTab}
          tabs={[
            { id: 'settings', title: 'Settings', content: <Settings block={block} definition={definition} /> },
            { id: 'data', title: 'Data', content: <BlockDataView blockId={blockId} /> },
          ]}
        />
      </div>
    </InspectorFrame>
  )
}

/** The place of the settings, empty until they are drawn. */
export function InspectorFrame({ children }: { children?: ReactNode }) {
  return (
    <aside aria-label="Settings of the block" className="flex w-84 shrink-0 flex-col border-l border-border bg-card">
      {children}
    </aside>
  )
}

function Head({ block, definition }: { block: Block; definition: BlockDefinition }) {
  const editor = useEditor()
  const canEdit = useCanEdit()
  const { icon, category, title, description } = definition
  const keep = (typed: string) => {
    if (typed.trim() !== block.name) rename(editor, block.id, typed.trim())
  }
  return (
    <div className="flex items-start gap-2.5 px-4 pt-4 pb-2">
      <span
        className={`grid size-8 shrink-0 place-items-center rounded-md ${categoryColours[category]}`}
        title={description}
      >
        <BlockIcon name={icon} className="size-4" />
      </span>
      <div className="min-w-0 flex-1">
        <input
          key={block.name}
          aria-label="Name"
          defaultValue={block.name}
          placeholder={title}
          maxLength={maxNameChars}
          readOnly={!canEdit}
          onBlur={(event) => keep(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur()
          }}
          title={block.name}
          className="-mx-1.5 h-6 w-full text-ellipsis rounded-sm border border-transparent px-1.5 text-sm font-semibold hover:border-border focus:border-ring focus:outline-none"
        />
        <p className="text-xs text-muted-foreground">{title}</p>
      </div>
      <Button variant="quiet" aria-label="Close" className="-mt-1 -mr-2 w-8 px-0" onClick={() => editor.select({})}>
        <X aria-hidden />
      </Button>
    </div>
  )
}

function Settings({ block, definition }: { block: Block; definition: BlockDefinition }) {
  const editor = useEditor()
  const shown = configFields(definition).filter((field) => isShown(field, block.config))
  const rowsOf = (fields: readonly ConfigField[]) =>
    fields.map((field) => <FieldRow key={field.key} block={block} definition={definition} field={field} />)
  const common = shown.filter(({ isCommon }) => isCommon)
  return (
    <div className="flex flex-col gap-4" onKeyDown={(event) => takeBack(event, editor)}>
      {rowsOf(shown.filter(({ isCommon }) => !isCommon))}
      {definition.capabilities.trigger === undefined && (
        <details className="border-t border-border pt-3">
          <summary className="cursor-pointer rounded-sm text-[13px] font-medium focus-visible:outline-2 focus-visible:outline-ring">
            When it fails or takes long
          </summary>
          <div className="mt-3 flex flex-col gap-4">{rowsOf(common)}</div>
        </details>
      )}
      <Mappings key={`${block.id} mappings`} block={block} definition={definition} />
      <Connections block={block} definition={definition} />
    </div>
  )
}

/** Focuses the field somebody jumped to: from a problem. Counts the jumps. */
function useFieldJumps(blockId: string): number {
  const focus = useEditorState(({ view }) => view.focus)
  useEffect(() => {
    if (focus?.blockId !== blockId || focus.path === null) return
    const [, key = '', row = ''] = focus.path.split('.')
    const id = fieldElementId(blockId, key)
    const field = document.getElementById(`${id}-${row}`) ?? document.getElementById(id)
    field?.closest('details')?.setAttribute('open', '')
    field?.focus()
    field?.scrollIntoView({ block: 'center' })
  }, [focus, blockId])
  return focus?.blockId === blockId && focus.path !== null ? focus.count : 0
}
