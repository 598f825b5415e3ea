'use client'

import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useCanEdit } from '@/components/editor/workflow-context'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { actOn, type OutlineOpen } from './outline-acts'
import { actOfKey } from './outline-keys'
import { OutlineRow } from './outline-row'
import type { Outline, OutlineLine } from './use-outline'

/** The lines themselves. One of them is in the tab order; the arrow keys go from line to line. */
export function OutlineTree(props: { outline: Outline; renamingKey: string | null; open: OutlineOpen }) {
  const { outline, renamingKey, open } = props
  const { items, current, setCurrent, setOpen } = outline
  const editor = useEditor()
  const canEdit = useCanEdit()
  const selected = useEditorState(({ selection }) => selection.blockIds)
  const tree = useRef<HTMLDivElement>(null)
  const hasFocus = useRef(false)
  const currentKey = current?.key
  // Follows the line, also when the one that had the focus is gone. While a name is typed the field has it.
  useEffect(() => {
    if (!hasFocus.current || renamingKey !== null || currentKey === undefined) return
    tree.current?.querySelector<HTMLElement>(`[data-line="${CSS.escape(currentKey)}"]`)?.focus()
  }, [currentKey, renamingKey, items])

  const go = (line: OutlineLine | undefined) => {
    if (line) setCurrent(line.key)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!current || renamingKey !== null) return
    const step = stepOfKey(event, items, current)
    const act = step === null ? actOfKey(event, { canEdit, line: current }) : null
    if (step === null && act === null) return
    event.preventDefault()
    event.stopPropagation()
    if (act) actOn(editor, current, act, open)
    else if (step && 'open' in step) setOpen(current.key, step.open)
    else if (step) go(step.to)
  }
  if (items.length === 0) return null
  return (
    <div
      ref={tree}
      role="tree"
      aria-label="Blocks in the order they run"
      aria-multiselectable
      data-outline
      onKeyDown={onKeyDown}
      onFocus={() => (hasFocus.current = true)}
      onBlur={(event) => {
        // A line that is taken away blurs to nowhere: the focus is still here.
        if (event.relatedTarget !== null && !event.currentTarget.contains(event.relatedTarget)) hasFocus.current = false
      }}
      className="min-h-0 flex-1 overflow-y-auto px-2 pb-2"
    >
      {items.map((line) => (
        <OutlineRow
          key={line.key}
          line={line}
          isCurrent={line.key === currentKey}
          isSelected={selected.has(line.blockId)}
          isRenaming={renamingKey === line.key}
          onChoose={setCurrent}
          onRenamed={open.rename}
        />
      ))}
    </div>
  )
}

type Step = { to: OutlineLine | undefined } | { open: boolean }

/** Where an arrow key leads. Source: WAI-ARIA Authoring Practices, "Tree View Pattern". */
function stepOfKey(event: KeyboardEvent, items: readonly OutlineLine[], current: OutlineLine): Step | null {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null
  const index = items.indexOf(current)
  switch (event.key) {
    case 'ArrowDown':
      return { to: items[index + 1] }
    case 'ArrowUp':
      return { to: items[index - 1] }
    case 'Home':
      return { to: items[0] }
    case 'End':
      return { to: items.at(-1) }
    case 'ArrowRight':
      if (!current.hasChildren) return { to: undefined }
      return current.isOpen ? { to: items[index + 1] } : { open: true }
    case 'ArrowLeft':
      if (current.hasChildren && current.isOpen) return { open: false }
      return { to: items.find(({ key }) => key === current.parentKey) }
    default:
      return null
  }
}
