import type { ReactNode } from 'react'
import { SettingsNav } from '@/components/settings/settings-nav'

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex w-full max-w-6xl gap-8 px-6 py-8">
      <SettingsNav />
      {children}
    </main>
  )
}
