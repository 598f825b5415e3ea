import { useReactFlow } from '@xyflow/react'
import { useCallback } from 'react'
import { useEditor } from '@/lib/editor/editor-context'
import { freeSpot } from '@/lib/editor/free-place'
import { addNote, standardSize } from '@/lib/editor/notes'
import { useSetStage } from './workflow-context'

/** Puts a note in the middle of what is in view, below what stands there, and begins writing it. */
export function useAddNote(): () => void {
  const editor = useEditor()
  const setStage = useSetStage()
  const { screenToFlowPosition } = useReactFlow()
  return useCallback(() => {
    const pane = document.querySelector('.react-flow')?.getBoundingClientRect()
    const middle = pane ? { x: pane.x + pane.width / 2, y: pane.y + pane.height / 2 } : { x: 0, y: 0 }
    const { x, y } = screenToFlowPosition(middle)
    const place = { x: onGrid(x - standardSize.width / 2), y: onGrid(y - standardSize.height / 2) }
    setStage({ writingNoteId: addNote(editor, freeSpot(editor, { ...place, ...standardSize })) })
  }, [editor, setStage, screenToFlowPosition])
}

function onGrid(value: number): number {
  return Math.round(value / 8) * 8
}
