import { CircleCheck, CircleDashed, Timer, type LucideIcon } from 'lucide-react'
import { Badge, type Tone } from '@/components/ui/badge'
import type { ShownState } from '@/lib/contract/workflow-row'

const looks: Record<ShownState, { icon: LucideIcon; tone: Tone; word: string }> = {
  internal: { icon: CircleDashed, tone: 'neutral', word: 'Internal' },
  armed: { icon: Timer, tone: 'warning', word: 'Armed' },
  deployed: { icon: CircleCheck, tone: 'success', word: 'Deployed' },
}

/** Whether calls from outside are let in: never, once, or without limit. */
export function StateBadge({ state }: { state: ShownState }) {
  const { icon, tone, word } = looks[state]
  return (
    <Badge icon={icon} tone={tone}>
      {word}
    </Badge>
  )
}
