'use client'

import { useRouter } from 'next/navigation'
import { useState, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Confirm } from '@/components/ui/confirm'
import { toast } from '@/components/ui/notify'
import { messageOf } from '@/lib/editor/api-client'

/** A button for what cannot be undone: asks, does it, says that it is done, and shows the page anew or the one at `then`.
 *  `children` tell what goes with it. */
export function ConfirmButton(props: {
  word: string
  /** The button's name where its word alone does not say what it is about. */
  name?: string
  title: string
  /** The word of the button that does it. */
  action: string
  done: string
  run: () => Promise<void>
  then?: string
  children: ReactNode
}) {
  const { word, name, title, action, done, run, then, children } = props
  const [isAsking, setIsAsking] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const router = useRouter()
  const confirm = async () => {
    setIsBusy(true)
    try {
      await run()
      toast.success(done)
      if (then !== undefined) router.push(then)
      router.refresh()
    } catch (error) {
      toast.error(messageOf(error))
      setIsBusy(false)
    }
  }
  return (
    <>
      <Button variant="quiet" disabled={isBusy} aria-label={name} onClick={() => setIsAsking(true)}>
        {word}
      </Button>
      <Confirm
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={title}
        action={action}
        onConfirm={() => void confirm()}
      >
        {children}
      </Confirm>
    </>
  )
}
