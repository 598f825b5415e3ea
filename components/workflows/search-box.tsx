'use client'

import { useRouter } from 'next/navigation'
import { useRef, useTransition, type SubmitEvent } from 'react'
import { SearchField } from '@/components/ui/search-field'
import { addressOf, type ListView } from './list-address'

const typingPauseMs = 200

/** Finds workflows by name. Without script it is an ordinary form; with it, the list follows the typing. */
export function SearchBox({ view }: { view: ListView }) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  const show = (q: string) => {
    clearTimeout(pause.current)
    startTransition(() => router.replace(addressOf({ ...view, q: q.trim(), offset: 0 }), { scroll: false }))
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    show(String(new FormData(event.currentTarget).get('q') ?? ''))
  }
  return (
    <form role="search" action="/" onSubmit={submit} aria-busy={isPending}>
      <SearchField
        name="q"
        aria-label="Search workflows by name"
        placeholder="Search by name"
        defaultValue={view.q}
        onChange={(event) => {
          const { value } = event.currentTarget
          clearTimeout(pause.current)
          pause.current = setTimeout(() => show(value), typingPauseMs)
        }}
        className="w-64"
      />
    </form>
  )
}
