'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Confirm } from '@/components/ui/confirm'
import { toast } from '@/components/ui/notify'
import { messageOf } from '@/lib/editor/api-client'
import { deleteSecret } from '@/lib/editor/settings-client'

/** Takes a secret out of the vault, after asking. */
export function DeleteSecret({ name }: { name: string }) {
  const [isAsking, setIsAsking] = useState(false)
  const router = useRouter()
  const remove = async () => {
    try {
      await deleteSecret(name)
      toast.success(`The secret ${name} is deleted`)
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
        action="Delete secret"
        onConfirm={() => void remove()}
      >
        Blocks that name it then send <code className="font-mono">{`{{secrets.${name}}}`}</code> as it is written.
      </Confirm>
    </>
  )
}
