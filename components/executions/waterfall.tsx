'use client'

import { Ban, CircleCheck, CircleDot, CircleSlash, CircleX, type LucideIcon } from 'lucide-react'
import { clsx } from 'clsx'
import { Badge, type Tone } from '@/components/ui/badge'
import { sayDuration } from './duration'
import type { Bar, BarStatus, Timeline, TimelineLine } from './timeline'
import { useChosenInView } from './use-chosen-in-view'

const looks: Record<BarStatus, { icon: LucideIcon; tone: Tone; word: string; bar: string }> = {
  success: { icon: CircleCheck, tone: 'success', word: 'Done', bar: 'bg-success' },
  error: { icon: CircleX, tone: 'danger', word: 'Failed', bar: 'bg-danger' },
  running: { icon: CircleDot, tone: 'info', word: 'Running', bar: 'bg-info' },
  cancelled: { icon: Ban, tone: 'neutral', word: 'Cancelled', bar: 'bg-input' },
  skipped: { icon: CircleSlash, tone: 'neutral', word: 'Skipped', bar: '' },
}

const columns = 'grid grid-cols-[5.5rem_minmax(6rem,12rem)_minmax(0,1fr)_5rem] items-center gap-3 px-3'

/** The blocks of an execution over time. Choosing one shows its data. */
export function Waterfall(props: { timeline: Timeline; chosen: string | null; onChoose: (blockId: string) => void }) {
  const { timeline, chosen, onChoose } = props
  const list = useChosenInView(chosen)
  return (
    // Bounded: the data of the chosen block stands below it, within reach however many blocks there are.
    <section
      aria-label="Timeline"
      ref={list}
      className="max-h-[min(28rem,60dvh)] overflow-y-auto rounded-lg border border-border bg-card text-[13px] shadow-card"
    >
      <div className={`${columns} sticky top-0 z-10 h-9 border-b border-border bg-card text-xs text-muted-foreground`}>
        <span>Status</span>
        <span>Block</span>
        <span className="flex justify-between">
          <span>0</span>
          <span>{sayDuration(timeline.totalMs)}</span>
        </span>
        <span className="text-right">Duration</span>
      </div>
      <ul className="divide-y divide-border">
        {timeline.lines.map((line) => (
          <li key={line.blockId}>
            <Line line={line} isChosen={line.blockId === chosen} onChoose={onChoose} />
          </li>
        ))}
      </ul>
      {timeline.lines.length === 0 && <p className="px-3 py-4 text-muted-foreground">No block has started yet.</p>}
    </section>
  )
}

function Line(props: { line: TimelineLine; isChosen: boolean; onChoose: (blockId: string) => void }) {
  const { line, isChosen, onChoose } = props
  const { icon, tone, word, bar } = looks[line.status]
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={() => onChoose(line.blockId)}
      className={clsx(
        columns,
        'h-9 w-full text-left hover:bg-muted/60 focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-ring',
        isChosen && 'bg-muted',
      )}
    >
      <Badge icon={icon} tone={tone}>
        {word}
      </Badge>
      <span className="truncate font-medium" title={line.name}>
        {line.name}
      </span>
      {line.bar ? (
        <Bars bar={line.bar} className={bar} />
      ) : (
        <span className="truncate text-xs text-muted-foreground">{line.remark}</span>
      )}
      <span className="text-right font-mono text-xs whitespace-nowrap tabular-nums">
        {line.bar && sayDuration(line.durationMs)}
        {line.attempts > 1 && ` ×${line.attempts}`}
        {line.attempts > 1 && <span className="sr-only"> attempts</span>}
      </span>
    </button>
  )
}

/** Waiting, running, and within the run the waits between attempts. */
function Bars({ bar, className }: { bar: Bar; className: string }) {
  const left = Math.min(bar.left, 0.995)
  const queued = Math.min(bar.queued, left)
  return (
    <span aria-hidden title={bar.told} className="relative block h-3 overflow-hidden">
      <span
        className="absolute inset-y-1 rounded-sm bg-input"
        style={{ left: percent(left - queued), width: percent(queued) }}
      />
      <span
        className={clsx('absolute inset-y-0 min-w-0.5 rounded-sm', className)}
        style={{ left: percent(left), width: percent(bar.width) }}
      />
      <span
        className="absolute inset-y-1 bg-card/70"
        style={{ left: percent(left + (bar.width - bar.retryWait) / 2), width: percent(bar.retryWait) }}
      />
    </span>
  )
}

function percent(fraction: number): string {
  return `${fraction * 100}%`
}
