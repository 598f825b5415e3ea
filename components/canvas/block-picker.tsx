'use client'

import { Command } from 'cmdk'
import { BlockIcon } from './block-icon'
import { categories, definitionsByCategory } from '@/lib/editor/palette'
import type { BlockDefinition } from '@/lib/blocks/contract'

/** A list of block types to search and choose from by keyboard. */
export function BlockPicker(props: {
  isOffered: (definition: BlockDefinition) => boolean
  onPick: (type: string) => void
}) {
  const { isOffered, onPick } = props
  const groups = categories
    .map((category) => ({ ...category, offered: definitionsByCategory(category.id).filter(isOffered) }))
    .filter(({ offered }) => offered.length > 0)
  return (
    <Command label="Choose a block" loop filter={rank} className="flex max-h-80 w-64 flex-col">
      <Command.Input
        autoFocus
        placeholder="Search blocks"
        className="h-9 w-full border-b border-border bg-transparent px-3 text-[13px] outline-none placeholder:text-muted-foreground"
      />
      <Command.List className="min-h-0 overflow-y-auto p-1">
        <Command.Empty className="px-2 py-3 text-[13px] text-muted-foreground">No block is called that.</Command.Empty>
        {groups.map(({ id, title, offered }) => (
          <Command.Group
            key={id}
            heading={title}
            className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-[11px] [&_[cmdk-group-heading]]:text-muted-foreground"
          >
            {offered.map(({ type, title: name, description, icon }) => (
              <Command.Item
                key={type}
                value={`${name} ${type}`}
                keywords={[description]}
                onSelect={() => onPick(type)}
                className="flex h-8 items-center gap-2 rounded-sm px-2 text-[13px] data-[selected=true]:bg-muted"
              >
                <BlockIcon name={icon} className="size-4 text-muted-foreground" />
                {name}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  )
}

/** Names that begin so come first, then names that hold it, then what the description says. */
function rank(value: string, search: string, keywords: readonly string[] = []): number {
  const [name, text] = [value.toLowerCase(), search.trim().toLowerCase()]
  if (name.startsWith(text)) return 1
  if (name.includes(text)) return 0.6
  return keywords.some((keyword) => keyword.toLowerCase().includes(text)) ? 0.3 : 0
}
