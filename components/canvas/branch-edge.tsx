'use client'

import { BaseEdge, getBezierPath, getSmoothStepPath, type EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import type { Catalog } from '@/lib/blocks/contract'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import type { EditorState } from '@/lib/editor/editor-state'
import { blockIndex, edgeIndex } from '@/lib/editor/graph-index'
import { isEdgeLit } from '@/lib/editor/live-edges'
import { useIsFar } from './use-is-far'

/** An edge from a block's right side to another's left side. One that has to go back runs around the cards instead of
 *  through them. It lights up once data has passed along it. */
export const BranchEdge = memo(function BranchEdge(props: EdgeProps) {
  const { catalog } = useEditor()
  const isLit = useEditorState((state) => isLitIn(state, props.id, catalog))
  const isFar = useIsFar()
  const isForward = props.targetX > props.sourceX
  const [path] = isForward ? getBezierPath(props) : getSmoothStepPath({ ...props, borderRadius: 12, offset: 24 })
  return (
    <BaseEdge
      path={path}
      interactionWidth={isFar ? 0 : 18}
      {...(isLit && { className: 'canvas-edge-lit' })}
      {...(props.markerEnd && { markerEnd: props.markerEnd })}
    />
  )
})

function isLitIn({ graph, live }: EditorState, edgeId: string, catalog: Catalog): boolean {
  if (live.blocks.size === 0) return false
  const edge = edgeIndex(graph.current).get(edgeId)
  const source = edge && blockIndex(graph.current).get(edge.source)
  const definition = source && catalog.get(source.type)
  return definition ? isEdgeLit(edge, source, definition, live.blocks.get(edge.source)) : false
}
