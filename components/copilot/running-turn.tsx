'use client'

import { Check, CircleAlert, LoaderCircle } from 'lucide-react'
import { WrittenText } from '@/components/chat/written-text'
import type { Turn } from '@/lib/editor/copilot-state'

const doing: Readonly<Record<string, string>> = {
  read_blocks: 'Reads about blocks',
  read_graph: 'Reads the workflow',
  list_failures: 'Looks for failed runs',
  read_execution: 'Reads a run',
  validate: 'Checks a change',
  test_run: 'Tries it out',
  propose: 'Writes the proposal',
}

/** What the copilot does now: its steps, what it thinks, and the answer as it comes. */
export function RunningTurn({ turn }: { turn: Turn }) {
  return (
    <div className="space-y-2">
      {turn.steps.length > 0 && (
        <ul aria-label="Steps" className="space-y-1 text-xs text-muted-foreground">
          {turn.steps.map((step) => (
            <li key={step.id} className="flex items-center gap-1.5">
              <StepIcon step={step} />
              {doing[step.name] ?? step.name}
              {step.error !== null && <span className="truncate text-danger">{step.error}</span>}
            </li>
          ))}
        </ul>
      )}
      {turn.reasoning !== '' && (
        <details className="text-xs text-muted-foreground">
          <summary className="cursor-pointer">What it thinks</summary>
          <p className="mt-1 border-l border-border pl-2 break-words whitespace-pre-wrap">{turn.reasoning}</p>
        </details>
      )}
      {turn.text !== '' && <WrittenText text={turn.text} />}
      <p role="status" className="flex items-center gap-1.5 text-xs text-muted-foreground">
        <LoaderCircle aria-hidden className="size-3.5 animate-spin motion-reduce:animate-none" />
        {turn.status}
      </p>
    </div>
  )
}

function StepIcon({ step }: { step: Turn['steps'][number] }) {
  if (step.isRunning) return <LoaderCircle aria-hidden className="size-3.5 animate-spin motion-reduce:animate-none" />
  if (step.error !== null) return <CircleAlert aria-label="Failed" className="size-3.5 shrink-0 text-danger" />
  return <Check aria-hidden className="size-3.5 text-success" />
}
