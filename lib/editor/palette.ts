import { definitions } from '../blocks/definitions'
import type { BlockDefinition } from '../blocks/contract'

type Category = BlockDefinition['category']

/** The groups of the palette, in the order a graph reads. */
export const categories: readonly { id: Category; title: string }[] = [
  { id: 'triggers', title: 'Triggers' },
  { id: 'logic', title: 'Logic' },
  { id: 'actions', title: 'Actions' },
  { id: 'ai', title: 'AI' },
  { id: 'output', title: 'Output' },
]

/** The block types of a group. */
export function definitionsByCategory(category: Category): BlockDefinition[] {
  return Object.values<BlockDefinition>(definitions).filter((definition) => definition.category === category)
}

/** Tells whether a search means a block type: every word of it is found in title, type or description. */
export function isFoundBy(search: string, { title, type, description }: BlockDefinition): boolean {
  const text = `${title} ${type} ${description}`.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
