'use client'

import { BaseEdge, type EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { isLitIn } from '@/lib/editor/live-edges'
import { edgePath } from './edge-path'

/** An edge between two blocks. It lights up once data has passed along it. */
export const BranchEdge = memo(function BranchEdge(props: EdgeProps) {
  const { catalog } = useEditor()
  const isLit = useEditorState(({ graph, live }) =>
    isLitIn(props.id, { graph: graph.current, live: live.blocks, catalog }),
  )
  return (
    <BaseEdge
      path={edgePath(props)}
      interactionWidth={18}
      {...(isLit && { className: 'canvas-edge-lit' })}
      {...(props.markerEnd && { markerEnd: props.markerEnd })}
    />
  )
})
