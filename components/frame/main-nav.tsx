'use client'

import { Activity, BookOpen, Bot, ChartNoAxesColumn, Network, Settings, Workflow, type LucideIcon } from 'lucide-react'
import { Link } from '@/components/ui/link'
import { usePathname } from 'next/navigation'

const places: { href: string; title: string; icon: LucideIcon; holds: (path: string) => boolean }[] = [
  {
    href: '/',
    title: 'Workflows',
    icon: Workflow,
    holds: (path) => path === '/' || (path.startsWith('/workflows/') && !path.includes('/executions')),
  },
  { href: '/executions', title: 'Executions', icon: Activity, holds: (path) => path.includes('/executions') },
  { href: '/agents', title: 'Agents', icon: Bot, holds: (path) => path.startsWith('/agents') },
  {
    href: '/orchestrations',
    title: 'Orchestrations',
    icon: Network,
    holds: (path) => path.startsWith('/orchestrations'),
  },
  { href: '/dashboard', title: 'Dashboard', icon: ChartNoAxesColumn, holds: (path) => path === '/dashboard' },
  { href: '/reference', title: 'API', icon: BookOpen, holds: (path) => path === '/reference' },
  { href: '/settings', title: 'Settings', icon: Settings, holds: (path) => path.startsWith('/settings') },
]

/** The studio's places. */
export function MainNav() {
  const path = usePathname()
  return (
    <nav aria-label="Studio" className="flex items-center gap-1">
      {places.map(({ href, title, icon: Icon, holds }) => (
        <Link
          key={href}
          href={href}
          aria-current={holds(path) ? 'page' : undefined}
          className="inline-flex h-8 items-center gap-1.5 rounded-md px-2.5 text-[13px] font-medium text-muted-foreground hover:bg-muted hover:text-foreground focus-visible:outline-2 focus-visible:outline-ring aria-[current]:bg-muted aria-[current]:text-foreground"
        >
          <Icon aria-hidden className="hidden size-4 xl:block" />
          {title}
        </Link>
      ))}
    </nav>
  )
}
