import { useReactFlow } from '@xyflow/react'
import { useMemo, type DragEvent } from 'react'
import { dropBlock, dropOnEdge } from '@/lib/editor/canvas-actions'
import { cardWidth, headerHeight } from '@/lib/editor/card-size'
import { useEditor } from '@/lib/editor/editor-context'

/** What a block that is dragged from the palette carries its type as. */
export const draggedType = 'application/x-sluice-block'

/** Takes blocks that are dragged here from the palette: on an edge they go in between, elsewhere they stand alone. */
export function useDropping() {
  const editor = useEditor()
  const { screenToFlowPosition } = useReactFlow()
  return useMemo(
    () => ({
      onDragOver: (event: DragEvent) => {
        if (!event.dataTransfer.types.includes(draggedType)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
      },
      onDrop: (event: DragEvent) => {
        const type = event.dataTransfer.getData(draggedType)
        if (type === '') return
        event.preventDefault()
        const point = screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false })
        const position = cardAround(point)
        const edge = document.elementFromPoint(event.clientX, event.clientY)?.closest<SVGElement>('.react-flow__edge')
        const edgeId = edge?.dataset['id']
        const isInserted = edgeId !== undefined && dropOnEdge(editor, { type, position, edgeId }) !== null
        if (!isInserted) dropBlock(editor, { type, position })
      },
    }),
    [editor, screenToFlowPosition],
  )
}

/** Where a card goes that is dropped with the pointer on its header. */
export function cardAround({ x, y }: { x: number; y: number }): { x: number; y: number } {
  const onGrid = (value: number) => Math.round(value / 8) * 8
  return { x: onGrid(x - cardWidth / 2), y: onGrid(y - headerHeight / 2) }
}
