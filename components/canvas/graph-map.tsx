'use client'

import { Panel, useReactFlow, useStore, type ReactFlowState } from '@xyflow/react'
import { memo, useMemo, type PointerEvent } from 'react'
import { useCopilotState } from '@/components/copilot/copilot-context'
import type { Drawing } from '@/lib/editor/draw-graph'
import { drawProposal } from '@/lib/editor/draw-proposal'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { around, mapShapes, type Area } from '@/lib/editor/map-shapes'
import { areaInView } from '@/lib/editor/pan-to-show'

const size = { width: 168, height: 112 }
/** Free room around the graph, as a share of what is shown. */
const margin = 0.05

/** The whole graph in a corner, and what of it is in view: press or drag there to go elsewhere. xyflow's own map listens
 *  for every block by itself, which with a thousand of them costs more than the canvas. */
export const GraphMap = memo(function GraphMap({ drawing }: { drawing: Drawing }) {
  const proposed = useWithProposal(drawing)
  const shapes = useMemo(() => mapShapes(proposed), [proposed])
  const view = useView()
  const { setCenter, getZoom } = useReactFlow()
  const shown = fitted(shapes.area ? around(shapes.area, view) : view)
  const go = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons === 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const box = event.currentTarget.getBoundingClientRect()
    const x = shown.x + ((event.clientX - box.x) / box.width) * shown.width
    const y = shown.y + ((event.clientY - box.y) / box.height) * shown.height
    void setCenter(x, y, { zoom: getZoom() })
  }
  return (
    <Panel position="bottom-right" className="canvas-map">
      <svg
        role="img"
        aria-label="Overview of the graph"
        {...size}
        viewBox={`${shown.x} ${shown.y} ${shown.width} ${shown.height}`}
        onPointerDown={go}
        onPointerMove={go}
      >
        {[...shapes.paths].map(([category, path]) => (
          <path key={category} className={`canvas-map-${category}`} d={path} />
        ))}
        <path className="canvas-map-mask" fillRule="evenodd" d={`${outline(shown)}${outline(view)}`} />
      </svg>
    </Panel>
  )
})

/** The drawing with the blocks that a proposal would add: as long as nothing is accepted they may be all there is. */
function useWithProposal(drawing: Drawing): Drawing {
  const { catalog } = useEditor()
  const graph = useEditorState((state) => state.graph.current)
  const proposal = useCopilotState((state) => state.proposal)
  return useMemo(() => {
    if (!proposal) return drawing
    const added = drawProposal(graph, proposal, catalog).blocks.filter(({ kind }) => kind === 'added')
    return { ...drawing, blocks: [...drawing.blocks, ...added.map(({ block }) => block)] }
  }, [drawing, graph, proposal, catalog])
}

/** What is in view, in canvas units. */
function useView(): Area {
  const [x, y, zoom] = useStore(transformOf)
  const width = useStore(widthOf)
  const height = useStore(heightOf)
  return areaInView({ x, y, zoom }, { width, height })
}

const transformOf = ({ transform }: ReactFlowState) => transform
const widthOf = ({ width }: ReactFlowState) => width
const heightOf = ({ height }: ReactFlowState) => height

/** An area widened to the map's own proportions, with its margin. */
function fitted({ x, y, width, height }: Area): Area {
  const scale = Math.max(width / size.width, height / size.height) * (1 + 2 * margin)
  const [fullWidth, fullHeight] = [size.width * scale, size.height * scale]
  return { x: x - (fullWidth - width) / 2, y: y - (fullHeight - height) / 2, width: fullWidth, height: fullHeight }
}

function outline({ x, y, width, height }: Area): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`
}
