import {
  useReactFlow,
  type Connection as FlowConnection,
  type Edge,
  type FinalConnectionState,
  type IsValidConnection,
} from '@xyflow/react'
import { useMemo, useRef } from 'react'
import { useSetStage } from '@/components/editor/workflow-context'
import { toast } from '@/components/ui/notify'
import { connect, reconnect } from '@/lib/editor/canvas-actions'
import { useEditor } from '@/lib/editor/editor-context'
import { connectionRefusal, type Connection } from '@/lib/graph/connect'

/** Making and leading edges by hand. A connection may be dropped anywhere on a card; what is refused says why; on empty
 *  canvas it asks for the block to lead to. */
export function useConnecting() {
  const editor = useEditor()
  const setStage = useSetStage()
  const { screenToFlowPosition } = useReactFlow()
  const reconnecting = useRef<string | null>(null)
  return useMemo(() => {
    const finish = (connection: Connection, edgeId: string | null) => {
      const refusal = edgeId === null ? connect(editor, connection) : reconnect(editor, edgeId, connection)
      if (refusal) toast.error(refusal.message)
    }
    const isValidConnection: IsValidConnection<Edge> = (asked) => {
      const instead = reconnecting.current ?? undefined
      return (
        connectionRefusal(editor.store.getState().graph.current, ours(asked), { catalog: editor.catalog, instead }) ===
        null
      )
    }
    const onConnectEnd = (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      if (!state.fromNode || state.isValid || reconnecting.current !== null) return
      const at = pointOf(event)
      const isForward = state.fromHandle.type === 'source'
      const other = state.toNode?.id ?? blockAt(at)
      if (other !== null) {
        const [source, target] = isForward ? [state.fromNode.id, other] : [other, state.fromNode.id]
        return finish({ source, target, sourceHandle: isForward ? (state.fromHandle.id ?? 'output') : 'output' }, null)
      }
      if (!isForward || !isCanvasAt(at)) return
      const from = { blockId: state.fromNode.id, handle: state.fromHandle.id ?? 'output' }
      setStage({ quickAdd: { at, position: screenToFlowPosition(at), from } })
    }
    return {
      isValidConnection,
      onConnect: (connection: FlowConnection) => finish(ours(connection), null),
      onConnectEnd,
      onReconnectStart: (_event: unknown, edge: Edge) => void (reconnecting.current = edge.id),
      onReconnect: (edge: Edge, connection: FlowConnection) => finish(ours(connection), edge.id),
      onReconnectEnd: (event: MouseEvent | TouchEvent, edge: Edge, _type: unknown, state: FinalConnectionState) => {
        reconnecting.current = null
        const other = state.toNode?.id ?? blockAt(pointOf(event))
        if (state.isValid || other === null) return
        const isTargetMoved = state.fromHandle?.type === 'source'
        const { source, sourceHandle, target } = edge
        const moved = isTargetMoved ? { source, target: other } : { source: other, target }
        finish({ ...moved, sourceHandle: isTargetMoved ? (sourceHandle ?? 'output') : 'output' }, edge.id)
      },
    }
  }, [editor, setStage, screenToFlowPosition])
}

function ours({ source, target, sourceHandle }: FlowConnection | Edge): Connection {
  return { source, target, sourceHandle: sourceHandle ?? 'output' }
}

function pointOf(event: MouseEvent | TouchEvent): { x: number; y: number } {
  const point = 'changedTouches' in event ? event.changedTouches[0] : event
  return { x: point?.clientX ?? 0, y: point?.clientY ?? 0 }
}

function blockAt({ x, y }: { x: number; y: number }): string | null {
  const card = document.elementFromPoint(x, y)?.closest<HTMLElement>('.react-flow__node')
  return card?.dataset['id'] ?? null
}

function isCanvasAt({ x, y }: { x: number; y: number }): boolean {
  return document.elementFromPoint(x, y)?.closest('.react-flow__pane') != null
}
