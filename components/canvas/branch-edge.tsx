'use client'

import { BaseEdge, type EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { isLitIn } from '@/lib/editor/live-edges'
import { useBlockValue, useCanvasValues } from './block-values'
import { edgePath } from './edge-path'

const unmoved = { x: 0, y: 0 }

/** An edge between two blocks. It lights up once data has passed along it. */
export const BranchEdge = memo(function BranchEdge(props: EdgeProps) {
  const { catalog } = useEditor()
  const isLit = useEditorState(({ graph, live }) =>
    isLitIn(props.id, { graph: graph.current, live: live.blocks, catalog }),
  )
  const { dragged } = useCanvasValues()
  const from = useBlockValue(dragged, props.source, unmoved)
  const to = useBlockValue(dragged, props.target, unmoved)
  const { sourceX, sourceY, targetX, targetY } = props
  return (
    <BaseEdge
      path={edgePath({
        sourceX: sourceX + from.x,
        sourceY: sourceY + from.y,
        targetX: targetX + to.x,
        targetY: targetY + to.y,
      })}
      interactionWidth={18}
      {...(isLit && { className: 'canvas-edge-lit' })}
      {...(props.markerEnd && { markerEnd: props.markerEnd })}
    />
  )
})
