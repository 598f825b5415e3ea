'use client'

import { Field } from '@/components/ui/field'
import { LabelledSelect, Select } from '@/components/ui/select'
import { TextArea } from '@/components/ui/text-area'
import type { ToolDraft } from '@/lib/editor/agent-draft'
import { maxCodeTimeoutMs, maxDescriptionChars, maxOutboundTimeoutMs, maxUrlChars } from '@/lib/limits'
import { CodeArea } from './code-area'
import { PairRows } from './pair-rows'
import { WorkflowChoice } from './workflow-choice'

export interface ToolFieldsProps {
  tool: ToolDraft
  canEdit: boolean
  onChange: (change: Partial<ToolDraft>) => void
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'].map((value) => ({ value, word: value }))
const languages = [
  { value: 'python', word: 'Python' },
  { value: 'javascript', word: 'JavaScript' },
] as const
const secretsHint = 'Values may hold {{secrets.NAME}}: the model never sees them.'

/** The fields of a tool, by its kind. */
export function ToolFields(props: ToolFieldsProps) {
  switch (props.tool.type) {
    case 'http':
      return <HttpFields {...props} />
    case 'code':
      return <CodeFields {...props} />
    case 'workflow':
      return <WorkflowFields {...props} />
    case 'mcp':
      return <McpFields {...props} />
  }
}

function HttpFields(props: ToolFieldsProps) {
  const { tool, onChange } = props
  return (
    <>
      <Called {...props} />
      <div className="flex items-start gap-2">
        <div className="pt-[26px]">
          <Select
            label="Method"
            value={tool.method}
            choices={methods.some(({ value }) => value === tool.method) ? methods : [...methods, sameWord(tool.method)]}
            onChange={(event) => onChange({ method: event.target.value })}
          />
        </div>
        <div className="min-w-0 flex-1">
          <Address
            {...props}
            hint="{name} is filled from the input; the rest of it becomes the query, or the JSON body of other methods than GET, HEAD and DELETE"
          />
        </div>
      </div>
      <PairRows label="Headers" hint={secretsHint} pairs={tool.headers} onChange={(headers) => onChange({ headers })} />
      <InputSchema {...props} />
      <TimeLimit {...props} max={maxOutboundTimeoutMs} />
    </>
  )
}

function CodeFields(props: ToolFieldsProps) {
  const { tool, canEdit, onChange } = props
  return (
    <>
      <Called {...props} />
      <div className="mb-4">
        <LabelledSelect
          label="Language"
          value={tool.language}
          choices={languages}
          onChange={(event) => {
            const language = languages.find(({ value }) => value === event.target.value)
            if (language) onChange({ language: language.value })
          }}
        />
      </div>
      <CodeArea
        label="Code"
        hint="Runs in the sandbox. The input’s fields are variables of their names, the whole of it is input_data. Return the result."
        language={tool.language}
        text={tool.code}
        isReadOnly={!canEdit}
        onText={(code) => onChange({ code })}
      />
      <InputSchema {...props} />
      <TimeLimit {...props} max={maxCodeTimeoutMs} />
    </>
  )
}

function WorkflowFields({ tool, onChange }: ToolFieldsProps) {
  return (
    <>
      <WorkflowChoice workflowId={tool.workflowId} onChoose={(workflowId) => onChange({ workflowId })} />
      <div className="grid gap-x-4 sm:grid-cols-2">
        <ToolName value={tool.name} hint="Empty: the workflow’s own" onChange={(name) => onChange({ name })} />
        <Field
          label="Description"
          hint="When the model should use it"
          maxLength={maxDescriptionChars}
          value={tool.description}
          onChange={(event) => onChange({ description: event.target.value })}
        />
      </div>
      <p className="mb-4 text-xs text-muted-foreground">
        It takes what the defaults of the workflow’s starter name, and runs with the rights of whoever runs the agent.
      </p>
    </>
  )
}

function McpFields(props: ToolFieldsProps) {
  const { tool, onChange } = props
  return (
    <>
      <Address
        {...props}
        hint="An MCP server that speaks streamable HTTP, or stdio:name for a program the operator listed in SLUICE_MCP_SERVERS"
      />
      <PairRows label="Headers" hint={secretsHint} pairs={tool.headers} onChange={(headers) => onChange({ headers })} />
      <TextArea
        label="Allowed tools"
        hint="One name a line. Empty allows every tool the server offers."
        rows={2}
        isMono
        spellCheck={false}
        value={tool.allow}
        onChange={(event) => onChange({ allow: event.target.value })}
      />
    </>
  )
}

function Called({ tool, onChange }: ToolFieldsProps) {
  return (
    <>
      <ToolName value={tool.name} required hint="The model calls it by this" onChange={(name) => onChange({ name })} />
      <TextArea
        label="Description"
        hint="When to use it, in words for the model"
        rows={2}
        maxLength={maxDescriptionChars}
        value={tool.description}
        onChange={(event) => onChange({ description: event.target.value })}
      />
    </>
  )
}

function ToolName(props: { value: string; hint: string; required?: boolean; onChange: (name: string) => void }) {
  const { onChange, ...input } = props
  return (
    <Field
      label="Tool name"
      pattern="[A-Za-z_][A-Za-z0-9_\-]{0,63}"
      title="Letters, digits, _ and -, 64 at most"
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => onChange(event.target.value)}
      {...input}
    />
  )
}

function Address({ tool, hint, onChange }: ToolFieldsProps & { hint: string }) {
  return (
    <Field
      label="Address"
      hint={hint}
      required
      maxLength={maxUrlChars}
      placeholder="https://"
      spellCheck={false}
      autoComplete="off"
      value={tool.url}
      onChange={(event) => onChange({ url: event.target.value })}
    />
  )
}

function InputSchema({ tool, canEdit, onChange }: ToolFieldsProps) {
  return (
    <CodeArea
      label="Input schema"
      hint="A JSON schema of what the model has to give"
      language="json"
      text={tool.inputSchema}
      isReadOnly={!canEdit}
      onText={(inputSchema) => onChange({ inputSchema })}
    />
  )
}

function TimeLimit({ tool, max, onChange }: ToolFieldsProps & { max: number }) {
  return (
    <Field
      label="Time limit (ms)"
      type="number"
      min={1}
      max={max}
      value={tool.timeoutMs}
      placeholder="As usual"
      onChange={(event) => onChange({ timeoutMs: event.target.value })}
    />
  )
}

function sameWord(value: string) {
  return { value, word: value }
}
