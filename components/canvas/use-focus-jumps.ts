import { useEffect } from 'react'
import { useEditorState } from '@/lib/editor/editor-context'
import { useFit } from './use-fit'

/** Brings a block into view and focuses it when somebody jumps to it: from a problem, the outline, a search. */
export function useFocusJumps(): void {
  const focus = useEditorState(({ view }) => view.focus)
  const { fitBlock } = useFit()
  useEffect(() => {
    if (!focus) return
    fitBlock(focus.blockId)
    // A jump to a field is the inspector's to focus.
    if (focus.path !== null) return
    // It may come into the page only now, selected as it is.
    const frame = requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(focus.blockId)}"]`)?.focus(),
    )
    return () => cancelAnimationFrame(frame)
  }, [focus, fitBlock])
}
