'use client'

import { clsx } from 'clsx'
import { CircleCheck, CircleDashed, CircleSlash, CircleX, Equal, Flag, type LucideIcon } from 'lucide-react'
import { Badge, type Tone } from '@/components/ui/badge'
import type { BlockComparison, BlockStatus, ExecutionComparison } from '@/lib/contract/execution-history'
import { sayDuration } from './duration'
import { useChosenInView } from './use-chosen-in-view'

const looks: Record<BlockStatus, { icon: LucideIcon; tone: Tone; word: string }> = {
  success: { icon: CircleCheck, tone: 'success', word: 'Done' },
  error: { icon: CircleX, tone: 'danger', word: 'Failed' },
  skipped: { icon: CircleSlash, tone: 'neutral', word: 'Skipped' },
  absent: { icon: CircleDashed, tone: 'neutral', word: 'Not there' },
}

const columns = 'grid grid-cols-[minmax(8rem,1fr)_6rem_5rem_6rem_5rem_minmax(10rem,1.2fr)] items-center gap-3 px-3'

/** Tells whether a block fared differently or had other data. */
export function differsAtAll({ status, input_differs, output_differs }: BlockComparison): boolean {
  return status[0] !== status[1] || input_differs || output_differs
}

/** Each block of two executions on a line, the first difference marked. Choosing a line shows what differs. */
export function CompareTable(props: {
  comparison: ExecutionComparison
  chosen: string | null
  onChoose: (blockId: string) => void
}) {
  const { comparison, chosen, onChoose } = props
  const { blocks, first_diverging_block: first } = comparison
  const list = useChosenInView(chosen)
  return (
    <section
      aria-label="Blocks of both"
      ref={list}
      className="max-h-[min(28rem,60dvh)] overflow-y-auto rounded-lg border border-border bg-card shadow-card"
    >
      <div
        aria-hidden
        className={`${columns} sticky top-0 z-10 h-9 border-b border-border bg-card text-xs text-muted-foreground`}
      >
        <span>Block</span>
        <span className="col-span-2">A</span>
        <span className="col-span-2">B</span>
        <span>Difference</span>
      </div>
      <ul className="divide-y divide-border">
        {blocks.map((block) => (
          <li key={block.block_id}>
            <button
              type="button"
              aria-pressed={block.block_id === chosen}
              onClick={() => onChoose(block.block_id)}
              className={clsx(
                columns,
                'h-9 w-full text-left hover:bg-muted/60 focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-ring',
                block.block_id === chosen && 'bg-muted',
              )}
            >
              <Line block={block} isFirst={block.block_id === first} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Line({ block, isFirst }: { block: BlockComparison; isFirst: boolean }) {
  return (
    <>
      <span className="truncate font-medium">{block.block_name || block.block_id}</span>
      {([0, 1] as const).map((side) => (
        <Fared key={side} status={block.status[side]} durationMs={block.duration_ms[side]} />
      ))}
      {differsAtAll(block) ? (
        <span className="flex min-w-0 items-center gap-2">
          {isFirst && (
            <Badge icon={Flag} tone="warning">
              First difference
            </Badge>
          )}
          <span className="truncate text-muted-foreground">{whatDiffers(block)}</span>
        </span>
      ) : (
        <Badge icon={Equal} tone="neutral">
          The same
        </Badge>
      )}
    </>
  )
}

function Fared({ status, durationMs }: { status: BlockStatus; durationMs: number | null }) {
  const { icon, tone, word } = looks[status]
  const hasRun = durationMs !== null && (status === 'success' || status === 'error')
  return (
    <>
      <Badge icon={icon} tone={tone}>
        {word}
      </Badge>
      <span className="font-mono text-xs tabular-nums">{hasRun ? sayDuration(durationMs) : ''}</span>
    </>
  )
}

function whatDiffers({ status, input_differs: input, output_differs: output }: BlockComparison): string {
  const parts = [status[0] !== status[1] && 'status', input && 'input', output && 'output'].filter(Boolean)
  return parts.join(', ')
}
