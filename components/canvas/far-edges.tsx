'use client'

import { ViewportPortal } from '@xyflow/react'
import { useMemo } from 'react'
import type { DrawnEdge, Drawing } from '@/lib/editor/draw-graph'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { isLitIn } from '@/lib/editor/live-edges'
import { farPaths } from './far-paths'

/** The edges as they are seen from afar, but those that xyflow draws: a picture of them. To do something with an edge,
 *  a person selects one of its blocks or goes nearer. */
export function FarEdges({ drawing, except }: { drawing: Drawing; except: readonly DrawnEdge[] }) {
  const { catalog } = useEditor()
  const graph = useEditorState((state) => state.graph.current)
  const live = useEditorState((state) => state.live.blocks)
  const paths = useMemo(() => {
    const others = new Set(except)
    const edges = drawing.edges.filter((edge) => !others.has(edge))
    return farPaths(drawing, edges, ({ id, kind }) => (isLitIn(id, { graph, live, catalog }) ? 'lit' : kind))
  }, [drawing, except, graph, live, catalog])
  return (
    <ViewportPortal>
      <svg width="1" height="1" aria-hidden className="canvas-far-edges">
        {paths.map(({ id, look, path }) => (
          <path key={id} d={path} className={`canvas-far-${look}`} />
        ))}
      </svg>
    </ViewportPortal>
  )
}
