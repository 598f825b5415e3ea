import { Bot, CircleCheck, CircleX, LoaderCircle } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { formatDuration } from '@/components/ui/duration'
import { WrittenText } from './written-text'
import type { ShownStep } from '@/lib/editor/orchestration-turns'

const states = {
  running: { icon: LoaderCircle, tone: 'info', word: 'Running' },
  completed: { icon: CircleCheck, tone: 'success', word: '' },
  failed: { icon: CircleX, tone: 'danger', word: 'Failed' },
} as const

/** The members of an orchestration at work, in the order they began. */
export function StepList({ steps }: { steps: readonly ShownStep[] }) {
  if (steps.length === 0) return null
  return (
    <ol aria-label="Steps" className="flex flex-col gap-2">
      {steps.map((step) => (
        <StepView key={step.index} step={step} />
      ))}
    </ol>
  )
}

function StepView({ step }: { step: ShownStep }) {
  const { icon, tone, word } = states[step.status]
  return (
    <li
      aria-label={`Step ${step.index + 1}: ${step.agent_name}`}
      className="rounded-md border border-border bg-background"
    >
      <div className="flex items-center gap-2 px-2.5 py-1.5 text-xs">
        <Bot aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
        <span className="min-w-0 truncate font-medium">{step.agent_name}</span>
        <span className="min-w-0 flex-1 truncate text-muted-foreground">{step.role}</span>
        <Badge icon={icon} tone={tone}>
          {word || formatDuration(step.duration_ms)}
        </Badge>
      </div>
      {step.text !== '' && (
        <div
          tabIndex={0}
          className="max-h-48 overflow-y-auto border-t border-border px-2.5 py-2 text-xs focus-visible:outline-2 focus-visible:outline-ring"
        >
          <WrittenText text={step.text} />
        </div>
      )}
      {step.error !== null && (
        <p className="border-t border-border px-2.5 py-2 text-xs break-words text-danger">{step.error}</p>
      )}
      <details className="border-t border-border text-xs">
        <summary className="cursor-pointer rounded-sm px-2.5 py-1 text-muted-foreground focus-visible:outline-2 focus-visible:outline-ring">
          What it was asked
        </summary>
        <p
          tabIndex={0}
          className="max-h-48 overflow-y-auto px-2.5 pb-2 break-words whitespace-pre-wrap focus-visible:outline-2 focus-visible:outline-ring"
        >
          {step.input}
        </p>
      </details>
    </li>
  )
}
