const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** A moment as people say it; the exact one is in its title. Both are fixed where the page is made: `now` comes from
 *  there. */
export function TimeAgo({ at, now }: { at: string; now: Date }) {
  return (
    <time dateTime={at} title={at.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')} className="whitespace-nowrap">
      {sayAgo(new Date(at), now)}
    </time>
  )
}

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

function sayAgo(at: Date, now: Date): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000)
  const step = steps.find(([, size]) => Math.abs(seconds) >= size)
  return step ? words.format(Math.trunc(seconds / step[1]), step[0]) : 'just now'
}
