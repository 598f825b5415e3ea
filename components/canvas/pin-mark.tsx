'use client'

import { Pin } from 'lucide-react'
import { useFacts } from '@/components/editor/workflow-context'

/** Says on a card that test runs take pinned data in place of running the block. */
export function PinMark({ blockId }: { blockId: string }) {
  const isPinned = useFacts(({ pins }) => Object.hasOwn(pins, blockId))
  if (!isPinned) return null
  return (
    <span
      title="Pinned: test runs take the pinned data instead of running this block"
      className="absolute -top-2 left-3 inline-flex items-center gap-1 rounded-full border border-primary bg-card px-1.5 text-[11px] leading-4 font-medium text-primary"
    >
      <Pin aria-hidden className="size-3" />
      Pinned
    </span>
  )
}
