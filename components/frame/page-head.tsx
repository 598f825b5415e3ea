import { ArrowLeft } from 'lucide-react'
import { Link } from '@/components/ui/link'
import type { ReactNode } from 'react'

/** The head of a page about one thing of a list: the way back, and its name. */
export function PageHead(props: { back: { href: string; label: string }; title: string; children?: ReactNode }) {
  const { back, title, children } = props
  return (
    <div className="mb-4 flex items-center gap-3">
      <Link
        href={back.href}
        aria-label={back.label}
        className="grid size-8 place-items-center rounded-md text-muted-foreground hover:bg-muted hover:text-foreground focus-visible:outline-2 focus-visible:outline-ring"
      >
        <ArrowLeft aria-hidden className="size-4" />
      </Link>
      <h1 className="min-w-0 truncate text-lg font-semibold">{title}</h1>
      {children}
    </div>
  )
}
