import { useReactFlow } from '@xyflow/react'
import { useMemo, type DragEvent } from 'react'
import { toast } from '@/components/ui/notify'
import { dropBlock, dropOnEdge, paste } from '@/lib/editor/canvas-actions'
import { cardWidth, headerHeight } from '@/lib/editor/card-size'
import type { Editor } from '@/lib/editor/editor'
import { useEditor } from '@/lib/editor/editor-context'
import { tooLargeForWorkflow, whyNoWorkflow } from '@/lib/editor/why-no-workflow'
import type { Position } from '@/lib/graph/edit'
import { maxGraphBodyBytes } from '@/lib/limits'

/** What a block that is dragged from the palette carries its type as. */
export const draggedType = 'application/x-sluice-block'

/** Takes blocks that are dragged here from the palette (on an edge they go in between, elsewhere they stand alone) and
 *  files of exported workflows, whose blocks and notes join those that are here. */
export function useDropping() {
  const editor = useEditor()
  const { screenToFlowPosition } = useReactFlow()
  return useMemo(
    () => ({
      onDragOver: (event: DragEvent) => {
        const { types } = event.dataTransfer
        if (!types.includes(draggedType) && !types.includes('Files')) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
      },
      onDrop: (event: DragEvent) => {
        const type = event.dataTransfer.getData(draggedType)
        const [file] = event.dataTransfer.files
        if (type === '' && !file) return
        event.preventDefault()
        const point = screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false })
        if (file) return void importFile(editor, file, point)
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

async function importFile(editor: Editor, file: File, at: Position): Promise<void> {
  if (file.size > maxGraphBodyBytes) return toast.error(tooLargeForWorkflow(file.name))
  const text = await file.text()
  if (!paste(editor, text, at, 'Import')) toast.error(whyNoWorkflow(file.name, text))
}

/** Where a card goes that is dropped with the pointer on its header. */
export function cardAround({ x, y }: { x: number; y: number }): { x: number; y: number } {
  const onGrid = (value: number) => Math.round(value / 8) * 8
  return { x: onGrid(x - cardWidth / 2), y: onGrid(y - headerHeight / 2) }
}
