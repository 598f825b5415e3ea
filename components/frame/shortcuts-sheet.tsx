'use client'

import { Dialog } from '@/components/ui/dialog'
import { KeyList } from '@/components/ui/key-list'

const shortcuts = [
  { keys: 'Ctrl K', does: 'Go to a workflow or a page (Cmd K on a Mac)' },
  { keys: '?', does: 'Show this list' },
  { keys: 'Tab', does: 'To the next control' },
  { keys: 'Arrow keys', does: 'Within a menu, tabs or the command palette' },
  { keys: 'Enter', does: 'Open what is focused' },
  { keys: 'Esc', does: 'Close a menu or a dialog' },
]

/** What the keyboard does outside the editor. */
export function ShortcutsSheet(props: { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  return (
    <Dialog {...props} title="Keyboard shortcuts">
      <KeyList shortcuts={shortcuts} />
    </Dialog>
  )
}
