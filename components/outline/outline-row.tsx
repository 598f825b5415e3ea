'use client'

import { ChevronDown, ChevronRight, CircleOff, CornerDownRight } from 'lucide-react'
import { memo, useRef } from 'react'
import { categoryColours } from '@/components/canvas/block-card'
import { BlockIcon } from '@/components/canvas/block-icon'
import { rename } from '@/lib/editor/canvas-actions'
import { useEditor } from '@/lib/editor/editor-context'
import { maxNameChars } from '@/lib/limits'
import { RunMark } from './run-mark'
import type { OutlineLine } from './use-outline'

const indentPx = 14
/** Deeper levels are told by ear and by number; on screen the names need the room. */
const maxIndents = 8

interface RowProps {
  line: OutlineLine
  isCurrent: boolean
  isSelected: boolean
  isRenaming: boolean
  onChoose: (key: string) => void
  onRenamed: (key: null) => void
}

/** A block, or an edge to one that stands further up. */
export const OutlineRow = memo(
  function OutlineRow({ line, isCurrent, isSelected, isRenaming, onChoose, onRenamed }: RowProps) {
    const editor = useEditor()
    const { key, block, level, hasChildren, isOpen, isRepeat, way } = line
    const Arrow = isOpen ? ChevronDown : ChevronRight
    return (
      <div
        role="treeitem"
        data-line={key}
        aria-level={level}
        aria-setsize={line.siblings}
        aria-posinset={line.place}
        aria-selected={isSelected}
        {...(hasChildren && { 'aria-expanded': isOpen })}
        tabIndex={isCurrent ? 0 : -1}
        onFocus={(event) => event.target === event.currentTarget && onChoose(key)}
        onClick={() => {
          onChoose(key)
          editor.select({ blockIds: [block.id] })
        }}
        style={{ paddingLeft: 4 + Math.min(level - 1, maxIndents) * indentPx }}
        className="flex h-8 scroll-my-8 items-center gap-1.5 rounded-md pr-1.5 text-[13px] hover:bg-muted focus-visible:-outline-offset-2 focus-visible:outline-2 focus-visible:outline-ring aria-selected:bg-muted"
      >
        {hasChildren ? (
          <Arrow aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
        ) : (
          <span className="w-3.5 shrink-0" />
        )}
        {isRepeat ? (
          <CornerDownRight aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        ) : (
          <span className={`grid size-5 shrink-0 place-items-center rounded-sm ${categoryColours[block.category]}`}>
            <BlockIcon name={block.icon} className="size-3.5" />
          </span>
        )}
        {way !== '' && <span className="shrink-0 text-xs text-muted-foreground">{way}</span>}
        {isRenaming ? (
          <NameField block={block} onEnd={() => onRenamed(null)} />
        ) : (
          <span className="min-w-0 flex-1 truncate" title={block.summary}>
            {isRepeat && <span className="text-muted-foreground">to </span>}
            {block.name}
            {isRepeat && <span className="text-muted-foreground"> (above)</span>}
            <span className="sr-only"> {block.type}</span>
          </span>
        )}
        {!block.isEnabled && (
          <span className="inline-flex shrink-0 items-center gap-1 text-[11px] text-muted-foreground">
            <CircleOff aria-hidden className="size-3" />
            Disabled
          </span>
        )}
        {!isRepeat && <RunMark blockId={block.id} />}
      </div>
    )
  },
  (before, after) => {
    const { line: was, ...rest } = before
    const { line: is, ...others } = after
    // Lines are made anew with every edit; most of them say what they said.
    const isSame = (one: object, two: object) =>
      Object.entries(one).every(([key, value]) => value === (two as Record<string, unknown>)[key])
    return isSame(was, is) && isSame(rest, others)
  },
)

function NameField({ block, onEnd }: { block: OutlineLine['block']; onEnd: () => void }) {
  const editor = useEditor()
  const isDone = useRef(false)
  const end = (typed: string | null) => {
    if (isDone.current) return
    isDone.current = true
    const next = typed?.trim() ?? ''
    if (next !== '' && next !== block.name) rename(editor, block.id, next)
    onEnd()
  }
  return (
    <input
      autoFocus
      aria-label="Name of the block"
      defaultValue={block.name}
      maxLength={maxNameChars}
      onFocus={(event) => event.target.select()}
      onBlur={(event) => end(event.target.value)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') end(event.currentTarget.value)
        if (event.key === 'Escape') end(null)
      }}
      className="h-6 min-w-0 flex-1 rounded-sm border border-ring bg-background px-1 text-[13px] outline-none"
    />
  )
}
