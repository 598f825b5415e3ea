'use client'

import { Dialog } from '@/components/ui/dialog'
import { shortcuts } from './use-shortcuts'
import { useSetStage, useStage } from './workflow-context'

/** Every key the editor listens to. */
export function ShortcutsSheet() {
  const isOpen = useStage(({ areShortcutsOpen }) => areShortcutsOpen)
  const setStage = useSetStage()
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(areShortcutsOpen) => setStage({ areShortcutsOpen })}
      title="Keyboard shortcuts"
    >
      <dl className="mt-4 text-[13px]">
        {shortcuts.map(({ keys, does }) => (
          <div key={keys} className="flex justify-between gap-4 border-t border-border py-1.5 first:border-0">
            <dt>{does}</dt>
            <dd className="text-right">
              <kbd className="font-mono text-xs text-muted-foreground">{keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
