import { CircleCheck, CircleDashed, CircleX, TriangleAlert, type LucideIcon } from 'lucide-react'
import { Badge, type Tone } from '@/components/ui/badge'
import type { Verdict } from './use-verdicts'

const looks: Record<Verdict['kind'], { icon: LucideIcon; tone: Tone; word: string }> = {
  true: { icon: CircleCheck, tone: 'success', word: 'True' },
  false: { icon: CircleX, tone: 'neutral', word: 'False' },
  failed: { icon: TriangleAlert, tone: 'warning', word: 'Counts as false' },
  unreached: { icon: CircleDashed, tone: 'neutral', word: 'Not reached' },
}

/** What a branch comes to with the data of the last run; nothing while there is none. */
export function BranchVerdict({ verdict }: { verdict: Verdict | undefined }) {
  if (!verdict) return null
  const { icon, tone, word } = looks[verdict.kind]
  // What is wrong is a sentence: it takes a line of its own.
  const width = verdict.kind === 'failed' ? 'basis-full' : 'flex-1'
  return (
    <p
      className="mt-0.5 flex min-w-0 flex-wrap items-start gap-x-1.5 text-[11px] leading-4"
      title="With the data of the last run"
    >
      <Badge icon={icon} tone={tone}>
        {word}
      </Badge>
      <span
        className={`line-clamp-2 min-w-0 font-mono break-words text-muted-foreground ${width}`}
        title={verdict.detail}
      >
        {verdict.detail}
      </span>
    </p>
  )
}
