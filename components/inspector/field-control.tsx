'use client'

import { useCanEdit } from '@/components/editor/workflow-context'
import { readSwitch } from '@/lib/blocks/contract'
import { CodeField } from './code-field'
import { CredentialField } from './credential-field'
import { PairsField } from './pairs-field'
import { ResourceField } from './resource-field'
import { RowsField } from './rows-field'
import { readDraft, textOfValue, TemplateField } from './template-field'
import { useWriteField, type ControlProps } from './use-write-field'

const selectClass =
  'h-8 w-full rounded-md border border-input bg-background px-2 text-[13px] focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring disabled:opacity-60'

/** The control a field's schema asks for. */
export function FieldControl(props: ControlProps) {
  const { block, definition, field } = props
  if (definition.credentialFields?.includes(field.key)) return <CredentialField {...props} />
  switch (field.control) {
    case 'text': {
      const resource = field.resource?.(block.config) ?? null
      if (resource === null) return <TextControl {...props} />
      return <ResourceField key={`${block.id} ${resource}`} {...props} resource={resource} />
    }
    case 'textarea':
    case 'json':
    case 'number':
      return <TextControl {...props} />
    case 'select':
      return <SelectControl {...props} />
    case 'switch':
      return <SwitchControl {...props} />
    case 'code':
      return <CodeField {...props} />
    case 'table':
      return field.rowKeys === null ? <PairsField {...props} /> : <RowsField key={block.id} {...props} />
  }
}

function TextControl(props: ControlProps) {
  const { id, block, definition, field, isInvalid, describedBy } = props
  const write = useWriteField(block, field)
  const { control, key } = field
  return (
    <TemplateField
      id={id}
      blockId={block.id}
      text={textOfValue(block.config[key])}
      lines={control === 'text' || control === 'number' ? 1 : 3}
      isMono={control === 'json' || definition.expressionFields.includes(key)}
      isPlain={definition.boundFields.includes(key) && !definition.expressionFields.includes(key)}
      isInvalid={isInvalid}
      describedBy={describedBy}
      {...(control === 'number' && { inputMode: 'decimal' as const })}
      onText={(text) => write(readDraft(text, control))}
    />
  )
}

function SelectControl({ id, block, field, isInvalid, describedBy }: ControlProps) {
  const canEdit = useCanEdit()
  const write = useWriteField(block, field)
  const value = textOfValue(block.config[field.key])
  const options = typeof field.options === 'function' ? field.options(block.config) : (field.options ?? [])
  // What a program saved there, a reference for example, is shown as it is.
  const wordOf = (option: string) => field.words?.[option] ?? (options.includes(option) ? sentenceOf(option) : option)
  const isOptional = options[0] !== undefined && field.required !== true
  return (
    <select
      id={id}
      value={value}
      disabled={!canEdit}
      aria-invalid={isInvalid}
      aria-describedby={describedBy}
      onChange={(event) => write(event.target.value === '' ? undefined : event.target.value)}
      className={selectClass}
    >
      <option value="">{isOptional ? `${wordOf(options[0] ?? '')} (default)` : ''}</option>
      {[...new Set([...options, value])]
        .filter((option) => option !== '')
        .map((option) => (
          <option key={option} value={option}>
            {wordOf(option)}
          </option>
        ))}
    </select>
  )
}

function sentenceOf(name: string): string {
  const words = name.replaceAll(/[_-]/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function SwitchControl({ id, block, field, describedBy }: ControlProps) {
  const canEdit = useCanEdit()
  const write = useWriteField(block, field)
  return (
    <input
      id={id}
      type="checkbox"
      role="switch"
      disabled={!canEdit}
      checked={readSwitch(block.config[field.key])}
      aria-describedby={describedBy}
      onChange={(event) => write(event.target.checked)}
      className="size-4"
    />
  )
}
