'use client'

import { useRouter } from 'next/navigation'
import { useOffline } from 'next/offline'
import { useEffect } from 'react'

/** Reads the page anew at intervals and when somebody comes back to it. What is typed or open on it stays. */
export function KeepFresh({ everyMs = 10_000 }: { everyMs?: number }) {
  const router = useRouter()
  const isOffline = useOffline()
  useEffect(() => {
    // Each reading asked for without a connection would wait for it, and all would happen at once.
    if (isOffline) return
    const refresh = () => document.visibilityState === 'visible' && router.refresh()
    const timer = setInterval(refresh, everyMs)
    document.addEventListener('visibilitychange', refresh)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', refresh)
    }
  }, [router, everyMs, isOffline])
  return null
}
