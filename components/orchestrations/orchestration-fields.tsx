'use client'

import { FormPart } from '@/components/agents/draft-form'
import { ModelField } from '@/components/agents/model-field'
import { NameField } from '@/components/frame/name-field'
import { ChoiceCard } from '@/components/ui/choice-card'
import { Field } from '@/components/ui/field'
import { TextArea } from '@/components/ui/text-area'
import type { Strategy } from '@/lib/contract/orchestrations'
import {
  defaultAgentSteps,
  executionTimeoutMs,
  maxAgentSteps,
  maxDescriptionChars,
  maxSystemPromptChars,
} from '@/lib/limits'
import type { OrchestrationDraft } from '@/lib/editor/orchestration-draft'

interface PartProps {
  draft: OrchestrationDraft
  onChange: (change: Partial<OrchestrationDraft>) => void
}

const strategyChoices: readonly { value: Strategy; title: string; about: string }[] = [
  {
    value: 'supervisor',
    title: 'Supervisor',
    about: 'A coordinator hands out parts of the task, then answers itself.',
  },
  {
    value: 'sequential',
    title: 'One after the other',
    about: 'Each gets the task and the work so far; the last one answers.',
  },
  { value: 'parallel', title: 'Side by side', about: 'All get the task at once; their answers are merged.' },
]
const merges = [
  { value: 'join', word: 'Put together as one text' },
  { value: 'list', word: 'Given as a list' },
  { value: 'model', word: 'Merged by a model' },
] as const

/** What an orchestration is called and how its agents work together. */
export function OrchestrationBasics({ draft, onChange }: PartProps) {
  return (
    <FormPart title="Orchestration">
      <div className="grid gap-x-4 sm:grid-cols-2">
        <NameField value={draft.name} onChange={(event) => onChange({ name: event.target.value })} />
        <Field
          label="Description"
          maxLength={maxDescriptionChars}
          autoComplete="off"
          value={draft.description}
          onChange={(event) => onChange({ description: event.target.value })}
        />
      </div>
      <fieldset className="mb-4">
        <legend className="text-[13px] font-medium">Strategy</legend>
        <div className="mt-1.5 grid gap-2 sm:grid-cols-3">
          {strategyChoices.map((choice) => (
            <ChoiceCard
              key={choice.value}
              name="strategy"
              checked={draft.strategy === choice.value}
              onChange={() => onChange({ strategy: choice.value })}
              {...choice}
            />
          ))}
        </div>
      </fieldset>
    </FormPart>
  )
}

/** Who coordinates or merges, and how far a run may go. Only what the strategy uses is shown. */
export function CoordinatorPart({ draft, onChange }: PartProps) {
  const { strategy, merge } = draft
  const isSupervised = strategy === 'supervisor'
  const hasModel = isSupervised || (strategy === 'parallel' && merge === 'model')
  return (
    <FormPart title={isSupervised ? 'Coordinator' : 'Run'}>
      <div className="grid gap-x-4 sm:grid-cols-2">
        {strategy === 'parallel' && (
          <label className="mb-4 block text-[13px] font-medium">
            Answers are
            <select
              value={merge}
              onChange={(event) =>
                onChange({ merge: merges.find(({ value }) => value === event.target.value)?.value ?? 'join' })
              }
              className="mt-1.5 block h-9 w-full rounded-md border border-input bg-background px-2 text-[13px] font-normal focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring"
            >
              {merges.map(({ value, word }) => (
                <option key={value} value={value}>
                  {word}
                </option>
              ))}
            </select>
          </label>
        )}
        {hasModel && <ModelField model={draft.model} onModel={(model) => onChange({ model })} />}
        {isSupervised && (
          <Field
            label="Most rounds"
            type="number"
            min={1}
            max={maxAgentSteps}
            hint={`Answers of the coordinator; ${defaultAgentSteps} when empty`}
            value={draft.maxRounds}
            onChange={(event) => onChange({ maxRounds: event.target.value })}
          />
        )}
        <Field
          label="Time limit (ms)"
          type="number"
          min={1}
          max={executionTimeoutMs}
          hint={`Of one run; ${executionTimeoutMs.toLocaleString('en')} when empty`}
          value={draft.timeoutMs}
          onChange={(event) => onChange({ timeoutMs: event.target.value })}
        />
      </div>
      {hasModel && (
        <TextArea
          label="Instructions"
          hint={isSupervised ? 'What the coordinator is told beside its task' : 'What is told to whoever merges'}
          rows={3}
          maxLength={maxSystemPromptChars}
          value={draft.instructions}
          onChange={(event) => onChange({ instructions: event.target.value })}
        />
      )}
    </FormPart>
  )
}
