import { ChevronRight, CircleCheck, CircleX, LoaderCircle, Wrench } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { formatDuration } from '@/components/ui/duration'
import type { Json } from '@/lib/contract/json'
import type { ShownToolCall } from '@/lib/editor/agent-turns'

/** A call of a tool: its name and time; opened, what went in and what came out. */
export function ToolCallView({ call }: { call: ShownToolCall }) {
  const state = call.isRunning
    ? ({ icon: LoaderCircle, tone: 'info', word: 'Running' } as const)
    : call.error === null
      ? ({ icon: CircleCheck, tone: 'success', word: formatDuration(call.duration_ms) } as const)
      : ({ icon: CircleX, tone: 'danger', word: 'Failed' } as const)
  return (
    <details className="group rounded-md border border-border bg-background text-xs">
      <summary
        aria-label={`Tool ${call.name}: ${state.word}`}
        className="flex h-8 cursor-pointer items-center gap-2 rounded-md px-2.5 focus-visible:outline-2 focus-visible:outline-ring [&::-webkit-details-marker]:hidden"
      >
        <ChevronRight aria-hidden className="size-3 shrink-0 text-muted-foreground group-open:rotate-90" />
        <Wrench aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
        <span className="min-w-0 flex-1 truncate font-mono">{call.name}</span>
        <Badge icon={state.icon} tone={state.tone}>
          {state.word}
        </Badge>
      </summary>
      <div className="flex flex-col gap-2 border-t border-border px-2.5 py-2">
        <Value title="Input" value={call.input} />
        {call.error !== null && <p className="break-words text-danger">{call.error}</p>}
        {call.error === null && !call.isRunning && <Value title="Output" value={call.output} />}
      </div>
    </details>
  )
}

/** More than this is cut: a browser draws a megabyte of text slowly. */
const maxCharsShown = 20_000

function Value({ title, value }: { title: string; value: Json }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return (
    <div role="group" aria-label={title}>
      <p className="mb-0.5 text-muted-foreground">{title}</p>
      <pre
        tabIndex={0}
        className="max-h-48 overflow-auto rounded-sm bg-muted p-2 font-mono break-words whitespace-pre-wrap focus-visible:outline-2 focus-visible:outline-ring"
      >
        {text.length > maxCharsShown ? `${text.slice(0, maxCharsShown)}\n…` : text}
      </pre>
    </div>
  )
}
