'use client'

import { useReactFlow } from '@xyflow/react'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { categoryColours } from '@/components/canvas/block-card'
import { BlockIcon } from '@/components/canvas/block-icon'
import { cardAround, draggedType } from '@/components/canvas/use-dropping'
import type { BlockDefinition } from '@/lib/blocks/contract'
import { dropBlock } from '@/lib/editor/canvas-actions'
import { useEditor } from '@/lib/editor/editor-context'
import { freePlace } from '@/lib/editor/free-place'
import { categories, definitionsByCategory, isFoundBy } from '@/lib/editor/palette'

/** Every block there is: to drag onto the canvas, or to add with Enter. */
export function Palette() {
  const [search, setSearch] = useState('')
  const add = useAddBlock()
  const groups = categories
    .map((category) => ({
      ...category,
      found: definitionsByCategory(category.id).filter((definition) => isFoundBy(search, definition)),
    }))
    .filter(({ found }) => found.length > 0)
  const all = groups.flatMap(({ found }) => found)
  // Enter means the block that is called so, before one whose description mentions the word.
  const first = all.find(({ title }) => title.toLowerCase().startsWith(search.trim().toLowerCase())) ?? all[0]
  return (
    <aside aria-label="Blocks" className="flex w-52 shrink-0 flex-col border-r border-border bg-card">
      <div className="relative p-2">
        <Search aria-hidden className="pointer-events-none absolute top-4.5 left-4.5 size-3.5 text-muted-foreground" />
        <input
          type="search"
          data-palette-search
          aria-label="Search blocks"
          placeholder="Search blocks"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !first) return
            event.preventDefault()
            add(first.type)
          }}
          className="h-8 w-full rounded-md border border-input bg-background pr-2 pl-7 text-[13px] placeholder:text-muted-foreground focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring"
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        {groups.map(({ id, title, found }) => (
          <div key={id} role="group" aria-label={`${title}: blocks`} className="mb-2">
            <h2 className="px-1 py-1 text-[11px] font-medium text-muted-foreground">{title}</h2>
            <ul>
              {found.map((definition) => (
                <li key={definition.type}>
                  <PaletteItem definition={definition} onAdd={add} />
                </li>
              ))}
            </ul>
          </div>
        ))}
        {groups.length === 0 && (
          <p role="status" className="px-1 py-2 text-[13px] text-muted-foreground">
            No block is called “{search}”.
          </p>
        )}
      </div>
    </aside>
  )
}

function PaletteItem({ definition, onAdd }: { definition: BlockDefinition; onAdd: (type: string) => void }) {
  const { type, title, description, icon, category } = definition
  return (
    <button
      type="button"
      draggable
      title={description}
      aria-label={`Add ${title}`}
      onDragStart={(event) => {
        event.dataTransfer.setData(draggedType, type)
        event.dataTransfer.effectAllowed = 'copy'
      }}
      onClick={() => onAdd(type)}
      className="flex h-9 w-full cursor-grab items-center gap-2.5 rounded-md px-1.5 text-left text-[13px] hover:bg-muted focus-visible:outline-2 focus-visible:outline-ring"
    >
      <span className={`grid size-6 shrink-0 place-items-center rounded-sm ${categoryColours[category]}`}>
        <BlockIcon name={icon} className="size-3.5" />
      </span>
      <span className="truncate">{title}</span>
    </button>
  )
}

/** Adds a block right of the one that is selected, else in the middle of what is in view, clear of other blocks. */
function useAddBlock(): (type: string) => void {
  const editor = useEditor()
  const { screenToFlowPosition } = useReactFlow()
  return (type) => {
    const pane = document.querySelector('.react-flow')?.getBoundingClientRect()
    const middle = pane ? { x: pane.x + pane.width / 2, y: pane.y + pane.height / 2 } : { x: 0, y: 0 }
    const [beside] = editor.store.getState().selection.blockIds
    const position = freePlace(editor, { beside, instead: cardAround(screenToFlowPosition(middle)) })
    dropBlock(editor, { type, position })
  }
}
