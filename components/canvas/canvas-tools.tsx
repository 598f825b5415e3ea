'use client'

import { ControlButton } from '@xyflow/react'
import { LayoutGrid } from 'lucide-react'
import { autoLayout } from '@/lib/editor/canvas-actions'
import type { Drawing } from '@/lib/editor/draw-graph'
import { useEditor } from '@/lib/editor/editor-context'
import { cardHeight, cardWidth } from '@/lib/editor/card-size'
import { blockIndex } from '@/lib/editor/graph-index'
import { useFit } from './use-fit'

/** What the canvas' own buttons can do beside zooming. */
export function CanvasTools({ drawing }: { drawing: Drawing }) {
  const editor = useEditor()
  const { fitGraph } = useFit()
  const tidy = async () => {
    const sizes = blockIndex(drawing)
    const isChanged = await autoLayout(editor, (id) => sizes.get(id) ?? { width: cardWidth, height: cardHeight(0) })
    if (isChanged) fitGraph()
  }
  return (
    <ControlButton
      onClick={() => void tidy()}
      title="Tidy up: lay the blocks out from left to right"
      aria-label="Tidy up"
    >
      <LayoutGrid aria-hidden className="canvas-tool-icon" />
    </ControlButton>
  )
}
