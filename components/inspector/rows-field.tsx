'use client'

import { ArrowUp, Plus, X } from 'lucide-react'
import { useCanEdit } from '@/components/editor/workflow-context'
import { Button } from '@/components/ui/button'
import type { BlockDefinition } from '@/lib/blocks/contract'
import { isJsonObject, type Json, type JsonObject } from '@/lib/contract/json'
import { useEditor } from '@/lib/editor/editor-context'
import { setConfigField, setRoutes } from '@/lib/graph/edit'
import { type ConfigPath } from '@/lib/graph/edit/config-path'
import { BranchVerdict } from './branch-verdict'
import { useVerdicts } from './use-verdicts'
import type { ControlProps } from './use-write-field'
import { TemplateField, textOfValue } from './template-field'

/** Rows of one text each: the branches of a condition. A row that is moved or removed takes the edges of its handle along. */
export function RowsField({ id, block, definition, field }: ControlProps) {
  const editor = useEditor()
  const canEdit = useCanEdit()
  const saved = block.config[field.key]
  const rows = Array.isArray(saved) ? saved : []
  const path = pathInRow(field.rowKeys ?? [], field.columns ?? [])
  const handles = definition.outputs(block.config)
  const verdicts = useVerdicts(block, definition, field.key)
  const verdictAt = (index: number) => verdicts.get(handles[index]?.id ?? '')
  const write = (index: number, text: string) => {
    const at: ConfigPath = [field.key, index, ...path]
    const edit = { blockId: block.id, path: at, value: text }
    editor.edit((graph) => setConfigField(graph, edit), {
      label: `Edit ${field.title}`,
      coalesce: `config ${block.id} ${at.join('.')}`,
    })
  }
  /** `order` names the rows that stay by where they stood. */
  const arrange = (order: readonly number[], label: string) => {
    const next = order.map((index) => rows[index] ?? {})
    const config: JsonObject = { ...block.config, [field.key]: next }
    const routes = routesAfter(definition, { before: block.config, config, order, count: rows.length })
    editor.edit((graph) => setRoutes(graph, { blockId: block.id, config, routes }), { label })
  }
  const places = rows.map((_row, index) => index)
  return (
    <ol className="flex flex-col gap-1.5">
      {rows.map((row, index) => (
        <li key={index} className="flex items-start gap-1">
          <span className="mt-2 w-11 shrink-0 text-[11px] font-medium text-muted-foreground">
            {handles[index]?.id.replaceAll('_', ' ') ?? index + 1}
          </span>
          <div className="min-w-0 flex-1">
            <TemplateField
              id={index === 0 ? id : `${id}-${index}`}
              blockId={block.id}
              label={`${field.title}: ${handles[index]?.id.replaceAll('_', ' ') ?? index + 1}`}
              text={textAt(row, path)}
              lines={1}
              isMono
              onText={(text) => write(index, text)}
            />
            <BranchVerdict verdict={verdictAt(index)} />
          </div>
          {canEdit && (
            <>
              <Button
                variant="quiet"
                className="w-7 px-0"
                aria-label={`Move up: row ${index + 1}`}
                disabled={index === 0}
                onClick={() => arrange(swapped(places, index), 'Move a branch')}
              >
                <ArrowUp aria-hidden />
              </Button>
              <Button
                variant="quiet"
                className="w-7 px-0"
                aria-label={`Remove: row ${index + 1}`}
                onClick={() =>
                  arrange(
                    places.filter((place) => place !== index),
                    'Remove a branch',
                  )
                }
              >
                <X aria-hidden />
              </Button>
            </>
          )}
        </li>
      ))}
      {canEdit && (
        <li>
          <Button id={rows.length === 0 ? id : undefined} onClick={() => write(rows.length, '')}>
            <Plus aria-hidden />
            Add a row
          </Button>
        </li>
      )}
    </ol>
  )
}

/** Where the text lies in a row: in its only key, or in the first column of its cells. */
function pathInRow(rowKeys: readonly string[], columns: readonly string[]): string[] {
  const [key = 'value'] = rowKeys
  const [column] = columns
  return column === undefined ? [key] : [key, column]
}

function textAt(row: Json, path: readonly string[]): string {
  let value: Json | undefined = row
  for (const key of path) value = isJsonObject(value) ? value[key] : undefined
  return textOfValue(value)
}

function swapped(places: readonly number[], index: number): number[] {
  return places.map((place) => (place === index ? index - 1 : place === index - 1 ? index : place))
}

/** What becomes of each route. Only where every row has a handle: blank labels have none. */
function routesAfter(
  definition: BlockDefinition,
  change: { before: JsonObject; config: JsonObject; order: readonly number[]; count: number },
): Map<string, string | null> {
  const { before, config, order, count } = change
  const old = definition.outputs(before)
  const next = definition.outputs(config)
  if (!definition.capabilities.routes || old.length !== count + 1) return new Map()
  return new Map(
    old.slice(0, count).map(({ id }, index) => {
      const place = order.indexOf(index)
      return [id, place === -1 ? null : (next[place]?.id ?? null)]
    }),
  )
}
