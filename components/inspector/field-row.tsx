'use client'

import { CircleAlert, TriangleAlert } from 'lucide-react'
import { useProblems } from '@/components/editor/workflow-context'
import type { BlockDefinition } from '@/lib/blocks/contract'
import type { Block, GraphIssue } from '@/lib/contract/graph'
import type { ConfigField } from '@/lib/editor/config-fields'
import { useEditor } from '@/lib/editor/editor-context'
import { messageOnBlock } from '@/lib/editor/shown-issue'
import { shownName } from '@/lib/graph/block-title'
import { FieldControl } from './field-control'

/** Id of the element that takes the focus when somebody jumps to a field. */
export function fieldElementId(blockId: string, key: string): string {
  return `field ${blockId} ${key}`.replaceAll(' ', '-')
}

const none: readonly GraphIssue[] = []

/** One setting: its name, its control, how it is used, and what is wrong with it. */
export function FieldRow(props: { block: Block; definition: BlockDefinition; field: ConfigField }) {
  const { block, field } = props
  const { catalog } = useEditor()
  const issues = useProblems(({ byBlock }) => byBlock.get(block.id) ?? none).filter(
    ({ path }) => path === `config.${field.key}` || path.startsWith(`config.${field.key}.`),
  )
  const id = fieldElementId(block.id, field.key)
  const isGroup = field.control === 'table'
  const isSwitch = field.control === 'switch'
  const Label = isGroup ? 'span' : 'label'
  return (
    <div role={isGroup ? 'group' : undefined} aria-labelledby={isGroup ? `${id}-label` : undefined}>
      <div className={isSwitch ? 'flex flex-row-reverse items-center justify-end gap-2' : ''}>
        <Label
          id={`${id}-label`}
          {...(!isGroup && { htmlFor: id })}
          className={`text-[13px] font-medium ${isSwitch ? '' : 'mb-1.5 block'}`}
        >
          {field.title}
          {field.required && (
            <span className="text-danger" title="Required">
              {' '}
              *<span className="sr-only"> required</span>
            </span>
          )}
        </Label>
        <FieldControl {...props} id={id} isInvalid={issues.length > 0} describedBy={`${id}-about`} />
      </div>
      <div id={`${id}-about`}>
        {field.help && <p className="mt-1 text-xs text-muted-foreground">{field.help}</p>}
        {issues.map((issue) => (
          <Problem
            key={`${issue.code} ${issue.path} ${issue.message}`}
            severity={issue.severity}
            message={messageOnBlock(issue.message, shownName(block, catalog))}
          />
        ))}
      </div>
    </div>
  )
}

function Problem({ severity, message }: Pick<GraphIssue, 'severity' | 'message'>) {
  const Icon = severity === 'error' ? CircleAlert : TriangleAlert
  return (
    <p className={`mt-1 flex items-start gap-1.5 text-xs ${severity === 'error' ? 'text-danger' : 'text-warning'}`}>
      <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span className="min-w-0 break-words">{message}</span>
    </p>
  )
}
