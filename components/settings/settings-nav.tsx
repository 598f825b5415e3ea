'use client'

import { Archive, BrainCircuit, Globe, HeartPulse, KeyRound, Lock, UserRound } from 'lucide-react'
import { Link } from '@/components/ui/link'
import { usePathname } from 'next/navigation'

const places = [
  { href: '/settings/profile', title: 'Profile', icon: UserRound },
  { href: '/settings/api-keys', title: 'API keys', icon: KeyRound },
  { href: '/settings/secrets', title: 'Secrets', icon: Lock },
  { href: '/settings/providers', title: 'Providers', icon: BrainCircuit },
  { href: '/settings/outbound', title: 'Outbound calls', icon: Globe },
  { href: '/settings/retention', title: 'Retention', icon: Archive },
  { href: '/settings/health', title: 'System health', icon: HeartPulse },
]

/** The pages of the settings. */
export function SettingsNav() {
  const path = usePathname()
  return (
    <nav aria-label="Settings" className="flex w-44 shrink-0 flex-col gap-0.5">
      {places.map(({ href, title, icon: Icon }) => (
        <Link
          key={href}
          href={href}
          aria-current={path === href ? 'page' : undefined}
          className="flex h-8 items-center gap-2 rounded-md px-2.5 text-[13px] text-muted-foreground hover:bg-muted hover:text-foreground focus-visible:outline-2 focus-visible:outline-ring aria-[current]:bg-muted aria-[current]:font-medium aria-[current]:text-foreground"
        >
          <Icon aria-hidden className="size-4" />
          {title}
        </Link>
      ))}
    </nav>
  )
}
