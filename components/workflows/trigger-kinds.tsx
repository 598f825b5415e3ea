import { CalendarClock, MousePointerClick, Webhook, type LucideIcon } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import type { TriggerKind } from '@/lib/contract/workflow-row'

const looks: Record<TriggerKind, { icon: LucideIcon; word: string }> = {
  manual: { icon: MousePointerClick, word: 'Manual' },
  webhook: { icon: Webhook, word: 'Webhook' },
  schedule: { icon: CalendarClock, word: 'Schedule' },
}

export function TriggerKinds({ kinds }: { kinds: readonly TriggerKind[] }) {
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1 xl:flex-nowrap">
      {kinds.map((kind) => (
        <Badge key={kind} icon={looks[kind].icon} tone="neutral">
          {looks[kind].word}
        </Badge>
      ))}
    </span>
  )
}
