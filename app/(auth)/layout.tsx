import type { ReactNode } from 'react'
import { Wordmark } from '@/components/ui/wordmark'

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-4 py-12">
      <div className="mb-6">
        <Wordmark />
      </div>
      <div className="w-full max-w-sm rounded-lg border border-border bg-card p-6 shadow-card">{children}</div>
    </main>
  )
}
