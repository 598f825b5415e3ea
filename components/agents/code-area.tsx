'use client'

import { useId } from 'react'
import { CodeEditor } from '@/components/inspector/code-editor'

const noNames: readonly string[] = []

/** A labelled field of code or JSON. */
export function CodeArea(props: {
  label: string
  hint?: string
  language: 'python' | 'javascript' | 'json'
  text: string
  isReadOnly: boolean
  onText: (text: string) => void
}) {
  const { label, hint, ...code } = props
  const id = useId()
  return (
    <div className="mb-4 min-w-0">
      <p aria-hidden className="mb-1.5 text-[13px] font-medium">
        {label}
      </p>
      <CodeEditor id={id} label={label} names={noNames} minHeight="96px" {...code} />
      {hint && <p className="mt-1 text-xs text-muted-foreground">{hint}</p>}
    </div>
  )
}
