import { clsx } from 'clsx'
import { Link } from '@/components/ui/link'

const periods = [
  { hours: 1, word: 'Hour' },
  { hours: 24, word: '24 hours' },
  { hours: 168, word: '7 days' },
] as const

/** The hours an address asks for; a day when it says none of ours. */
export function readPeriod(text: string | string[] | undefined): number {
  return periods.find(({ hours }) => String(hours) === text)?.hours ?? 24
}

/** How far back the dashboard looks: links, because the choice is in the address. */
export function PeriodChoice({ hours: chosen }: { hours: number }) {
  return (
    <nav aria-label="Period" className="flex rounded-md border border-input bg-card p-0.5">
      {periods.map(({ hours, word }) => (
        <Link
          key={hours}
          href={`/dashboard?hours=${hours}`}
          aria-current={hours === chosen ? 'true' : undefined}
          className={clsx(
            'inline-flex h-6.5 items-center rounded-sm px-2.5 text-[13px] focus-visible:outline-2 focus-visible:outline-ring',
            hours === chosen ? 'bg-muted font-medium' : 'text-muted-foreground hover:text-foreground',
          )}
        >
          {word}
        </Link>
      ))}
    </nav>
  )
}
