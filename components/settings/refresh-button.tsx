'use client'

import { RefreshCw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Button } from '@/components/ui/button'

/** Reads the page anew; what is shown stays until the new is there. */
export function RefreshButton() {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  return (
    <Button disabled={isPending} onClick={() => startTransition(() => router.refresh())}>
      <RefreshCw aria-hidden />
      {isPending ? 'Checking…' : 'Check again'}
    </Button>
  )
}
