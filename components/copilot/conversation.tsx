'use client'

import { CircleAlert, GitPullRequestArrow, Sparkles } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { WrittenText } from '@/components/chat/written-text'
import { Button } from '@/components/ui/button'
import type { CopilotMessageItem } from '@/lib/contract/copilot'
import { useCopilot, useCopilotState } from './copilot-context'
import { RunningTurn } from './running-turn'

/** What was said, oldest first, and what goes on now. What a model writes fetches nothing. */
export function Conversation() {
  const messages = useCopilotState((state) => state.messages)
  const turn = useCopilotState((state) => state.turn)
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' })
  }, [messages, turn])
  const isEmpty = messages.length === 0 && !turn
  return (
    <div
      role="log"
      aria-label="Conversation"
      tabIndex={0}
      className="min-h-24 flex-1 space-y-4 overflow-y-auto p-4 text-[13px] focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-ring"
    >
      {isEmpty && <Suggestions />}
      {messages.map((message) => (
        <Message key={message.id} message={message} />
      ))}
      {turn && (
        <>
          <Said text={turn.question} />
          <RunningTurn turn={turn} />
        </>
      )}
      <div ref={end} />
    </div>
  )
}

const suggestions = [
  'Summarise a text with a model and answer with the summary',
  'Add error handling to every block that calls out',
  'Explain what this workflow does',
]

function Suggestions() {
  const copilot = useCopilot()
  return (
    <div className="flex h-full flex-col justify-end gap-3">
      <Sparkles aria-hidden className="size-5 text-muted-foreground" />
      <p className="text-muted-foreground">
        Say what the workflow should do. You see each change on the canvas before you accept it.
      </p>
      <ul aria-label="Suggestions" className="space-y-2">
        {suggestions.map((text) => (
          <li key={text}>
            <button
              type="button"
              className="w-full rounded-md border border-input px-3 py-2 text-left hover:bg-muted focus-visible:outline-2 focus-visible:outline-ring"
              onClick={() => copilot.write(text)}
            >
              {text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Message({ message }: { message: CopilotMessageItem }) {
  if (message.role === 'user') return <Said text={message.content} about={message.execution_id} />
  if (message.error !== null)
    return (
      <p className="flex items-start gap-1.5 break-words text-danger">
        <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
        <span className="min-w-0">{message.error}</span>
      </p>
    )
  return (
    <div className="space-y-2">
      <WrittenText text={message.content} />
      <ShowAgain message={message} />
    </div>
  )
}

function Said({ text, about = null }: { text: string; about?: string | null }) {
  return (
    <div className="ml-auto w-fit max-w-[calc(100%-2rem)] rounded-md bg-muted px-3 py-2">
      <p className="break-words whitespace-pre-wrap">{text}</p>
      {about !== null && (
        <p className="mt-1 truncate font-mono text-xs text-muted-foreground" title={about}>
          About run {about}
        </p>
      )}
    </div>
  )
}

function ShowAgain({ message }: { message: CopilotMessageItem }) {
  const copilot = useCopilot()
  const isShown = useCopilotState(({ proposal }) => proposal?.messageId === message.id)
  const isBusy = useCopilotState(({ turn }) => turn !== null)
  if (!message.workflow_diff || isShown) return null
  return (
    <Button disabled={isBusy} onClick={() => copilot.show(message)}>
      <GitPullRequestArrow aria-hidden />
      Review this proposal
    </Button>
  )
}
