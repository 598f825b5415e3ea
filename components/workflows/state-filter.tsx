import { clsx } from 'clsx'
import { Link } from '@/components/ui/link'
import { addressOf, type ListView } from './list-address'

const choices = [
  { state: null, word: 'All' },
  { state: 'internal', word: 'Internal' },
  { state: 'armed', word: 'Armed' },
  { state: 'deployed', word: 'Deployed' },
] as const

/** Which states the list shows: links, because the choice is in the address. */
export function StateFilter({ view }: { view: ListView }) {
  return (
    <nav aria-label="Filter by state" className="flex rounded-md border border-input bg-card p-0.5">
      {choices.map(({ state, word }) => (
        <Link
          key={word}
          href={addressOf({ ...view, state, offset: 0 })}
          aria-current={view.state === state ? 'true' : undefined}
          className={clsx(
            'inline-flex h-6.5 items-center rounded-sm px-2.5 text-[13px] focus-visible:outline-2 focus-visible:outline-ring',
            view.state === state ? 'bg-muted font-medium' : 'text-muted-foreground hover:text-foreground',
          )}
        >
          {word}
        </Link>
      ))}
    </nav>
  )
}
