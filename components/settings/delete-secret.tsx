'use client'

import { ConfirmButton } from '@/components/frame/confirm-button'
import { deleteSecret } from '@/lib/editor/settings-client'

/** Takes a secret out of the vault, after asking. */
export function DeleteSecret({ name }: { name: string }) {
  return (
    <ConfirmButton
      word="Delete"
      name={`Delete ${name}`}
      title={`Delete ${name}?`}
      action="Delete secret"
      done={`The secret ${name} is deleted`}
      run={() => deleteSecret(name)}
    >
      Blocks that name it then send <code className="font-mono">{`{{secrets.${name}}}`}</code> as it is written.
    </ConfirmButton>
  )
}
