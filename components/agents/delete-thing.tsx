'use client'

import type { ReactNode } from 'react'
import { ConfirmButton } from '@/components/frame/confirm-button'

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
  return (
    <ConfirmButton
      word={`Delete ${thing}`}
      title={`Delete ${name}?`}
      action="Delete for good"
      done={`The ${thing} ${name} is deleted`}
      run={remove}
      then={then}
    >
      {children}
    </ConfirmButton>
  )
}
