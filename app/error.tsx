'use client'

import { CircleX } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main role="alert">
      <EmptyState
        icon={CircleX}
        heading="h1"
        title="This page could not be shown"
        action={
          <Button variant="primary" onClick={reset}>
            Try again
          </Button>
        }
      >
        Something failed on the way.{' '}
        {error.digest
          ? `The server’s log has the cause under the digest ${error.digest}.`
          : 'Trying again often helps.'}
      </EmptyState>
    </main>
  )
}
