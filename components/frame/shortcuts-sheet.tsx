'use client'

import { Dialog } from '@/components/ui/dialog'

const shortcuts = [
  ['Ctrl K', 'Go to a workflow or a page (Cmd K on a Mac)'],
  ['?', 'Show these shortcuts'],
  ['Tab', 'To the next control'],
  ['Arrow keys', 'Within a menu, tabs or the command palette'],
  ['Enter', 'Open what is focused'],
  ['Esc', 'Close a menu or a dialog'],
] as const

/** What the keyboard does outside the editor. */
export function ShortcutsSheet(props: { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  return (
    <Dialog {...props} title="Keyboard shortcuts">
      <dl className="mt-4 grid grid-cols-[7rem_1fr] gap-y-2 text-[13px]">
        {shortcuts.map(([keys, what]) => (
          <div key={keys} className="contents">
            <dt>
              <kbd className="rounded-sm border border-border bg-background px-1.5 py-0.5 font-mono text-xs">
                {keys}
              </kbd>
            </dt>
            <dd className="text-muted-foreground">{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
