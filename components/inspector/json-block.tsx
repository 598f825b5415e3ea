'use client'

import { CopyButton } from '@/components/ui/copy-button'
import type { Json } from '@/lib/contract/json'

/** More than this is cut: a browser draws a megabyte of text slowly. Copying takes all of it. */
const maxCharsShown = 20_000

/** A value as JSON text. */
export function JsonBlock({ title, value }: { title: string; value: Json }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return (
    <div role="group" aria-label={title}>
      <div className="mb-1 flex items-center justify-between">
        <h2 className="text-[13px] font-medium">{title}</h2>
        <CopyButton text={text} label="Copy" />
      </div>
      <pre
        tabIndex={0}
        className="max-h-72 overflow-auto rounded-md border border-border bg-background p-2.5 font-mono text-xs break-words whitespace-pre-wrap focus-visible:outline-2 focus-visible:outline-ring"
      >
        {text.length > maxCharsShown ? `${text.slice(0, maxCharsShown)}\n…` : text}
      </pre>
    </div>
  )
}
