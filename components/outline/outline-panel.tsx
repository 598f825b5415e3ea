'use client'

import { Search } from 'lucide-react'
import { useState } from 'react'
import { useEditorState } from '@/lib/editor/editor-context'
import { OutlineActions } from './outline-actions'
import { OutlineDialogs, type OutlineDialog } from './outline-dialogs'
import { OutlineTree } from './outline-tree'
import { useOutline } from './use-outline'

/** The graph as a tree, for everyone who would rather read and type than look and drag: whatever can be done on the
 *  canvas can be done here by keyboard. */
export function OutlinePanel() {
  const [search, setSearch] = useState('')
  const [dialog, setDialog] = useState<OutlineDialog | null>(null)
  const [renamingKey, setRenamingKey] = useState<string | null>(null)
  const outline = useOutline(search)
  const isEmpty = useEditorState(({ graph }) => graph.current.blocks.length === 0)
  const open = { dialog: setDialog, rename: setRenamingKey, made: outline.setCurrent }
  return (
    <aside aria-label="Outline" className="flex w-72 shrink-0 flex-col border-r border-border bg-card">
      <div className="relative p-2">
        <Search aria-hidden className="pointer-events-none absolute top-4.5 left-4.5 size-3.5 text-muted-foreground" />
        <input
          type="search"
          aria-label="Find a block"
          placeholder="Find a block"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="h-8 w-full rounded-md border border-input bg-background pr-2 pl-7 text-[13px] placeholder:text-muted-foreground focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring"
        />
      </div>
      <OutlineTree outline={outline} renamingKey={renamingKey} open={open} />
      {outline.items.length === 0 && (
        <p role="status" className="flex-1 px-3 py-2 text-[13px] text-muted-foreground">
          {isEmpty ? 'No blocks yet. Press A to search for the first.' : `No block is called “${search}”.`}
        </p>
      )}
      <OutlineActions outline={outline} open={open} />
      <OutlineDialogs dialog={dialog} onClose={() => setDialog(null)} onMade={outline.setCurrent} />
    </aside>
  )
}
