'use client'

import '@xyflow/react/dist/base.css'
import './canvas.css'
import { Background, Controls, ReactFlow, SelectionMode, type Edge } from '@xyflow/react'
import { clsx } from 'clsx'
import { useState } from 'react'
import { useCanEdit } from '@/components/editor/workflow-context'
import { BlockCard, type BlockNode } from './block-card'
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
import { useFirstFit } from './use-first-fit'
import { useFocusJumps } from './use-focus-jumps'
import { IsFar, useIsZoomedOut } from './use-is-far'
import { useKeepInView } from './use-keep-in-view'
import { useReducedMotion } from './use-reduced-motion'

const nodeTypes = { block: BlockCard }
const edgeTypes = { branch: BranchEdge }
const fit = { padding: 0.16, maxZoom: 1 }
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

/** Above this only what is in view is in the page: a smaller page scrolls the better. Not from afar, where nearly all is in
 *  view, blocks are bare shapes, and finding out which are costs more with each move than all of them. */
const maxBlocksRenderedWhole = 200

/** The graph, to look at and to edit by mouse and keyboard. */
export function GraphCanvas() {
  const canEdit = useCanEdit()
  const [isReady, setIsReady] = useState(false)
  const fitDurationMs = useReducedMotion() ? 0 : 150
  const isFar = useIsZoomedOut()
  const { drawing, drawnEdges, nodes, edges, onNodesChange, onEdgesChange } = useCanvasItems(isFar)
  const connecting = useConnecting()
  const dropping = useDropping()
  const isFittedFirst = useFirstFit(drawing)
  useFocusJumps(fitDurationMs)
  useKeepInView(fitDurationMs)
  return (
    <IsFar value={isFar}>
      <CanvasMenu>
        <ReactFlow<BlockNode, Edge>
          aria-label="Graph"
          nodes={nodes}
          edges={edges}
          onNodesChange={onNodesChange}
          onEdgesChange={onEdgesChange}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          {...(canEdit && { ...connecting, ...dropping })}
          fitView={isFittedFirst}
          fitViewOptions={fit}
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
          onlyRenderVisibleElements={!isFar && nodes.length > maxBlocksRenderedWhole}
          ariaLabelConfig={words}
          onInit={() => setIsReady(true)}
          // Until the view fits, blocks would be seen to jump.
          className={clsx('canvas', !isReady && 'canvas-settling', isFar && 'canvas-far')}
        >
          <Background gap={24} size={2} />
          <NotesLayer />
          {isFar && <FarEdges drawing={drawing} except={drawnEdges} />}
          <ChangeMarks />
          <ProposalMarks />
          <Controls showInteractive={false} fitViewOptions={{ ...fit, duration: fitDurationMs }}>
            {canEdit && <CanvasTools drawing={drawing} />}
          </Controls>
          <GraphMap drawing={drawing} />
        </ReactFlow>
        <QuickAdd />
      </CanvasMenu>
    </IsFar>
  )
}
