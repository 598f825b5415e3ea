'use client'

import { Dialog } from '@/components/ui/dialog'
import { KeyList } from '@/components/ui/key-list'
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
      <KeyList shortcuts={shortcuts} />
    </Dialog>
  )
}
