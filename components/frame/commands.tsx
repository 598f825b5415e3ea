'use client'

import { Search } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { CreateWorkflowDialog } from '@/components/workflows/create-workflow'
import { loadLater } from '@/components/ui/load-later'
import { ShortcutsSheet } from './shortcuts-sheet'

// Loaded when it is first asked for: pages that are only read need none of it.
const CommandPalette = dynamic(
  loadLater(() => import('./command-palette').then((module) => module.CommandPalette)),
  { ssr: false },
)

type Open = 'palette' | 'create' | 'shortcuts' | null

/** The command palette (Ctrl or Cmd-K), the sheet of shortcuts (?), and the button that opens the first. */
export function Commands() {
  const [open, setOpen] = useState<Open>(null)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        setOpen((before) => (before === 'palette' ? null : 'palette'))
      } else if (event.key === '?' && !isTyping(event.target)) {
        setOpen((before) => before ?? 'shortcuts')
      }
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  const early = useEarlyKeys(open === 'palette')
  const close = () => setOpen(null)
  return (
    <>
      <Button
        variant="outline"
        aria-haspopup="dialog"
        onClick={() => setOpen('palette')}
        className="mr-1 text-muted-foreground"
      >
        <Search aria-hidden />
        Go to…
        <kbd className="ml-4 hidden font-mono text-xs xl:inline">Ctrl K</kbd>
      </Button>
      {open === 'palette' && <CommandPalette begun={early} onClose={close} onCreate={() => setOpen('create')} />}
      <CreateWorkflowDialog isOpen={open === 'create'} onOpenChange={close} />
      <ShortcutsSheet isOpen={open === 'shortcuts'} onOpenChange={close} />
    </>
  )
}

/** What is typed after the palette was asked for and before it has the focus, on a busy page or while it loads. It is no
 *  shortcut of the page behind. */
function useEarlyKeys(isOpen: boolean): string {
  const [keys, setKeys] = useState('')
  useEffect(() => {
    if (!isOpen) return
    const take = (event: KeyboardEvent) => {
      const isThere = event.target instanceof Element && event.target.closest('[role="dialog"]') !== null
      if (isThere || event.ctrlKey || event.metaKey || event.altKey || event.key.length > 1) return
      event.preventDefault()
      event.stopPropagation()
      setKeys((before) => before + event.key)
    }
    window.addEventListener('keydown', take, { capture: true })
    return () => {
      window.removeEventListener('keydown', take, { capture: true })
      setKeys('')
    }
  }, [isOpen])
  return keys
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null
}
