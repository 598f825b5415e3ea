import { clsx } from 'clsx'
import type { CSSProperties } from 'react'
import type { DrawnBlock } from '@/lib/editor/draw-graph'
import type { LiveBlock } from '@/lib/editor/editor-state'

// Mixed, not translucent: edges pass behind.
const categories: Record<DrawnBlock['category'], string> = {
  triggers: 'bg-[color-mix(in_oklab,var(--category-triggers)_45%,var(--canvas))]',
  logic: 'bg-[color-mix(in_oklab,var(--category-logic)_45%,var(--canvas))]',
  actions: 'bg-[color-mix(in_oklab,var(--category-actions)_45%,var(--canvas))]',
  ai: 'bg-[color-mix(in_oklab,var(--category-ai)_45%,var(--canvas))]',
  output: 'bg-[color-mix(in_oklab,var(--category-output)_45%,var(--canvas))]',
}

const statuses: Record<LiveBlock['status'], string> = {
  running: 'bg-info text-card',
  success: 'bg-success text-card',
  error: 'bg-danger text-card',
  cancelled: 'bg-muted',
  skipped: 'bg-muted',
}

/** A card that is too far away to be read: a shape in its category's colour, or that of how it fared, at most with its
 *  name in letters as large as fit. */
export function CardShape(props: {
  block: DrawnBlock
  status: LiveBlock['status'] | undefined
  selected: boolean
  isNamed: boolean
  style: CSSProperties
}) {
  const { block, status, selected, isNamed, style } = props
  const look = selected ? 'bg-ring text-card' : status ? statuses[status] : categories[block.category]
  return (
    <div style={style} className={clsx('rounded-lg', look, !block.isEnabled && 'opacity-40')}>
      {isNamed && <div className="canvas-shape-name">{block.name}</div>}
    </div>
  )
}
