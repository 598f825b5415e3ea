'use client'

import { ViewportPortal } from '@xyflow/react'
import { useMemo } from 'react'
import { useStage } from '@/components/editor/workflow-context'
import type { Graph } from '@/lib/contract/graph'
import { drawGraph, type DrawnBlock } from '@/lib/editor/draw-graph'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { blockIndex } from '@/lib/editor/graph-index'
import { listChanges, type GraphChange } from '@/lib/editor/graph-changes'

/** What differs between the canvas and the graph it is compared with, drawn around the blocks; those that are gone stand
 *  where they were. */
export function ChangeMarks() {
  const compared = useStage(({ comparedWith }) => comparedWith)
  return compared === null ? null : <Marks before={compared} />
}

const looks: Record<GraphChange['kind'], string> = {
  added: 'border-success text-success',
  changed: 'border-warning text-warning',
  removed: 'border-danger bg-card/80 text-danger border-dashed',
}

function Marks({ before }: { before: Graph }) {
  const { catalog } = useEditor()
  const current = useEditorState(({ graph }) => graph.current)
  const marks = useMemo(() => {
    const [then, now] = [blockIndex(drawGraph(before)), blockIndex(drawGraph(current))]
    return listChanges(before, current, catalog).flatMap(({ of, id, kind }) => {
      const block = of === 'block' ? (now.get(id) ?? then.get(id)) : undefined
      return block ? [{ kind, block }] : []
    })
  }, [before, current, catalog])
  return (
    <ViewportPortal>
      {marks.map(({ kind, block }) => (
        <Mark key={block.id} kind={kind} block={block} />
      ))}
    </ViewportPortal>
  )
}

const gap = 6

function Mark({ kind, block }: { kind: GraphChange['kind']; block: DrawnBlock }) {
  const { x, y, width, height, name } = block
  return (
    <div
      style={{ left: x - gap, top: y - gap, width: width + 2 * gap, height: height + 2 * gap }}
      className={`pointer-events-none absolute rounded-lg border-2 ${looks[kind]}`}
    >
      <span className="absolute -top-5 -left-0.5 rounded-sm bg-canvas px-1 text-[11px] leading-4 font-medium">
        {kind === 'removed' ? `${name} removed` : kind === 'added' ? 'Added' : 'Changed'}
      </span>
    </div>
  )
}
