'use client'

import { ReactFlowProvider } from '@xyflow/react'
import { MousePointerClick } from 'lucide-react'
import { GraphCanvas } from '@/components/canvas/graph-canvas'
import { useClipboardKeys } from '@/components/canvas/use-clipboard'
import { CopilotProvider, useCopilotState } from '@/components/copilot/copilot-context'
import { OutlinePanel } from '@/components/outline/outline-panel'
import { useEditorState } from '@/lib/editor/editor-context'
import { useLeaveGuard } from '@/lib/editor/use-editor'
import { Dock } from './dock'
import { EditorHeader } from './editor-header'
import { PaintedNotice } from './painted-notice'
import { Palette } from './palette'
import { RunAnnouncer } from './run-announcer'
import { SaveNotice } from './save-state'
import { ShortcutsSheet } from './shortcuts-sheet'
import { SidePanel } from './side-panel'
import { useEditorCommands } from './use-editor-commands'
import { useShortcuts } from './use-shortcuts'
import { useStrayFiles } from './use-stray-files'
import { useCanEdit, useStage } from './workflow-context'

/** The editor's page: blocks on the left, the graph in the middle, what is selected on the right. */
export function EditorScreen({ isTooSmall }: { isTooSmall: boolean }) {
  return (
    <ReactFlowProvider>
      <CopilotProvider>
        <main className="flex h-[calc(100dvh-3rem)] flex-col">
          <EditorHeader />
          <SaveNotice />
          {isTooSmall && (
            <p className="shrink-0 border-b border-border bg-muted px-4 py-2 text-[13px]">
              This window is too narrow to edit in: from 1,024 pixels on, the canvas can be changed.
            </p>
          )}
          <Workspace />
        </main>
        <ShortcutsSheet />
      </CopilotProvider>
    </ReactFlowProvider>
  )
}

function Workspace() {
  const canEdit = useCanEdit()
  const left = useStage((stage) => stage.left)
  useShortcuts()
  useEditorCommands()
  useClipboardKeys()
  useLeaveGuard()
  useStrayFiles()
  return (
    <div className="flex min-h-0 flex-1">
      {left === 'outline' && <OutlinePanel />}
      {canEdit && left === 'blocks' && <Palette />}
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="relative min-h-0 flex-1">
          <GraphCanvas />
          <PaintedNotice />
          <EmptyHint />
        </div>
        <Dock />
      </div>
      <SidePanel />
      <RunAnnouncer />
    </div>
  )
}

/** What to do with an empty canvas. The pointer goes through it. */
function EmptyHint() {
  const canEdit = useCanEdit()
  const isEmpty = useEditorState(({ graph }) => graph.current.blocks.length === 0)
  const hasProposal = useCopilotState(({ proposal }) => proposal !== null)
  if (!isEmpty || hasProposal) return null
  return (
    <div className="pointer-events-none absolute inset-0 grid place-items-center p-8 text-center">
      <div>
        <MousePointerClick aria-hidden className="mx-auto mb-3 size-6 text-muted-foreground" />
        <h2 className="text-sm font-semibold">This workflow has no blocks yet</h2>
        <p className="mt-1 max-w-xs text-[13px] text-balance text-muted-foreground">
          {canEdit
            ? 'Drag a block from the left to here, or choose one there and press Enter. Most graphs begin with Start.'
            : 'Nothing has been drawn here.'}
        </p>
      </div>
    </div>
  )
}
