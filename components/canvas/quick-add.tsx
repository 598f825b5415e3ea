'use client'

import { Popover } from 'radix-ui'
import { useSetStage, useStage } from '@/components/editor/workflow-context'
import { dropBlock, dropOnEdge } from '@/lib/editor/canvas-actions'
import { singleOutputY } from '@/lib/editor/card-size'
import { useEditor } from '@/lib/editor/editor-context'
import { BlockPicker } from './block-picker'
import { cardAround } from './use-dropping'

/** Offers blocks where an edge was dropped on empty canvas, where somebody asked for one, or on an edge. */
export function QuickAdd() {
  const editor = useEditor()
  const quickAdd = useStage((stage) => stage.quickAdd)
  const setStage = useSetStage()
  if (!quickAdd) return null
  const { at, position, from, edgeId } = quickAdd
  const isFollowing = from !== undefined || edgeId !== undefined
  const pick = (type: string) => {
    if (edgeId !== undefined) dropOnEdge(editor, { type, position: cardAround(position), edgeId })
    else dropBlock(editor, { type, position: { x: position.x, y: position.y - singleOutputY }, from })
    setStage({ quickAdd: null })
  }
  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && setStage({ quickAdd: null })}>
      <Popover.Anchor className="fixed" style={{ left: at.x, top: at.y }} />
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Add a block"
          className="z-50 rounded-md border border-border bg-card text-card-foreground shadow-dialog"
        >
          <BlockPicker isOffered={({ capabilities }) => !isFollowing || !capabilities.trigger} onPick={pick} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
