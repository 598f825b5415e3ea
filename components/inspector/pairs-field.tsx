'use client'

import { Plus, X } from 'lucide-react'
import { useCanEdit } from '@/components/editor/workflow-context'
import { Button } from '@/components/ui/button'
import { isJsonObject, type Json, type JsonObject } from '@/lib/contract/json'
import { useWriteField, type ControlProps } from './use-write-field'
import { TemplateField, textOfValue } from './template-field'

type Row = JsonObject

/** Names and values, row by row. An object saved by a program is shown as rows and becomes rows with the first edit. */
export function PairsField({ id, block, field, describedBy, isInvalid }: ControlProps) {
  const canEdit = useCanEdit()
  const write = useWriteField(block, field)
  const value = block.config[field.key]
  if (typeof value === 'string' && value.trim() !== '')
    return (
      <TemplateField
        id={id}
        blockId={block.id}
        text={value}
        lines={3}
        isMono
        label={field.title}
        describedBy={describedBy}
        isInvalid={isInvalid}
        onText={write}
      />
    )
  const rows = rowsOf(value)
  const change = (index: number, cell: 'Key' | 'Value', text: string) =>
    write(rows.map((row, at) => (at === index ? { ...row, cells: { ...cellsOf(row), [cell]: text } } : row)))
  return (
    <div className="flex flex-col gap-1.5">
      {rows.map((row, index) => (
        <div key={index} className="flex items-start gap-1.5">
          <input
            id={index === 0 ? id : undefined}
            aria-label={`${field.title}: name ${index + 1}`}
            placeholder="Name"
            value={textOfValue(cellsOf(row)['Key'])}
            readOnly={!canEdit}
            onChange={(event) => change(index, 'Key', event.target.value)}
            className="h-8 w-28 shrink-0 rounded-md border border-input bg-background px-2 text-[13px] focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring"
          />
          <div className="min-w-0 flex-1">
            <TemplateField
              id={`${id}-value-${index}`}
              blockId={block.id}
              label={`${field.title}: value ${index + 1}`}
              placeholder="Value"
              text={textOfValue(cellsOf(row)['Value'])}
              lines={1}
              onText={(text) => change(index, 'Value', text)}
            />
          </div>
          {canEdit && (
            <Button
              variant="quiet"
              aria-label={`${field.title}: remove row ${index + 1}`}
              className="w-7 px-0"
              onClick={() => write(rows.filter((_row, at) => at !== index))}
            >
              <X aria-hidden />
            </Button>
          )}
        </div>
      ))}
      {canEdit && (
        <Button
          id={rows.length === 0 ? id : undefined}
          className="self-start"
          onClick={() => write([...rows, { cells: { Key: '', Value: '' } }])}
        >
          <Plus aria-hidden />
          Add to {field.title.toLowerCase()}
        </Button>
      )}
    </div>
  )
}

function rowsOf(value: Json | undefined): Row[] {
  if (Array.isArray(value)) return value.filter(isJsonObject)
  if (!isJsonObject(value)) return []
  return Object.entries(value).map(([Key, Value]) => ({ cells: { Key, Value } }))
}

function cellsOf(row: Row): JsonObject {
  return isJsonObject(row['cells']) ? row['cells'] : {}
}
