'use client'

import { ViewportPortal } from '@xyflow/react'
import { clsx } from 'clsx'
import { useEffect, useMemo, useRef } from 'react'
import { useCopilotState } from '@/components/copilot/copilot-context'
import type { Proposal } from '@/lib/editor/copilot-state'
import type { DrawnBlock } from '@/lib/editor/draw-graph'
import { drawProposal, type DrawnProposal } from '@/lib/editor/draw-proposal'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { categoryColours } from './block-card'
import { BlockIcon } from './block-icon'
import { pathBetween } from './edge-path'
import { useFit } from './use-fit'

/** What a proposal would change, drawn over the graph: it takes no part in it. The panel says the same in words. */
export function ProposalMarks() {
  const proposal = useCopilotState((state) => state.proposal)
  return proposal && <Marks proposal={proposal} />
}

function Marks({ proposal }: { proposal: Proposal }) {
  const { catalog } = useEditor()
  const graph = useEditorState((state) => state.graph.current)
  const drawn = useMemo(() => drawProposal(graph, proposal, catalog), [graph, proposal, catalog])
  useBringIntoView(proposal.messageId, drawn)
  return (
    <ViewportPortal>
      <div aria-hidden className="pointer-events-none absolute">
        <svg width="1" height="1" className="absolute overflow-visible">
          {drawn.edges.map(({ kind, edge, source, target }) => (
            <path
              key={edge.id}
              d={pathBetween(source, target, edge)}
              fill="none"
              strokeWidth={2}
              strokeDasharray="6 4"
              className={kind === 'added' ? 'stroke-success' : 'stroke-danger'}
            />
          ))}
        </svg>
        {drawn.blocks.map(({ kind, block }) =>
          kind === 'added' ? (
            <Ghost key={block.id} block={block} />
          ) : (
            <Outline key={block.id} kind={kind} block={block} />
          ),
        )}
      </div>
    </ViewportPortal>
  )
}

function Ghost({ block }: { block: DrawnBlock }) {
  return (
    <div
      style={{ left: block.x, top: block.y, width: block.width, minHeight: block.height }}
      className="absolute rounded-lg border-2 border-dashed border-success bg-card text-card-foreground"
    >
      <Word className="text-success">Added</Word>
      <span className="flex h-[58px] items-center gap-2.5 px-3">
        <span className={clsx('grid size-8 shrink-0 place-items-center rounded-md', categoryColours[block.category])}>
          <BlockIcon name={block.icon} className="size-4" />
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate text-[13px] leading-5 font-semibold">{block.name}</span>
          <span className="block truncate text-xs leading-4 text-muted-foreground">{block.summary}</span>
        </span>
      </span>
    </div>
  )
}

const gap = 5

function Outline({ kind, block }: { kind: 'changed' | 'removed'; block: DrawnBlock }) {
  const { x, y, width, height } = block
  const isRemoved = kind === 'removed'
  return (
    <div
      style={{ left: x - gap, top: y - gap, width: width + 2 * gap, height: height + 2 * gap }}
      className={clsx(
        'absolute rounded-lg border-2 border-dashed',
        isRemoved ? 'border-danger bg-card/70' : 'border-warning',
      )}
    >
      <Word className={isRemoved ? 'text-danger' : 'text-warning'}>{isRemoved ? 'Removed' : 'Changed'}</Word>
    </div>
  )
}

function Word({ className, children }: { className: string; children: string }) {
  return (
    <span
      className={clsx('absolute -top-5 left-0 rounded-sm bg-canvas px-1 text-[11px] leading-4 font-medium', className)}
    >
      {children}
    </span>
  )
}

/** Once for each proposal: what it adds may lie anywhere. */
function useBringIntoView(messageId: string, { bounds }: DrawnProposal): void {
  const { fitArea } = useFit()
  const shown = useRef<string | null>(null)
  useEffect(() => {
    // Taking parts and editing leave the view where a person put it.
    if (!bounds || shown.current === messageId) return
    shown.current = messageId
    fitArea(bounds)
  }, [messageId, bounds, fitArea])
}
