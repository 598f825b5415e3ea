'use client'

import { Unlink } from 'lucide-react'
import { Button } from '@/components/ui/button'
import type { MarkedReference } from '@/lib/editor/written-references'

/** What a reference leads to, below its field: its last value, or that it is broken, and the way to another one. */
export function ReferenceHint({ mark, onReplace }: { mark: MarkedReference; onReplace: (() => void) | null }) {
  return (
    // Padding, not margin: on its way to the button the pointer stays inside.
    <div className="absolute top-full right-0 left-0 z-20 pt-1">
      <div
        role="status"
        aria-label="Reference"
        className="flex items-center gap-2 rounded-md border border-border bg-card px-2 py-1 text-xs text-card-foreground shadow-dialog"
      >
        {mark.isBroken ? (
          <>
            <Unlink aria-hidden className="size-3.5 shrink-0 text-danger" />
            <span className="min-w-0 flex-1 break-words">{mark.text} leads to no block that runs before this one.</span>
          </>
        ) : (
          <span className="line-clamp-3 min-w-0 flex-1 font-mono text-[11px] break-all">
            {mark.value ?? <span className="font-sans">No value seen yet: run the workflow once.</span>}
          </span>
        )}
        {onReplace && (
          <Button className="h-6 px-2 text-xs" onMouseDown={(event) => event.preventDefault()} onClick={onReplace}>
            Replace…
          </Button>
        )}
      </div>
    </div>
  )
}
