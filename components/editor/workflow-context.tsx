'use client'

import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { useEditor } from '@/lib/editor/editor-context'
import { readFacts, type WorkflowFacts } from '@/lib/editor/open-workflow'
import { emptyProblems, watchProblems, type Problems } from '@/lib/editor/problems'
import { nothingPublished, watchPublished, type Published } from '@/lib/editor/published'
import type { Graph } from '@/lib/contract/graph'

/** What is open around the canvas. Nothing of it is saved. */
export interface Stage {
  /** The block whose name is being typed on its card. */
  renamingId: string | null
  /** The note whose text is being typed. */
  writingNoteId: string | null
  /** Where blocks are offered for choosing: on the canvas, from a handle, or on an edge. */
  quickAdd: QuickAdd | null
  /** The tab that is open below the canvas. */
  dock: 'run' | 'problems' | 'executions' | null
  /** What stands left of the canvas: the blocks to add, or the graph as a tree. */
  left: 'blocks' | 'outline' | null
  areShortcutsOpen: boolean
  /** Whether blocks are being dragged: what belongs to the chosen one opens once they are dropped. */
  isDragging: boolean
  /** The graph whose differences to the one on the canvas are drawn there. */
  comparedWith: Graph | null
}

export interface QuickAdd {
  /** In canvas units: where the block goes. */
  position: { x: number; y: number }
  /** In pixels of the window: where the choice opens. */
  at: { x: number; y: number }
  from?: { blockId: string; handle: string } | undefined
  edgeId?: string | undefined
}

interface Workflow {
  stage: StoreApi<Stage>
  facts: StoreApi<WorkflowFacts>
  problems: StoreApi<Problems>
  published: StoreApi<Published>
  canEdit: boolean
}

const WorkflowContext = createContext<Workflow | null>(null)

/** What the editor's parts share beside the graph: the workflow's facts, its problems, and whether it may be edited. */
export function WorkflowProvider(props: { facts: WorkflowFacts; canEdit: boolean; children: ReactNode }) {
  const { facts: opened, canEdit, children } = props
  const editor = useEditor()
  const [facts] = useState(() => createStore(() => opened))
  const [problems] = useState(() => createStore<Problems>(() => emptyProblems))
  const [published] = useState(() => createStore<Published>(() => nothingPublished))
  const [stage] = useState(() => createStore<Stage>(() => emptyStage))
  useEffect(() => watchProblems(editor, problems), [editor, problems])
  useEffect(() => watchPublished(editor, facts, published), [editor, facts, published])
  const workflow = useMemo(
    () => ({ facts, problems, published, stage, canEdit }),
    [facts, problems, published, stage, canEdit],
  )
  return <WorkflowContext value={workflow}>{children}</WorkflowContext>
}

/** A part of what is known of the workflow beside its graph: name, state, variables. */
export function useFacts<Part>(pick: (facts: WorkflowFacts) => Part): Part {
  return useStore(useWorkflow().facts, pick)
}

/** Changes what is known: at once with `set`, or by asking the server with `reload`, after a deploy or the like. */
export function useFactsActions(): { set: (facts: Partial<WorkflowFacts>) => void; reload: () => Promise<void> } {
  const { facts } = useWorkflow()
  const { workflowId } = useEditor()
  return useMemo(
    () => ({
      set: (change) => facts.setState(change),
      reload: async () => facts.setState(await readFacts(workflowId)),
    }),
    [facts, workflowId],
  )
}

export function useProblems<Part>(pick: (problems: Problems) => Part): Part {
  return useStore(useWorkflow().problems, pick)
}

/** A part of what the world runs: the deployed graph, and what a deploy would change. */
export function usePublished<Part>(pick: (published: Published) => Part): Part {
  return useStore(useWorkflow().published, pick)
}

/** False for people who may only look, and on screens too small to edit on. */
export function useCanEdit(): boolean {
  return useWorkflow().canEdit
}

export function useStage<Part>(pick: (stage: Stage) => Part): Part {
  return useStore(useWorkflow().stage, pick)
}

/** Opens and closes what stands around the canvas. */
export function useSetStage(): (change: Partial<Stage>) => void {
  return useWorkflow().stage.setState
}

const emptyStage: Stage = {
  renamingId: null,
  writingNoteId: null,
  quickAdd: null,
  dock: null,
  left: 'blocks',
  areShortcutsOpen: false,
  isDragging: false,
  comparedWith: null,
}

function useWorkflow(): Workflow {
  const workflow = use(WorkflowContext)
  if (!workflow) throw new Error('This component has to be inside a WorkflowProvider')
  return workflow
}
