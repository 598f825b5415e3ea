'use client'

import { ConfirmButton } from '@/components/frame/confirm-button'
import { deleteProvider } from '@/lib/editor/provider-client'

/** Forgets a provider and its key, after asking. */
export function DeleteProvider({ name }: { name: string }) {
  return (
    <ConfirmButton
      word="Delete"
      name={`Delete ${name}`}
      title={`Delete ${name}?`}
      action="Delete provider"
      done={`The provider ${name} is deleted`}
      run={() => deleteProvider(name)}
    >
      Its key is forgotten. Agents and blocks that ask its models fail until another provider serves them.
    </ConfirmButton>
  )
}
