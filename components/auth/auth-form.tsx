'use client'

import { useState, useSyncExternalStore, type SubmitEvent, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { ApiError, messageOf } from '@/lib/editor/api-client'

/** A form before the studio: sends its fields, says what is wrong, and goes on into the studio when nothing is. */
export function AuthForm(props: {
  action: string
  busyAction: string
  /** The page to go on to; the list of workflows unless said otherwise. */
  next?: string
  send: (text: (field: string) => string) => Promise<void>
  children: ReactNode
}) {
  const isListening = useSyncExternalStore(never, yes, no)
  const [isSending, setIsSending] = useState(false)
  const [problem, setProblem] = useState('')
  const send = async (form: FormData) => {
    setIsSending(true)
    setProblem('')
    try {
      await props.send((field) => String(form.get(field) ?? ''))
      // Loaded anew, so that every page is made for the person who is now signed in.
      window.location.assign(props.next ?? '/')
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : messageOf(error))
      setIsSending(false)
    }
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    void send(new FormData(event.currentTarget))
  }
  return (
    // The method counts only before the script has loaded: a password must never become part of the address.
    <form method="post" onSubmit={submit}>
      {props.children}
      <p role="alert" className="mb-3 min-h-5 text-[13px] text-danger">
        {problem}
      </p>
      <Button type="submit" variant="primary" className="w-full" disabled={isSending || !isListening}>
        {isSending ? props.busyAction : props.action}
      </Button>
    </form>
  )
}

// False in the server's HTML, true once the script runs: sent before that, the form would only load the page again.
const never = () => () => undefined
const yes = () => true
const no = () => false
