import type { KeyboardEvent } from 'react'
import type { Editor } from '@/lib/editor/editor'

/** Which way a key goes through the history; null for any other key. */
export function historyKey(event: KeyboardEvent): 'undo' | 'redo' | null {
  if ((!event.ctrlKey && !event.metaKey) || event.altKey) return null
  const key = event.key.toLowerCase()
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo'
  return key === 'y' ? 'redo' : null
}

/** Has undo in a field take back steps of the editor: what was typed is one, where a browser would go key by key. Code
 *  fields have a history of their own. */
export function takeBack(event: KeyboardEvent, editor: Editor): void {
  const way = historyKey(event)
  const isCode = event.target instanceof HTMLElement && event.target.isContentEditable
  if (way === null || isCode || event.defaultPrevented) return
  event.preventDefault()
  if (way === 'undo') editor.undo()
  else editor.redo()
}
