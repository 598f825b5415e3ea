'use client'

import { SendHorizontal, Square } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import { Button } from '@/components/ui/button'
import { maxAgentMessageChars } from '@/lib/limits'

/** Where a message is written. Enter sends it, Shift and Enter begin a line. While an answer comes it can be stopped. */
export function Composer(props: {
  label: string
  isBusy: boolean
  onSend: (message: string) => void
  onStop: () => void
}) {
  const { label, isBusy, onSend, onStop } = props
  const [text, setText] = useState('')
  const send = () => {
    if (text.trim() === '' || isBusy) return
    onSend(text)
    setText('')
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
  return (
    <div className="flex items-end gap-2 border-t border-border p-3">
      <textarea
        aria-label={label}
        placeholder={label}
        rows={1}
        value={text}
        maxLength={maxAgentMessageChars}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={press}
        className="block field-sizing-content max-h-40 min-h-8 w-full resize-none rounded-md border border-input bg-background px-2.5 py-1.5 text-[13px] leading-5 placeholder:text-muted-foreground focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring"
      />
      {isBusy ? (
        <Button onClick={onStop}>
          <Square aria-hidden />
          Stop
        </Button>
      ) : (
        <Button variant="primary" disabled={text.trim() === ''} onClick={send}>
          <SendHorizontal aria-hidden />
          Send
        </Button>
      )}
    </div>
  )
}
