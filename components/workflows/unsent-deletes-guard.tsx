'use client'

import { useEffect } from 'react'
import { usePendingDeletes } from '@/lib/editor/pending-deletes'

/** Holds back who leaves while a deletion still waits to be sent: a page that is gone sends nothing. */
export function UnsentDeletesGuard() {
  const isWaiting = usePendingDeletes(({ unsent }) => unsent.size > 0)
  useEffect(() => {
    if (!isWaiting) return
    const hold = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', hold)
    return () => window.removeEventListener('beforeunload', hold)
  }, [isWaiting])
  return null
}
