'use client'

import { useEffect, useRef, type ReactNode } from 'react'
import { WrittenText } from './written-text'

/** A conversation: its head, what was said, and where one writes. New words are scrolled into view as long as the end
 *  is what somebody looks at. */
export function ChatFrame(props: { label: string; head: ReactNode; children: ReactNode; foot: ReactNode }) {
  const { label, head, children, foot } = props
  const list = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  useEffect(() => {
    const box = list.current
    if (box && isAtEnd.current) box.scrollTop = box.scrollHeight
  })
  return (
    <section
      aria-label={label}
      className="flex h-[calc(100dvh-9rem)] min-h-96 flex-col rounded-lg border border-border bg-card text-[13px] shadow-card lg:sticky lg:top-6"
    >
      <div className="flex min-h-12 items-center gap-2 border-b border-border px-3 py-2">{head}</div>
      <div
        ref={list}
        role="log"
        aria-label="What was said"
        tabIndex={0}
        onScroll={({ currentTarget: box }) =>
          (isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 40)
        }
        className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-3 focus-visible:outline-2 focus-visible:outline-ring"
      >
        {children}
      </div>
      {foot}
    </section>
  )
}

/** What a person said. */
export function Question({ text }: { text: string }) {
  return (
    <p className="ml-8 self-end rounded-lg bg-muted px-3 py-2 break-words whitespace-pre-wrap">
      <span className="sr-only">You: </span>
      {text}
    </p>
  )
}

/** What was answered, as far as it has come. */
export function Answer({ text, isRunning }: { text: string; isRunning: boolean }) {
  if (text === '') return isRunning ? <p className="text-muted-foreground">Thinking…</p> : null
  return (
    <div>
      <span className="sr-only">Answer: </span>
      <WrittenText text={text} />
    </div>
  )
}

/** Why there is no answer, or no more of it. */
export function Ended({
  status,
  error,
}: {
  status: 'running' | 'completed' | 'failed' | 'stopped'
  error: string | null
}) {
  if (status === 'stopped') return <p className="text-xs text-muted-foreground">Stopped</p>
  if (status !== 'failed') return null
  return <p className="rounded-md border border-danger px-3 py-2 break-words text-danger">{error}</p>
}
