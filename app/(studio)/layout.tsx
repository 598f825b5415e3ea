import { cookies } from 'next/headers'
import { Link } from '@/components/ui/link'
import type { ReactNode } from 'react'
import { Commands } from '@/components/frame/commands'
import { MainNav } from '@/components/frame/main-nav'
import { OfflineNotice } from '@/components/frame/offline-notice'
import { readTheme, themeCookie } from '@/components/frame/theme'
import { ThemeMenu } from '@/components/frame/theme-menu'
import { Toaster } from '@/components/ui/toaster'
import { Wordmark } from '@/components/ui/wordmark'
import { SignOut } from '@/components/workflows/sign-out'
import { UnsentDeletesGuard } from '@/components/workflows/unsent-deletes-guard'

export default async function StudioLayout({ children }: { children: ReactNode }) {
  const theme = readTheme((await cookies()).get(themeCookie)?.value)
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-card focus:px-3 focus:py-2"
      >
        Skip to the content
      </a>
      <header className="flex h-12 shrink-0 items-center gap-6 border-b border-border bg-card px-4">
        <Link
          href="/"
          aria-label="Sluice: all workflows"
          className="flex rounded-md focus-visible:outline-2 focus-visible:outline-offset-4 focus-visible:outline-ring"
        >
          <Wordmark />
        </Link>
        <MainNav />
        <div className="ml-auto flex items-center gap-1">
          <Commands />
          <ThemeMenu theme={theme} />
          <SignOut />
        </div>
      </header>
      <OfflineNotice />
      <div id="content" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
        {children}
      </div>
      <Toaster />
      <UnsentDeletesGuard />
    </div>
  )
}
