'use client'

import { NameField } from '@/components/frame/name-field'
import { Field } from '@/components/ui/field'
import { TextArea } from '@/components/ui/text-area'
import type { AgentDraft } from '@/lib/editor/agent-draft'
import {
  defaultAgentSteps,
  executionTimeoutMs,
  maxAgentSteps,
  maxDescriptionChars,
  maxOutputTokensLimit,
  maxSystemPromptChars,
} from '@/lib/limits'
import { CodeArea } from './code-area'
import { FormPart } from './draft-form'
import { ModelField } from './model-field'

interface PartProps {
  draft: AgentDraft
  canEdit: boolean
  onChange: (change: Partial<AgentDraft>) => void
}

/** What an agent is called, what it is told, and which model speaks. */
export function AgentBasics({ draft, models, onChange }: PartProps & { models: readonly string[] }) {
  return (
    <FormPart title="Agent">
      <div className="grid gap-x-4 sm:grid-cols-2">
        <NameField value={draft.name} onChange={(event) => onChange({ name: event.target.value })} />
        <ModelField model={draft.model} models={models} onModel={(model) => onChange({ model })} />
      </div>
      <Field
        label="Description"
        hint="For people, and for a coordinator that decides what to hand to this agent"
        maxLength={maxDescriptionChars}
        autoComplete="off"
        value={draft.description}
        onChange={(event) => onChange({ description: event.target.value })}
      />
      <TextArea
        label="System prompt"
        hint="Who the model is and how it should answer"
        rows={6}
        maxLength={maxSystemPromptChars}
        value={draft.systemPrompt}
        onChange={(event) => onChange({ systemPrompt: event.target.value })}
      />
    </FormPart>
  )
}

const numbers = [
  { key: 'temperature', title: 'Temperature', min: 0, max: 2, step: 'any', hint: '0 is sober, 2 is wild' },
  {
    key: 'maxTokens',
    title: 'Most tokens of an answer',
    min: 1,
    max: maxOutputTokensLimit,
    step: '1',
    hint: 'As the model has it',
  },
  {
    key: 'maxSteps',
    title: 'Step limit',
    min: 1,
    max: maxAgentSteps,
    step: '1',
    hint: `Answers in one run, tool calls included; ${defaultAgentSteps} when empty`,
  },
  {
    key: 'tokenBudget',
    title: 'Token budget',
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    step: '1',
    hint: 'Of all steps of one run',
  },
  {
    key: 'timeoutMs',
    title: 'Time limit (ms)',
    min: 1,
    max: executionTimeoutMs,
    step: '1',
    hint: `Of one run; ${executionTimeoutMs.toLocaleString('en')} when empty`,
  },
] as const

/** How far an agent may go. */
export function AgentBounds({ draft, onChange }: PartProps) {
  return (
    <FormPart title="Limits">
      <div className="grid grid-cols-[repeat(auto-fill,minmax(12rem,1fr))] gap-x-4">
        {numbers.map(({ key, title, ...input }) => (
          <Field
            key={key}
            label={title}
            type="number"
            value={draft[key]}
            onChange={(event) => onChange({ [key]: event.target.value })}
            {...input}
          />
        ))}
      </div>
    </FormPart>
  )
}

/** The shape of an agent's answer. */
export function AgentAnswerSchema({ draft, canEdit, onChange }: PartProps) {
  return (
    <FormPart title="Structured answer">
      <CodeArea
        label="JSON schema of the answer"
        hint="With one, the answer is a value of that shape instead of text; an answer that does not fit is a failure. Empty: text."
        language="json"
        text={draft.outputSchema}
        isReadOnly={!canEdit}
        onText={(outputSchema) => onChange({ outputSchema })}
      />
    </FormPart>
  )
}
