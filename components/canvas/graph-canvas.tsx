'use client'

import '@xyflow/react/dist/base.css'
import './canvas.css'
import { Background, Controls, ReactFlow, SelectionMode, type Edge } from '@xyflow/react'
import { clsx } from 'clsx'
import { useState } from 'react'
import { useCanEdit, useStage } from '@/components/editor/workflow-context'
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
import { useCanvasItems } from './use-canvas-items'
import { useConnecting } from './use-connecting'
import { useDropping } from './use-dropping'
import { fit, useFirstFit } from './use-first-fit'
import { useFocusJumps } from './use-focus-jumps'
import { useKeepInView } from './use-keep-in-view'
import { useReducedMotion } from './use-reduced-motion'
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
  'controls.fitView.ariaLabel': 'Fit the whole graph',
}

/** The graph, to look at and to edit by mouse and keyboard. */
export function GraphCanvas() {
  const [values] = useState<CanvasValues>(() => ({ dragged: new BlockValues(), detail: new BlockValues() }))
  return (
    <CanvasValuesContext value={values}>
      <CanvasMenu>
        <Flow />
        <QuickAdd />
      </CanvasMenu>
    </CanvasValuesContext>
  )
}

function Flow() {
  useToldSizes()
  const canEdit = useCanEdit()
  const fitDurationMs = useReducedMotion() ? 0 : 150
  const { drawing, shown, nodes, edges, handlers } = useCanvasItems()
  const isDragging = useStage((stage) => stage.isDragging)
  const connecting = useConnecting()
  const dropping = useDropping()
  const { isFitted, onInit } = useFirstFit(drawing)
  useFocusJumps(fitDurationMs)
  useKeepInView(fitDurationMs)
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
        minZoom={0.1}
        maxZoom={2}
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
        onlyRenderVisibleElements={shown.isCulled}
        ariaLabelConfig={words}
        onInit={onInit}
        className={clsx(
          'canvas',
          !isFitted && 'canvas-settling',
          isDragging && 'canvas-dragging',
          shown.detail === null && 'canvas-far',
        )}
      >
        <Background gap={24} size={2} />
        <NotesLayer />
        {shown.hasPicture && <FarEdges drawing={drawing} except={shown.edges} />}
        <ChangeMarks />
        <ProposalMarks />
        <Controls showInteractive={false} fitViewOptions={{ ...fit, duration: fitDurationMs }}>
          {canEdit && <CanvasTools drawing={drawing} />}
        </Controls>
        <GraphMap drawing={drawing} />
      </ReactFlow>
    </SettledDetail>
  )
}
