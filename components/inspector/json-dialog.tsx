'use client'

import { useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { messageOf } from '@/lib/editor/api-client'
import { isJsonObject, type Json } from '@/lib/contract/json'

export interface JsonAsked {
  title: string
  description: string
  /** What stands in the field to begin with. */
  value: Json
  /** The button that takes it. */
  action: string
  /** Nothing but an object is taken. */
  isObject?: boolean
}

/** Asks for a JSON value. What is none cannot be taken, and why is said as it is typed; a value the server refuses stays in
 *  the field. `onTake` throws to refuse. */
export function JsonDialog(props: { asked: JsonAsked; onTake: (value: Json) => Promise<void>; onClose: () => void }) {
  const { asked, onTake, onClose } = props
  const id = useId()
  const [text, setText] = useState(() => JSON.stringify(asked.value, null, 2))
  const [isTaking, setIsTaking] = useState(false)
  const [refusal, setRefusal] = useState('')
  const read = readJson(text, asked.isObject ?? false)
  const problem = 'problem' in read ? read.problem : refusal
  const take = async () => {
    if ('problem' in read) return
    setIsTaking(true)
    try {
      await onTake(read.value)
      onClose()
    } catch (error) {
      setRefusal(messageOf(error))
      setIsTaking(false)
    }
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={asked.title}
      description={asked.description}
      width="wide"
    >
      <form
        className="mt-4"
        onSubmit={(event) => {
          event.preventDefault()
          void take()
        }}
      >
        <textarea
          id={id}
          aria-label="JSON"
          aria-invalid={problem !== ''}
          aria-describedby={`${id}-problem`}
          autoFocus
          rows={14}
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setRefusal('')
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            void take()
          }}
          className="w-full resize-none rounded-md border border-input bg-background p-2.5 font-mono text-xs leading-5 focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring aria-invalid:border-danger"
        />
        <p id={`${id}-problem`} role="status" className="min-h-5 text-xs break-words text-danger">
          {problem}
        </p>
        <div className="mt-2 flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" disabled={'problem' in read || isTaking}>
            {asked.action}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function readJson(text: string, isObject: boolean): { value: Json } | { problem: string } {
  try {
    // What JSON.parse gives is JSON.
    const value = JSON.parse(text) as Json
    return isObject && !isJsonObject(value) ? { problem: 'It has to be an object: { "name": "value" }.' } : { value }
  } catch (error) {
    return { problem: `This is not JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
}
