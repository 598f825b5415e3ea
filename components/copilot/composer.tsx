'use client'

import { ArrowUp, Bug, Square, X } from 'lucide-react'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { Button } from '@/components/ui/button'
import { useCopilot, useCopilotState } from './copilot-context'

/** Where a person writes. Enter sends, Shift Enter begins a line. */
export function Composer() {
  const copilot = useCopilot()
  const draft = useCopilotState((state) => state.draft)
  const isBusy = useCopilotState(({ turn }) => turn !== null)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    field.current?.focus()
  }, [])
  const send = () => void copilot.ask(draft)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    if (!isBusy) send()
  }
  return (
    <form
      aria-label="Write to the copilot"
      className="shrink-0 border-t border-border p-3"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <About />
      <div className="flex items-end gap-2">
        <textarea
          ref={field}
          aria-label="Message"
          rows={3}
          value={draft}
          onChange={(event) => copilot.write(event.target.value)}
          onKeyDown={onKeyDown}
          placeholder="What should the workflow do?"
          className="min-h-0 flex-1 resize-none rounded-md border border-input bg-card px-3 py-2 text-[13px] placeholder:text-muted-foreground focus-visible:outline-2 focus-visible:outline-ring"
        />
        {isBusy ? (
          <Button className="w-8 px-0" aria-label="Stop" title="Stop" onClick={() => copilot.stop()}>
            <Square aria-hidden />
          </Button>
        ) : (
          <Button
            type="submit"
            variant="primary"
            className="w-8 px-0"
            aria-label="Send"
            title="Send"
            disabled={draft.trim() === ''}
          >
            <ArrowUp aria-hidden />
          </Button>
        )}
      </div>
    </form>
  )
}

/** Which run the question is about. */
function About() {
  const copilot = useCopilot()
  const about = useCopilotState((state) => state.aboutExecutionId)
  if (about === null) return null
  return (
    <p className="mb-2 flex items-center gap-1.5 rounded-md bg-muted py-1 pr-1 pl-2 text-xs">
      <Bug aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
      <span className="min-w-0 flex-1 truncate font-mono" title={about}>
        About run {about}
      </span>
      <Button
        variant="quiet"
        className="size-6 px-0"
        aria-label="Ask without the run"
        onClick={() => copilot.askAbout(null)}
      >
        <X aria-hidden />
      </Button>
    </p>
  )
}
