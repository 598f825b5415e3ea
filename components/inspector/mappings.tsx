'use client'

import { Plus, X } from 'lucide-react'
import { useCanEdit, useProblems } from '@/components/editor/workflow-context'
import { Button } from '@/components/ui/button'
import type { BlockDefinition } from '@/lib/blocks/contract'
import type { Block, GraphIssue } from '@/lib/contract/graph'
import { isJsonObject, type Json, type JsonObject } from '@/lib/contract/json'
import { configFields } from '@/lib/editor/config-fields'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { blocksBefore } from '@/lib/editor/reference-choices'
import { shownName } from '@/lib/graph/block-title'
import { setConfigField } from '@/lib/graph/edit'
import { mappingsField } from '@/lib/graph/input-mappings'
import { fieldElementId } from './field-row'

const controlClass =
  'h-8 min-w-0 rounded-md border border-input bg-background px-1.5 text-[13px] focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring aria-invalid:border-warning'
const none: readonly GraphIssue[] = []

/** Fields that are filled from other blocks' data while they are empty. */
export function Mappings({ block, definition }: { block: Block; definition: BlockDefinition }) {
  const editor = useEditor()
  const canEdit = useCanEdit()
  const graph = useEditorState((state) => state.graph.current)
  const issues = useProblems(({ byBlock }) => byBlock.get(block.id) ?? none)
  const saved = block.config[mappingsField]
  const rows: readonly Json[] = Array.isArray(saved) ? saved : []
  const targets = configFields(definition).filter(({ key }) => !definition.boundFields.includes(key))
  const sources = blocksBefore(graph, block.id).map((one) => ({
    id: one.id,
    name: shownName(one, editor.catalog),
  }))
  if (targets.length === 0 || (!canEdit && rows.length === 0)) return null
  const write = (next: readonly Json[], coalesce?: string) =>
    void editor.edit(
      (now) =>
        setConfigField(now, {
          blockId: block.id,
          path: [mappingsField],
          value: next.length === 0 ? undefined : [...next],
        }),
      { label: 'Edit the mappings', coalesce },
    )
  const change = (index: number, cell: JsonObject) =>
    write(
      rows.map((row, at) => (at === index ? { ...(isJsonObject(row) && row), ...cell } : row)),
      `mapping ${block.id} ${index}`,
    )
  const issueAt = (index: number) => issues.find(({ path }) => path.startsWith(`config.${mappingsField}.${index}.`))
  const addedId = fieldElementId(block.id, mappingsField)
  return (
    <details open={rows.length > 0} className="border-t border-border pt-3">
      <summary className="cursor-pointer rounded-sm text-[13px] font-medium focus-visible:outline-2 focus-visible:outline-ring">
        Filled from other blocks
      </summary>
      <p className="mt-1 text-xs text-muted-foreground">A field that is empty takes its value from here.</p>
      <ul className="mt-2 flex flex-col gap-2.5">
        {rows.map((row, index) => (
          <li key={index}>
            <MappingRow
              row={isJsonObject(row) ? row : {}}
              id={index === 0 ? addedId : undefined}
              {...{ number: index + 1, targets, sources, canEdit, isInvalid: issueAt(index) !== undefined }}
              onChange={(cell) => change(index, cell)}
              onRemove={() => write(rows.filter((_row, at) => at !== index))}
              onLeave={() => editor.endGesture()}
            />
            {issueAt(index) && <p className="mt-1 text-xs text-warning">{issueAt(index)?.message}</p>}
          </li>
        ))}
      </ul>
      {canEdit && (
        <Button
          id={rows.length === 0 ? addedId : undefined}
          className="mt-2"
          disabled={sources.length === 0}
          title={sources.length === 0 ? 'Connect a block before this one first' : undefined}
          onClick={() =>
            write([
              ...rows,
              { sourceId: sources[0]?.id ?? '', outputField: 'output', targetField: targets[0]?.key ?? '' },
            ])
          }
        >
          <Plus aria-hidden />
          Add a mapping
        </Button>
      )}
    </details>
  )
}

function MappingRow(props: {
  row: JsonObject
  id: string | undefined
  number: number
  targets: readonly { key: string; title: string }[]
  sources: readonly { id: string; name: string }[]
  canEdit: boolean
  isInvalid: boolean
  onChange: (cell: JsonObject) => void
  onRemove: () => void
  onLeave: () => void
}) {
  const { row, id, number, targets, sources, canEdit, isInvalid, onChange, onRemove, onLeave } = props
  const textAt = (key: string) => (typeof row[key] === 'string' ? row[key] : '')
  const [source, target] = [textAt('sourceId'), textAt('targetField')]
  return (
    <div role="group" aria-label={`Mapping ${number}`} className="grid grid-cols-[1fr_1fr_1.75rem] gap-1">
      <select
        id={id}
        aria-label="From block"
        value={source}
        disabled={!canEdit}
        aria-invalid={isInvalid}
        onChange={(event) => onChange({ sourceId: event.target.value })}
        className={controlClass}
      >
        {!sources.some((one) => one.id === source) && <option value={source}>{source || 'Choose a block'}</option>}
        {sources.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
      <input
        aria-label="Path in its data"
        placeholder="output"
        value={textAt('outputField')}
        readOnly={!canEdit}
        spellCheck={false}
        onChange={(event) => onChange({ outputField: event.target.value })}
        onBlur={onLeave}
        className={`${controlClass} font-mono text-xs`}
      />
      {canEdit ? (
        <Button variant="quiet" className="w-7 px-0" aria-label={`Remove mapping ${number}`} onClick={onRemove}>
          <X aria-hidden />
        </Button>
      ) : (
        <span />
      )}
      <label className="col-span-2 flex items-center gap-2 text-xs text-muted-foreground">
        fills
        <select
          aria-label="Field it fills"
          value={target}
          disabled={!canEdit}
          onChange={(event) => onChange({ targetField: event.target.value })}
          className={`flex-1 text-foreground ${controlClass}`}
        >
          {!targets.some(({ key }) => key === target) && <option value={target}>{target || 'Choose a field'}</option>}
          {targets.map(({ key, title }) => (
            <option key={key} value={key}>
              {title}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
