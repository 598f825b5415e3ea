'use client'

import '@xyflow/react/dist/base.css'
import './canvas.css'
import { Background, ControlButton, Controls, ReactFlow, SelectionMode, type Edge } from '@xyflow/react'
import { clsx } from 'clsx'
import { Maximize } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useCanEdit } from '@/components/editor/workflow-context'
import type { PaneSize } from '@/lib/editor/pan-to-show'
import { BlockCard, type BlockNode } from './block-card'
import { BlockValues, CanvasValuesContext, SettledDetail, type CanvasValues } from './block-values'
import { BranchEdge } from './branch-edge'
import { CanvasMenu } from './canvas-menu'
import { CanvasTools } from './canvas-tools'
import { GraphMap } from './graph-map'
import { ChangeMarks } from './change-marks'
import { FarEdges } from './far-edges'
import { NotesLayer } from './notes-layer'
import { ProposalMarks } from './proposal-marks'
import { QuickAdd } from './quick-add'
import { useCanvasItems, useDrawing } from './use-canvas-items'
import { useConnecting } from './use-connecting'
import { useDropping } from './use-dropping'
import { useFirstView } from './use-first-view'
import { useFit, zooms } from './use-fit'
import { useFocusJumps } from './use-focus-jumps'
import { useKeepInView } from './use-keep-in-view'
import { useToldSizes } from './use-told-sizes'

const nodeTypes = { block: BlockCard }
const edgeTypes = { branch: BranchEdge }
/** Canvas units; blocks stand on it after a drag. */
const grid: [number, number] = [8, 8]

// xyflow speaks of nodes; a person here reads of blocks.
const words = {
  'node.a11yDescription.default':
    'Press Enter to select this block, then the arrow keys to move it, F2 to rename it and Delete to remove it.',
  'node.a11yDescription.keyboardDisabled': 'Press Enter to select this block, Escape to leave it.',
  'edge.a11yDescription.default': 'An edge between two blocks. Press Enter to select it, then Delete to remove it.',
  'controls.ariaLabel': 'View',
  'controls.zoomIn.ariaLabel': 'Zoom in',
  'controls.zoomOut.ariaLabel': 'Zoom out',
}

/** The graph, to look at and to edit by mouse and keyboard. */
export function GraphCanvas() {
  const [values] = useState<CanvasValues>(() => ({ dragged: new BlockValues(), detail: new BlockValues() }))
  const [pane, setPane] = useState<PaneSize | null>(null)
  const measure = useCallback((element: HTMLElement | null) => {
    if (element) setPane({ width: element.clientWidth, height: element.clientHeight })
  }, [])
  return (
    <CanvasValuesContext value={values}>
      <CanvasMenu>
        <div ref={measure} className="absolute inset-0">
          {pane && <Flow pane={pane} />}
        </div>
        <QuickAdd />
      </CanvasMenu>
    </CanvasValuesContext>
  )
}

/** `pane` is its size as it opens. */
function Flow({ pane }: { pane: PaneSize }) {
  useToldSizes()
  const canEdit = useCanEdit()
  const drawing = useDrawing()
  const firstView = useFirstView(drawing, pane)
  const { shown, nodes, edges, isDragging, handlers } = useCanvasItems(drawing)
  const connecting = useConnecting()
  const dropping = useDropping()
  const { fitGraph } = useFit()
  useFocusJumps()
  useKeepInView()
  return (
    <SettledDetail value={shown.settled}>
      <ReactFlow<BlockNode, Edge>
        aria-label="Graph"
        nodes={nodes}
        edges={edges}
        {...handlers}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        {...(canEdit && { ...connecting, ...dropping })}
        defaultViewport={firstView}
        minZoom={zooms.min}
        maxZoom={zooms.max}
        snapToGrid
        snapGrid={grid}
        selectionMode={SelectionMode.Partial}
        nodesDraggable={canEdit}
        nodesConnectable={canEdit}
        edgesReconnectable={canEdit}
        connectionRadius={28}
        // Clicking opens no second way of connecting: handles are reached through the inspector by keyboard.
        connectOnClick={false}
        multiSelectionKeyCode={['Shift', 'Meta', 'Control']}
        // Deleting is a step of the editor's own history.
        deleteKeyCode={null}
        zoomOnDoubleClick={false}
        ariaLabelConfig={words}
        onlyRenderVisibleElements={shown.isCulled}
        className={clsx('canvas', isDragging && 'canvas-dragging', shown.detail === null && 'canvas-far')}
      >
        <Background gap={24} size={2} />
        <NotesLayer />
        {shown.hasPicture && <FarEdges drawing={drawing} except={shown.edges} />}
        <ChangeMarks />
        <ProposalMarks />
        <Controls showInteractive={false} showFitView={false}>
          <ControlButton onClick={fitGraph} title="Fit the whole graph" aria-label="Fit the whole graph">
            <Maximize aria-hidden className="canvas-tool-icon" />
          </ControlButton>
          {canEdit && <CanvasTools drawing={drawing} />}
        </Controls>
        <GraphMap drawing={drawing} />
      </ReactFlow>
    </SettledDetail>
  )
}
