'use client'

import { Ban, CircleCheck, CircleDashed, CircleX, LoaderCircle } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import type { LiveBlock } from '@/lib/editor/editor-state'
import { useLiveBlock } from '@/lib/editor/use-editor'

const looks = {
  running: { icon: LoaderCircle, tone: 'info', word: 'Running' },
  success: { icon: CircleCheck, tone: 'success', word: 'Done' },
  error: { icon: CircleX, tone: 'danger', word: 'Failed' },
  cancelled: { icon: Ban, tone: 'neutral', word: 'Cancelled' },
  skipped: { icon: CircleDashed, tone: 'neutral', word: 'Skipped' },
} as const satisfies Record<LiveBlock['status'], object>

/** How a block fared in the painted execution. */
export function RunMark({ blockId }: { blockId: string }) {
  const live = useLiveBlock(blockId)
  if (!live) return null
  const { icon, tone, word } = looks[live.status]
  return (
    <span className="shrink-0 text-[11px]" title={live.error ?? live.skipReason ?? undefined}>
      <Badge icon={icon} tone={tone}>
        {word}
      </Badge>
    </span>
  )
}
