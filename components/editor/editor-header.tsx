'use client'

import { ArrowLeft, Keyboard, ListTree, PanelLeft, Play, Redo2, Undo2, type LucideIcon } from 'lucide-react'
import { Link } from '@/components/ui/link'
import type { ReactNode } from 'react'
import { CopilotButton } from '@/components/copilot/copilot-button'
import { Button } from '@/components/ui/button'
import { StateBadge } from '@/components/workflows/state-badge'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { useRedoLabel, useUndoLabel } from '@/lib/editor/use-editor'
import { HeaderActions } from './header-actions'
import { SaveState } from './save-state'
import { useCanEdit, useFacts, useSetStage, useStage } from './workflow-context'
import { WorkflowName } from './workflow-name'

/** The bar above the canvas: which workflow this is, whether it is saved, and what can be done with all of it. */
export function EditorHeader() {
  const editor = useEditor()
  const canEdit = useCanEdit()
  const setStage = useSetStage()
  const left = useStage((stage) => stage.left)
  const undoLabel = useUndoLabel()
  const redoLabel = useRedoLabel()
  const state = useFacts((facts) => (facts.armed_until === null ? facts.state : 'armed'))
  return (
    <div className="flex h-12 shrink-0 items-center gap-3 border-b border-border bg-card px-3 text-[13px]">
      <Link
        href="/"
        aria-label="Back to all workflows"
        className="grid size-8 shrink-0 place-items-center rounded-md text-muted-foreground hover:bg-muted hover:text-foreground focus-visible:outline-2 focus-visible:outline-ring"
      >
        <ArrowLeft aria-hidden className="size-4" />
      </Link>
      <WorkflowName />
      <StateBadge state={state} />
      {canEdit ? <SaveState /> : <span className="text-xs text-muted-foreground">Read-only</span>}
      <div className="ml-auto flex shrink-0 items-center gap-1">
        <Version />
        <Tool
          icon={ListTree}
          name="Outline"
          isPressed={left === 'outline'}
          onClick={() => setStage({ left: left === 'outline' ? 'blocks' : 'outline' })}
        />
        {canEdit && (
          <>
            <Tool
              icon={PanelLeft}
              name={left === 'blocks' ? 'Hide the blocks' : 'Show the blocks'}
              onClick={() => setStage({ left: left === 'blocks' ? null : 'blocks' })}
            />
            <Tool
              icon={Undo2}
              name={undoLabel === null ? 'Undo' : `Undo: ${undoLabel}`}
              isOff={undoLabel === null}
              onClick={() => editor.undo()}
            />
            <Tool
              icon={Redo2}
              name={redoLabel === null ? 'Redo' : `Redo: ${redoLabel}`}
              isOff={redoLabel === null}
              onClick={() => editor.redo()}
            />
          </>
        )}
        <Tool icon={Keyboard} name="Keyboard shortcuts" onClick={() => setStage({ areShortcutsOpen: true })} />
        <CopilotButton />
        <HeaderActions />
        {canEdit && (
          <Button variant="primary" className="ml-1" onClick={() => setStage({ dock: 'run' })}>
            <Play aria-hidden />
            Run
          </Button>
        )}
      </div>
    </div>
  )
}

function Version(): ReactNode {
  const version = useEditorState(({ graph }) => graph.version)
  const deployed = useFacts((facts) => facts.deployed_version)
  const live = deployed === null || deployed === version ? '' : `, version ${deployed} is live`
  return (
    // Where there is little room the workflow's name is worth more.
    <span className="mr-2 hidden text-xs text-muted-foreground xl:inline">
      Version {version}
      {live}
    </span>
  )
}

function Tool(props: { icon: LucideIcon; name: string; isOff?: boolean; isPressed?: boolean; onClick: () => void }) {
  const { icon: Icon, name, isOff = false, isPressed, onClick } = props
  return (
    <Button
      variant="quiet"
      className="w-8 px-0 aria-pressed:bg-muted aria-pressed:text-foreground"
      aria-label={name}
      title={name}
      disabled={isOff}
      onClick={onClick}
      {...(isPressed !== undefined && { 'aria-pressed': isPressed })}
    >
      <Icon aria-hidden />
    </Button>
  )
}
