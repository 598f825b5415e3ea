'use client'

import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { catalog } from '../blocks/catalog'
import type { Graph, GraphIssue } from '../contract/graph'
import type { Note } from '../contract/workflows'
import type { Autosave } from './autosave'
import { browserAutosave } from './browser-lines'
import { createEditor, type Editor } from './editor'
import type { EditorState } from './editor-state'

interface Opened {
  editor: Editor
  autosave: Autosave
}

const EditorContext = createContext<Opened | null>(null)

/** Opens an editor for everything below it, and saves its edits. Another workflow needs another `key`. */
export function EditorProvider(props: {
  workflowId: string
  graph: Graph
  version: number
  issues?: readonly GraphIssue[] | null
  notes?: readonly Note[]
  children: ReactNode
}) {
  const { workflowId, graph, version, issues = null, notes = [], children } = props
  const [{ editor, autosave, open }] = useState(() => {
    const opened = createEditor({ workflowId, graph, version, issues, notes, catalog })
    return { editor: opened, ...browserAutosave(opened) }
  })
  // Only in a browser: rendering on the server saves nothing.
  useEffect(open, [open])
  const opened = useMemo(() => ({ editor, autosave }), [editor, autosave])
  return <EditorContext value={opened}>{children}</EditorContext>
}

/** The editor this component is in. */
export function useEditor(): Editor {
  return useOpened().editor
}

/** Autosave of the editor this component is in. */
export function useAutosave(): Autosave {
  return useOpened().autosave
}

/** A part of the editor's state. The component renders again when that part is another object: pick, do not build. */
export function useEditorState<Part>(pick: (state: EditorState) => Part): Part {
  return useStore(useEditor().store, pick)
}

function useOpened(): Opened {
  const opened = useContext(EditorContext)
  if (!opened) throw new Error('This component has to be inside an EditorProvider')
  return opened
}
