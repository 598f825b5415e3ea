'use client'

import { Handle, Position, type Node, type NodeProps } from '@xyflow/react'
import { clsx } from 'clsx'
import { CircleOff } from 'lucide-react'
import { memo, use } from 'react'
import { useCanEdit, useSetStage, useStage } from '@/components/editor/workflow-context'
import type { DrawnBlock } from '@/lib/editor/draw-graph'
import type { DrawnHandle } from '@/lib/editor/drawn-handles'
import { errorHandleInset, headerHeight, rowHeight, singleOutputY } from '@/lib/editor/card-size'
import { useLiveBlock } from '@/lib/editor/use-editor'
import { SettledDetail, useBlockValue, useCanvasValues } from './block-values'
import { BlockIcon } from './block-icon'
import { BlockProblems } from './block-problems'
import { BlockStatus } from './block-status'
import { CardShape } from './card-shape'
import { PinMark } from './pin-mark'
import { RenameBlock } from './rename-block'

/** A block as xyflow carries it. */
export type BlockNode = Node<{ block: DrawnBlock }, 'block'>

/** The colours of a category's icon. */
export const categoryColours: Record<DrawnBlock['category'], string> = {
  triggers: 'bg-category-triggers/12 text-category-triggers',
  logic: 'bg-category-logic/12 text-category-logic',
  actions: 'bg-category-actions/12 text-category-actions',
  ai: 'bg-category-ai/12 text-category-ai',
  output: 'bg-category-output/12 text-category-output',
}

const statusBorders = {
  running: 'border-info',
  success: 'border-success',
  error: 'border-danger',
  cancelled: 'border-card-border',
  skipped: 'border-card-border border-dotted',
}

/** One block on the canvas: what it is, what it will do, where its edges leave, and how it fared in the last run. */
export const BlockCard = memo(function BlockCard({ data: { block }, selected }: NodeProps<BlockNode>) {
  const live = useLiveBlock(block.id)
  const isRenaming = useStage(({ renamingId }) => renamingId === block.id)
  const values = useCanvasValues()
  const detail = useBlockValue(values.detail, block.id, use(SettledDetail))
  const way = useBlockValue(values.dragged, block.id, null)
  const style = { width: block.width, height: block.height, ...(way && { translate: `${way.x}px ${way.y}px` }) }
  if (detail !== 'full' && !isRenaming)
    return (
      <CardShape style={style} block={block} status={live?.status} selected={selected} isNamed={detail === 'named'} />
    )
  return (
    <div
      style={style}
      className={clsx(
        'relative rounded-lg border text-card-foreground shadow-card',
        live?.status === 'skipped' ? 'bg-muted' : 'bg-card',
        selected ? 'border-ring ring-2 ring-ring/40' : live ? statusBorders[live.status] : 'border-card-border',
        !block.isEnabled && 'border-dashed',
      )}
    >
      <CardContent block={block} />
      {live && <BlockStatus live={live} />}
    </div>
  )
})

const CardContent = memo(function CardContent({ block }: { block: DrawnBlock }) {
  const canEdit = useCanEdit()
  const hasCornerLabel = block.handles.some(({ isRow, label }) => !isRow && label !== '')
  return (
    <>
      {block.hasInput && (
        <Handle
          type="target"
          id="input"
          position={Position.Left}
          isConnectable={canEdit}
          style={{ top: singleOutputY }}
          className="canvas-handle"
        />
      )}
      <div style={{ height: headerHeight }} className="flex items-center gap-2.5 px-3">
        <span className={clsx('grid size-8 shrink-0 place-items-center rounded-md', categoryColours[block.category])}>
          <BlockIcon name={block.icon} className="size-4" />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-1.5">
            <CardName block={block} />
            {!block.isEnabled && (
              <span className="inline-flex shrink-0 items-center gap-1 text-[11px] text-muted-foreground">
                <CircleOff aria-hidden className="size-3" />
                Disabled
              </span>
            )}
            <BlockProblems blockId={block.id} />
          </span>
          <span
            className={clsx('block truncate text-xs leading-4 text-muted-foreground', hasCornerLabel && 'pr-8')}
            title={block.summary}
          >
            {block.summary}
          </span>
        </span>
      </div>
      {block.handles.map((handle) => (
        <CardHandle key={handle.id} handle={handle} cardHeight={block.height} canEdit={canEdit} />
      ))}
      <PinMark blockId={block.id} />
    </>
  )
})

function CardName({ block }: { block: DrawnBlock }) {
  const canEdit = useCanEdit()
  const setStage = useSetStage()
  const isRenaming = useStage(({ renamingId }) => renamingId === block.id)
  if (isRenaming) return <RenameBlock blockId={block.id} name={block.name} />
  return (
    <span
      className="truncate text-[13px] leading-5 font-semibold"
      title={block.name}
      onDoubleClick={() => canEdit && setStage({ renamingId: block.id })}
    >
      {block.name}
    </span>
  )
}

// Stays inside the card: the corner's handle is `errorHandleInset` above its edge.
const cornerLabelHeight = 16

const labelColours: Record<DrawnHandle['kind'], string> = {
  output: 'text-foreground',
  branch: 'text-foreground',
  error: 'text-danger',
  unknown: 'text-warning',
}

/** An output handle with the label that belongs to it. */
function CardHandle(props: { handle: DrawnHandle; cardHeight: number; canEdit: boolean }) {
  const { handle, cardHeight, canEdit } = props
  const y = handle.y ?? cardHeight - errorHandleInset
  const labelHeight = handle.isRow ? rowHeight : cornerLabelHeight
  return (
    <>
      {handle.label !== '' && (
        <span
          style={{ top: y - labelHeight / 2, height: labelHeight }}
          className={clsx(
            'absolute flex items-center justify-end gap-2 text-[11px]',
            handle.isRow ? 'right-3.5 left-3 border-t border-border' : 'right-2.5 bg-card pl-1',
          )}
        >
          {handle.detail !== '' && (
            <span className="mr-auto truncate font-mono text-muted-foreground" title={handle.detail}>
              {handle.detail}
            </span>
          )}
          <span className={clsx('shrink-0 font-medium', labelColours[handle.kind])}>{handle.label}</span>
        </span>
      )}
      <Handle
        type="source"
        id={handle.id}
        position={Position.Right}
        isConnectable={canEdit && handle.kind !== 'unknown'}
        style={{ top: y }}
        title={handle.label || undefined}
        className={clsx('canvas-handle', handle.kind === 'error' && 'canvas-handle-error')}
      />
    </>
  )
}
