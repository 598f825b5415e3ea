import { useReactFlow } from '@xyflow/react'
import { useEffect } from 'react'
import { useEditorState } from '@/lib/editor/editor-context'

/** Brings a block into view and focuses it when somebody jumps to it: from a problem, the outline, a search. */
export function useFocusJumps(durationMs: number): void {
  const focus = useEditorState(({ view }) => view.focus)
  const { fitView } = useReactFlow()
  useEffect(() => {
    if (!focus) return
    void fitView({ nodes: [{ id: focus.blockId }], maxZoom: 1, minZoom: 0.6, padding: 0.4, duration: durationMs })
    // A jump to a field is the inspector's to focus.
    if (focus.path === null)
      document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(focus.blockId)}"]`)?.focus()
  }, [focus, fitView, durationMs])
}
