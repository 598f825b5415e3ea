import { CircleCheck, CircleX, LoaderCircle, type LucideIcon } from 'lucide-react'
import { Badge, type Tone } from '@/components/ui/badge'
import type { Health } from '@/lib/contract/health'

const parts = [
  { key: 'database', title: 'Database', needs: 'Everything: without it nothing is saved or run.' },
  { key: 'javascript', title: 'JavaScript sandbox', needs: 'Code blocks in JavaScript.' },
  { key: 'python', title: 'Python sandbox', needs: 'Code blocks in Python. It may warm up for some seconds.' },
] as const

/** What the server says of its parts. */
export function HealthList({ health }: { health: Health }) {
  return (
    <dl className="divide-y divide-border rounded-lg border border-border bg-card text-[13px] shadow-card">
      {parts.map(({ key, title, needs }) => (
        <div key={key} className="flex items-center justify-between gap-4 px-4 py-3">
          <dt>
            <span className="font-medium">{title}</span>
            <span className="block text-xs text-muted-foreground">{needs}</span>
          </dt>
          <dd>
            <PartBadge says={health[key]} />
          </dd>
        </div>
      ))}
      <div className="flex items-center justify-between gap-4 px-4 py-3">
        <dt className="font-medium">Version of Sluice</dt>
        <dd className="font-mono text-xs">{health.version}</dd>
      </div>
    </dl>
  )
}

function PartBadge({ says }: { says: string }) {
  const [icon, tone, word]: [LucideIcon, Tone, string] =
    says === 'ok' || says === 'ready'
      ? [CircleCheck, 'success', 'Working']
      : says === 'warming'
        ? [LoaderCircle, 'info', 'Warming up']
        : [CircleX, 'danger', says]
  return (
    <Badge icon={icon} tone={tone}>
      {word}
    </Badge>
  )
}
