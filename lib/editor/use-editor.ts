'use client'

import { useEffect } from 'react'
import type { Block, Edge } from '../contract/graph'
import { useEditor, useEditorState } from './editor-context'
import type { EditorState, LiveBlock, SaveState } from './editor-state'
import { blockIndex, leavingIndex } from './graph-index'

/** A block; renders again only when that very block changes. */
export function useBlock(blockId: string): Block | undefined {
  return useEditorState(({ graph }) => blockIndex(graph.current).get(blockId))
}

/** The edges that leave a block. */
export function useLeavingEdges(blockId: string): readonly Edge[] {
  return useEditorState(({ graph }) => leavingIndex(graph.current).get(blockId) ?? noEdges)
}

/** What happened to a block in the painted execution. */
export function useLiveBlock(blockId: string): LiveBlock | undefined {
  return useEditorState(({ live }) => live.blocks.get(blockId))
}

/** The one block that is selected, null when none or several are. */
export function useSelectedBlockId(): string | null {
  return useEditorState(selectedBlockId)
}

/** The one block that is selected, null when none or several are. */
export function selectedBlockId({ selection }: EditorState): string | null {
  const [first] = selection.blockIds
  return selection.blockIds.size === 1 && first !== undefined ? first : null
}

/** What undoing would undo, and redoing redo, as the menu says it; null when there is nothing. */
export function useUndoLabel(): string | null {
  return useEditorState(({ graph }) => graph.undo?.step.label ?? null)
}

export function useRedoLabel(): string | null {
  return useEditorState(({ graph }) => graph.redo?.step.label ?? null)
}

export function useSaveState(): SaveState {
  return useEditorState(({ graph }) => graph.save)
}

/** Has somebody asked before the page is left with edits that are not saved yet: by the browser when all of it goes, by us
 *  when a link within the studio is followed and leaving does not save them. */
export function useLeaveGuard(): void {
  const { store } = useEditor()
  useEffect(() => {
    const away = new AbortController()
    const { signal } = away
    const guard = (event: BeforeUnloadEvent) => {
      if (store.getState().graph.save.state !== 'saved') event.preventDefault()
    }
    const ask = (event: MouseEvent) => {
      const { save } = store.getState().graph
      const isStuck =
        save.state === 'refused' || save.state === 'offline' || (save.state === 'conflict' && save.hasOwnEdits)
      const isLink = event.target instanceof Element && event.target.closest('a[href]:not([target])') !== null
      if (!isStuck || !isLink || event.ctrlKey || event.metaKey || event.shiftKey) return
      if (window.confirm('Your newest edits are not saved and will be lost. Leave all the same?')) return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('beforeunload', guard, { signal })
    document.addEventListener('click', ask, { signal, capture: true })
    return () => away.abort()
  }, [store])
}

const noEdges: readonly Edge[] = []
