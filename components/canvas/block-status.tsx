'use client'

import { Ban, CircleCheck, CircleDashed, CircleX, LoaderCircle, type LucideIcon } from 'lucide-react'
import { formatDuration } from '@/components/ui/duration'
import type { LiveBlock } from '@/lib/editor/editor-state'

const looks: Record<LiveBlock['status'], { icon: LucideIcon; word: string; colour: string }> = {
  running: { icon: LoaderCircle, word: 'Running', colour: 'text-info' },
  success: { icon: CircleCheck, word: 'Done', colour: 'text-success' },
  error: { icon: CircleX, word: 'Failed', colour: 'text-danger' },
  cancelled: { icon: Ban, word: 'Cancelled', colour: 'text-muted-foreground' },
  skipped: { icon: CircleDashed, word: 'Skipped', colour: 'text-muted-foreground' },
}

/** How a block fared in the painted execution: below its card, so that nothing on it moves. */
export function BlockStatus({ live }: { live: LiveBlock }) {
  const { icon: Icon, word, colour } = looks[live.status]
  const detail = live.durationMs === null ? '' : formatDuration(live.durationMs)
  const text = live.status === 'running' ? live.text.slice(-streamedCharsShown) : ''
  return (
    <span
      className={`absolute top-full left-1 mt-1 flex max-w-full items-center gap-1 text-[11px] leading-4 ${colour}`}
      title={live.error ?? live.skipReason ?? undefined}
    >
      <Icon aria-hidden className={`size-3.5 shrink-0 ${live.status === 'running' ? 'animate-spin' : ''}`} />
      <span className="font-medium">{word}</span>
      {detail !== '' && <span className="text-muted-foreground tabular-nums">{detail}</span>}
      {text !== '' && <span className="truncate font-mono text-muted-foreground">{text}</span>}
    </span>
  )
}

const streamedCharsShown = 60
