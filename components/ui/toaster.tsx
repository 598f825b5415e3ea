'use client'

import dynamic from 'next/dynamic'
import { loadLater } from './load-later'
import { useMessages } from './notify'

const ShownMessages = dynamic(
  loadLater(() => import('./shown-messages').then((module) => module.ShownMessages)),
  { ssr: false },
)

/** Where short messages appear, once per page. */
export function Toaster() {
  const isWanted = useMessages((messages) => messages.isWanted)
  return isWanted && <ShownMessages />
}
