'use client'

import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useRef, useTransition, type SubmitEvent } from 'react'
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
    <form role="search" action="/" onSubmit={submit} aria-busy={isPending} className="relative w-64">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted-foreground"
      />
      <input
        type="search"
        name="q"
        aria-label="Search workflows by name"
        placeholder="Search by name"
        autoComplete="off"
        defaultValue={view.q}
        onChange={(event) => {
          const { value } = event.currentTarget
          clearTimeout(pause.current)
          pause.current = setTimeout(() => show(value), typingPauseMs)
        }}
        className="h-8 w-full rounded-md border border-input bg-card pr-2 pl-8 text-[13px] placeholder:text-muted-foreground focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring"
      />
    </form>
  )
}
