'use client'

import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { signOut } from '@/lib/editor/api-client'

/** Ends the session. The page is loaded anew, so nothing of the person stays in the browser's memory. */
export function SignOut() {
  const [isLeaving, setIsLeaving] = useState(false)
  const leave = async () => {
    setIsLeaving(true)
    try {
      await signOut()
      window.location.assign('/sign-in')
    } catch {
      setIsLeaving(false)
    }
  }
  return (
    <Button variant="quiet" disabled={isLeaving} onClick={() => void leave()}>
      <LogOut aria-hidden />
      Sign out
    </Button>
  )
}
