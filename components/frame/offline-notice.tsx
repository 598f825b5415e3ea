'use client'

import { CloudOff } from 'lucide-react'
import { useOffline } from 'next/offline'

/** Says over the page that the server cannot be reached. What was asked for meanwhile happens once it can. */
export function OfflineNotice() {
  const isOffline = useOffline()
  return (
    <div role="status" aria-label="Connection" className="relative z-30">
      {isOffline && (
        <p className="pointer-events-none fixed inset-x-0 bottom-12 mx-auto flex w-fit items-center gap-2 rounded-md border border-border bg-card px-3 py-1 text-[13px] shadow-dialog">
          <CloudOff aria-hidden className="size-4 text-warning" />
          No connection to the server. Trying again…
        </p>
      )}
    </div>
  )
}
