import { getBezierPath, getSmoothStepPath, Position } from '@xyflow/react'
import { errorHandleInset, singleOutputY } from '@/lib/editor/card-size'
import type { DrawnBlock, DrawnEdge } from '@/lib/editor/draw-graph'

interface Ends {
  sourceX: number
  sourceY: number
  targetX: number
  targetY: number
}

/** The path of an edge from a block's right side to another's left side. One that has to go back runs around the cards
 *  instead of through them. */
export function edgePath({ sourceX, sourceY, targetX, targetY }: Ends): string {
  const ends = {
    sourceX,
    sourceY,
    targetX,
    targetY,
    sourcePosition: Position.Right,
    targetPosition: Position.Left,
  }
  const [path] = targetX > sourceX ? getBezierPath(ends) : getSmoothStepPath({ ...ends, borderRadius: 12, offset: 24 })
  return path
}

/** The path of a drawn edge between where its blocks are drawn. */
export function pathBetween(source: DrawnBlock, target: DrawnBlock, { sourceHandle }: DrawnEdge): string {
  const handle = source.handles.find(({ id }) => id === sourceHandle)
  return edgePath({
    sourceX: source.x + source.width,
    sourceY: source.y + (handle ? (handle.y ?? source.height - errorHandleInset) : singleOutputY),
    targetX: target.x,
    targetY: target.y + singleOutputY,
  })
}
