'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Confirm } from '@/components/ui/confirm'
import { toast } from '@/components/ui/notify'
import { messageOf } from '@/lib/editor/api-client'
import { deleteProvider } from '@/lib/editor/provider-client'

/** Forgets a provider and its key, after asking. */
export function DeleteProvider({ name }: { name: string }) {
  const [isAsking, setIsAsking] = useState(false)
  const router = useRouter()
  const remove = async () => {
    try {
      await deleteProvider(name)
      toast.success(`The provider ${name} is deleted`)
      router.refresh()
    } catch (error) {
      toast.error(messageOf(error))
    }
  }
  return (
    <>
      <Button variant="quiet" aria-label={`Delete ${name}`} onClick={() => setIsAsking(true)}>
        Delete
      </Button>
      <Confirm
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={`Delete ${name}?`}
        action="Delete provider"
        onConfirm={() => void remove()}
      >
        Its key is forgotten. Agents and blocks that ask its models fail until another provider serves them.
      </Confirm>
    </>
  )
}
