import { clsx } from 'clsx'
import { Search } from 'lucide-react'
import type { ComponentProps } from 'react'

/** A field to search with, named by `aria-label`. `className` says how wide it is. */
export function SearchField({ className, ...input }: ComponentProps<'input'>) {
  return (
    <span className={clsx('relative inline-block', className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted-foreground"
      />
      <input
        type="search"
        autoComplete="off"
        className="h-8 w-full rounded-md border border-input bg-card pr-2 pl-8 text-[13px] placeholder:text-muted-foreground focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring"
        {...input}
      />
    </span>
  )
}
