'use client'

import dynamic from 'next/dynamic'
import { useId } from 'react'
import { useIsDark } from '@/components/inspector/use-is-dark'
import { loadLater } from '@/components/ui/load-later'

// Loaded with the first one that is shown: nothing else on the page needs it.
const CodeEditor = dynamic(
  loadLater(() => import('@/components/inspector/code-editor').then((module) => module.CodeEditor)),
  { ssr: false, loading: () => <div aria-busy className="h-24 rounded-md border border-input bg-background" /> },
)

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
  const isDark = useIsDark()
  return (
    <div className="mb-4 min-w-0">
      <p aria-hidden className="mb-1.5 text-[13px] font-medium">
        {label}
      </p>
      <CodeEditor id={id} label={label} names={noNames} isDark={isDark} minHeight="96px" {...code} />
      {hint && <p className="mt-1 text-xs text-muted-foreground">{hint}</p>}
    </div>
  )
}
