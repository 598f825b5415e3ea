import { Ban, CircleCheck, CircleDot, CircleX, Clock, TimerOff, type LucideIcon } from 'lucide-react'
import { Badge, type Tone } from '@/components/ui/badge'
import type { ExecutionStatus } from '@/lib/contract/execution'

const looks: Record<ExecutionStatus, { icon: LucideIcon; tone: Tone; word: string }> = {
  queued: { icon: Clock, tone: 'neutral', word: 'Queued' },
  running: { icon: CircleDot, tone: 'info', word: 'Running' },
  completed: { icon: CircleCheck, tone: 'success', word: 'Completed' },
  failed: { icon: CircleX, tone: 'danger', word: 'Failed' },
  cancelled: { icon: Ban, tone: 'neutral', word: 'Cancelled' },
  timed_out: { icon: TimerOff, tone: 'danger', word: 'Timed out' },
}

export function ExecutionBadge({ status }: { status: ExecutionStatus }) {
  const { icon, tone, word } = looks[status]
  return (
    <Badge icon={icon} tone={tone}>
      {word}
    </Badge>
  )
}
