'use client'

import { Pencil, Pin, PinOff } from 'lucide-react'
import { useState } from 'react'
import { useCanEdit } from '@/components/editor/workflow-context'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/notify'
import { messageOf } from '@/lib/editor/api-client'
import type { Json } from '@/lib/contract/json'
import { JsonDialog } from './json-dialog'
import { usePin } from './use-pin'

/** Pinning what a block gave, so that test runs take it instead of running the block. `output` is what it gave in the
 *  execution on the canvas, null when nothing whole is there. */
export function PinPart({ blockId, output }: { blockId: string; output: Json }) {
  const canEdit = useCanEdit()
  const { pinned, setPin } = usePin(blockId)
  const [isWriting, setIsWriting] = useState(false)
  const change = (data: Json | undefined) => void setPin(data).catch((error: unknown) => toast.error(messageOf(error)))
  const isPinned = pinned !== undefined
  if (!canEdit && !isPinned) return null
  return (
    <section
      aria-label="Pinned output"
      className={isPinned ? 'rounded-md border border-primary/50 bg-primary/8 p-2.5' : ''}
    >
      {isPinned && (
        <p className="mb-2 flex items-center gap-1.5 text-[13px]">
          <Pin aria-hidden className="size-3.5 shrink-0 text-primary" />
          Pinned: test runs take this instead of running the block.
        </p>
      )}
      {isPinned && (
        <pre className="mb-2 max-h-24 overflow-hidden font-mono text-xs wrap-anywhere whitespace-pre-wrap text-muted-foreground">
          {JSON.stringify(pinned).slice(0, shownChars)}
        </pre>
      )}
      {canEdit && (
        <div className="flex flex-wrap gap-1.5">
          {output !== null && (!isPinned || JSON.stringify(output) !== JSON.stringify(pinned)) && (
            <Button onClick={() => change(output)}>
              <Pin aria-hidden />
              {isPinned ? 'Pin this output instead' : 'Pin output'}
            </Button>
          )}
          <Button onClick={() => setIsWriting(true)}>
            <Pencil aria-hidden />
            {isPinned ? 'Edit' : 'Pin a value…'}
          </Button>
          {isPinned && (
            <Button onClick={() => change(undefined)}>
              <PinOff aria-hidden />
              Unpin
            </Button>
          )}
        </div>
      )}
      {isWriting && (
        <JsonDialog
          asked={{
            title: 'Pinned output',
            description: 'Test runs take this instead of running the block; deployed runs never do.',
            value: pinned ?? output ?? { output: null },
            action: 'Pin',
          }}
          onTake={setPin}
          onClose={() => setIsWriting(false)}
        />
      )}
    </section>
  )
}

const shownChars = 400
