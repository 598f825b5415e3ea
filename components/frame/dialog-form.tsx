'use client'

import { useState, type ReactNode, type SubmitEvent } from 'react'
import { Button } from '@/components/ui/button'
import { messageOf } from '@/lib/editor/api-client'

/** A form in a dialog: sends its fields and says what is wrong. `send` closes the dialog or goes elsewhere when nothing is. */
export function DialogForm(props: {
  /** The word of the button that sends it, and what it says meanwhile. */
  action: string
  busyAction: string
  send: (form: FormData) => Promise<void>
  onCancel: () => void
  children: ReactNode
}) {
  const { action, busyAction, send, onCancel, children } = props
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const sendAll = async (form: FormData) => {
    setIsBusy(true)
    setProblem('')
    try {
      await send(form)
    } catch (error) {
      setProblem(messageOf(error))
      setIsBusy(false)
    }
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    void sendAll(new FormData(event.currentTarget))
  }
  return (
    <form onSubmit={submit} className="mt-4">
      {children}
      <p role="alert" className="mt-2 min-h-5 text-[13px] text-danger">
        {problem}
      </p>
      <div className="mt-2 flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button variant="primary" type="submit" disabled={isBusy}>
          {isBusy ? busyAction : action}
        </Button>
      </div>
    </form>
  )
}
