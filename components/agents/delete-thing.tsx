'use client'

import { useRouter } from 'next/navigation'
import { useState, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Confirm } from '@/components/ui/confirm'
import { toast } from '@/components/ui/notify'
import { messageOf } from '@/lib/editor/api-client'

/** Deletes what a page is about, after asking, and goes where `then` says. `children` tell what goes with it. */
export function DeleteThing(props: {
  /** `agent`, `orchestration`. */
  thing: string
  name: string
  remove: () => Promise<void>
  then: string
  children: ReactNode
}) {
  const { thing, name, remove, then, children } = props
  const [isAsking, setIsAsking] = useState(false)
  const router = useRouter()
  const confirm = async () => {
    try {
      await remove()
      toast.success(`The ${thing} ${name} is deleted`)
      router.push(then)
      router.refresh()
    } catch (error) {
      toast.error(messageOf(error))
    }
  }
  return (
    <>
      <Button variant="quiet" onClick={() => setIsAsking(true)}>
        Delete {thing}
      </Button>
      <Confirm
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={`Delete ${name}?`}
        action="Delete for good"
        onConfirm={() => void confirm()}
      >
        {children}
      </Confirm>
    </>
  )
}
