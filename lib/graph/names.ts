import { isReferable } from './rewrite-references'
import type { Block } from '../contract/graph'
import { maxNameChars } from '../limits'

/** A name nobody has yet: `Condition`, else `Condition 2`, `Condition 3`, … A number the wish ends in is counted on from.
 *  Names that code would read as one variable (`A b`, `a-B`) count as the same. */
export function freeName(wish: string, taken: Iterable<string>): string {
  const used = new Set(Array.from(taken, asVariable))
  const name = wish.trim()
  if (name === '' || !used.has(asVariable(name))) return name
  const [, stem = name, count] = /^(.*\S)\s+(\d{1,6})$/u.exec(name) ?? []
  for (let number = count === undefined ? 2 : Number(count) + 1; ; number++) {
    const suffix = ` ${number}`
    const free = [...stem].slice(0, maxNameChars - suffix.length).join('') + suffix
    if (!used.has(asVariable(free))) return free
  }
}

/** Names of blocks, the empty ones left out. */
export function namesOf(blocks: readonly Block[]): string[] {
  return blocks.map(({ name }) => name).filter((name) => name.trim() !== '')
}

/** What to write to refer to a block, `<here.output>`: its name where that names it alone, else its id. Null when
 *  neither can be written: the id holds other characters. */
export function referenceRoot(blocks: readonly Block[], block: Block): string | null {
  const { id, name } = block
  const isAlone = blocks.every((other) => other === block || (other.name !== name && other.id !== name))
  if (name.trim() !== '' && isReferable(name) && isAlone) return name
  return isReferable(id) ? id : null
}

function asVariable(name: string): string {
  return name.trim().toLowerCase().replace(/[- ]/g, '_')
}
