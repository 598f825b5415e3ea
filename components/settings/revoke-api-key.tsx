'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Confirm } from '@/components/ui/confirm'
import { toast } from '@/components/ui/notify'
import { messageOf } from '@/lib/editor/api-client'
import { revokeApiKey } from '@/lib/editor/settings-client'

/** Ends a key, after asking. */
export function RevokeApiKey({ id, name }: { id: string; name: string }) {
  const [isAsking, setIsAsking] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const router = useRouter()
  const revoke = async () => {
    setIsBusy(true)
    try {
      await revokeApiKey(id)
      toast.success(`The key “${name}” is revoked`)
      router.refresh()
    } catch (error) {
      toast.error(messageOf(error))
      setIsBusy(false)
    }
  }
  return (
    <>
      <Button variant="quiet" disabled={isBusy} aria-label={`Revoke ${name}`} onClick={() => setIsAsking(true)}>
        Revoke
      </Button>
      <Confirm
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={`Revoke “${name}”?`}
        action="Revoke key"
        onConfirm={() => void revoke()}
      >
        Whatever uses this key is refused from now on. A revoked key does not come back.
      </Confirm>
    </>
  )
}
