import type { Block, Edge, Graph } from '../contract/graph'
import { isJsonObject, type Json, type JsonObject } from '../contract/json'

/** One value that differs. `undefined` stands for a key or list item that one side does not have. */
export interface FieldChange {
  /** From the outside in: `['config', 'branches', '0', 'expression']`. */
  path: readonly string[]
  before: Json | undefined
  after: Json | undefined
}

/** A block or edge that both graphs have, with what differs. */
export interface ItemChange<Item> {
  id: string
  before: Item
  after: Item
  fields: readonly FieldChange[]
}

export interface ListDiff<Item> {
  added: readonly Item[]
  removed: readonly Item[]
  changed: readonly ItemChange<Item>[]
}

export interface GraphDiff {
  blocks: ListDiff<Block>
  edges: ListDiff<Edge>
  /** Nothing added, removed or changed; the order of blocks may still differ. */
  isEmpty: boolean
}

/** What has to change to make `after` out of `before`. Blocks and edges are the same by their id; positions count, keys
 *  in another order do not. */
export function diffGraphs(before: Graph, after: Graph): GraphDiff {
  const blocks = diffLists(before.blocks, after.blocks)
  const edges = diffLists(before.edges, after.edges)
  return { blocks, edges, isEmpty: isEmptyList(blocks) && isEmptyList(edges) }
}

/** Tells whether a block was only moved on the canvas. */
export function isOnlyMoved(change: ItemChange<Block>): boolean {
  return change.fields.every(({ path }) => path[0] === 'position')
}

/** Every value that differs between two JSON values, outermost first. Lists are compared place by place. */
export function diffValues(
  before: Json | undefined,
  after: Json | undefined,
  path: readonly string[] = [],
): FieldChange[] {
  if (before === after) return []
  const names = namesOf(before, after)
  if (!names) return isEqual(before, after) ? [] : [{ path, before, after }]
  return names.flatMap((name) => diffValues(valueAt(before, name), valueAt(after, name), [...path, name]))
}

/** Tells whether two JSON values say the same, whatever the order of keys. */
export function isEqual(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  const names = namesOf(a, b)
  return (
    names !== null &&
    names.every((name) => hasName(a, name) && hasName(b, name) && isEqual(valueAt(a, name), valueAt(b, name)))
  )
}

function diffLists<Item extends Block | Edge>(before: readonly Item[], after: readonly Item[]): ListDiff<Item> {
  const old = new Map(before.map((item) => [item.id, item]))
  const ids = new Set(after.map(({ id }) => id))
  return {
    added: after.filter(({ id }) => !old.has(id)),
    removed: before.filter(({ id }) => !ids.has(id)),
    changed: after.flatMap((item) => {
      const was = old.get(item.id)
      if (!was || was === item) return []
      const fields = diffValues(fieldsOf(was), fieldsOf(item))
      return fields.length === 0 ? [] : [{ id: item.id, before: was, after: item, fields }]
    }),
  }
}

function fieldsOf(item: Block | Edge): JsonObject {
  return { ...item }
}

function isEmptyList(diff: ListDiff<unknown>): boolean {
  return diff.added.length + diff.removed.length + diff.changed.length === 0
}

/** Keys of both where both are objects or both lists; null where they can only be compared as a whole. */
function namesOf(a: Json | undefined, b: Json | undefined): string[] | null {
  if (Array.isArray(a) && Array.isArray(b))
    return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => `${i}`)
  if (a === undefined || b === undefined || !isJsonObject(a) || !isJsonObject(b)) return null
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
}

function hasName(value: Json | undefined, name: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
}

function valueAt(value: Json | undefined, name: string): Json | undefined {
  if (Array.isArray(value)) return value[Number(name)]
  return value !== undefined && isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}
