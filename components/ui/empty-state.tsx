import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

/** What stands where there is nothing yet: what it is, the next step, and the button that takes it. */
export function EmptyState(props: {
  icon: LucideIcon
  title: string
  /** `h1` where it is the whole page. */
  heading?: 'h1' | 'h2'
  children: ReactNode
  action?: ReactNode
}) {
  const { icon: Icon, title, heading: Heading = 'h2', children, action } = props
  return (
    <div className="flex flex-col items-center px-6 py-16 text-center">
      <span className="mb-4 grid size-10 place-items-center rounded-lg border border-border bg-card text-muted-foreground">
        <Icon aria-hidden className="size-5" />
      </span>
      <Heading className="text-sm font-semibold">{title}</Heading>
      <p className="mt-1 max-w-sm text-[13px] text-balance text-muted-foreground">{children}</p>
      {action && <div className="mt-5">{action}</div>}
    </div>
  )
}
