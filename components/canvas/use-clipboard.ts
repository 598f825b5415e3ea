import { useEffect, useMemo } from 'react'
import { useCanEdit } from '@/components/editor/workflow-context'
import { toast } from '@/components/ui/notify'
import { copySelection, cutSelection, paste } from '@/lib/editor/canvas-actions'
import { useEditor } from '@/lib/editor/editor-context'
import { isTyping } from '@/lib/editor/is-typing'

type Place = { x: number; y: number }

/** Copy, cut and paste for menus, where the browser lets a page reach its clipboard. */
export function useClipboard() {
  const editor = useEditor()
  return useMemo(() => {
    const write = (text: string | null) => {
      if (text !== null) navigator.clipboard.writeText(text).catch(refused)
    }
    return {
      copy: () => write(copySelection(editor)),
      cut: () => write(cutSelection(editor)),
      paste: (at: Place) =>
        void navigator.clipboard.readText().then((text) => {
          if (!paste(editor, text, at)) toast.error('The clipboard holds no blocks.')
        }, refused),
    }
  }, [editor])
}

/** Ctrl-C, Ctrl-X and Ctrl-V over the browser's own events, which need nobody's leave. */
export function useClipboardKeys(): void {
  const editor = useEditor()
  const canEdit = useCanEdit()
  useEffect(() => {
    const away = new AbortController()
    const { signal } = away
    const take = (event: ClipboardEvent, text: string | null) => {
      if (text === null) return
      event.clipboardData?.setData('text/plain', text)
      event.preventDefault()
    }
    const isOurs = (event: ClipboardEvent) => !isTyping(event.target) && document.getSelection()?.isCollapsed !== false
    document.addEventListener('copy', (event) => isOurs(event) && take(event, copySelection(editor)), { signal })
    if (canEdit) {
      document.addEventListener('cut', (event) => isOurs(event) && take(event, cutSelection(editor)), { signal })
      const onPaste = (event: ClipboardEvent) => {
        const text = event.clipboardData?.getData('text/plain') ?? ''
        if (isOurs(event) && paste(editor, text)) event.preventDefault()
      }
      document.addEventListener('paste', onPaste, { signal })
    }
    return () => away.abort()
  }, [editor, canEdit])
}

function refused(): void {
  toast.error('The browser keeps its clipboard from this menu. Use Ctrl C and Ctrl V.')
}
