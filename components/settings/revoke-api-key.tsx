'use client'

import { ConfirmButton } from '@/components/frame/confirm-button'
import { revokeApiKey } from '@/lib/editor/settings-client'

/** Ends a key, after asking. */
export function RevokeApiKey({ id, name }: { id: string; name: string }) {
  return (
    <ConfirmButton
      word="Revoke"
      name={`Revoke ${name}`}
      title={`Revoke “${name}”?`}
      action="Revoke key"
      done={`The key “${name}” is revoked`}
      run={() => revokeApiKey(id)}
    >
      Whatever uses this key is refused from now on. A revoked key does not come back.
    </ConfirmButton>
  )
}
