import { createContext, use, useCallback, useSyncExternalStore } from 'react'
import type { Detail } from '@/lib/editor/card-detail'

/** A value for some of the blocks, that changes often. Each card hears of its own block alone: were all of them asked with
 *  every move of one, a thousand cards would cost more than everything else of a frame. */
export class BlockValues<Value> {
  #values: ReadonlyMap<string, Value> = new Map()
  readonly #listeners = new Map<string, Set<() => void>>()

  get all(): ReadonlyMap<string, Value> {
    return this.#values
  }

  replace(values: ReadonlyMap<string, Value>): void {
    const before = this.#values
    this.#values = values
    for (const [blockId, value] of values) if (before.get(blockId) !== value) this.#tell(blockId)
    for (const blockId of before.keys()) if (!values.has(blockId)) this.#tell(blockId)
  }

  subscribe(blockId: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(blockId) ?? new Set()
    this.#listeners.set(blockId, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#listeners.delete(blockId)
    }
  }

  #tell(blockId: string): void {
    for (const listener of this.#listeners.get(blockId) ?? []) listener()
  }
}

/** What cards and edges are told by the canvas beside what xyflow hands them. */
export interface CanvasValues {
  /** How far a block has been dragged from where it stands, in canvas units. */
  dragged: BlockValues<{ x: number; y: number }>
  detail: BlockValues<Detail>
}

export const CanvasValuesContext = createContext<CanvasValues | null>(null)

/** What a card shows that has no detail of its own yet. */
export const SettledDetail = createContext<Detail | null>(null)

export function useCanvasValues(): CanvasValues {
  const values = use(CanvasValuesContext)
  if (!values) throw new Error('Not within a canvas')
  return values
}

/** The value of one block, or that of all that have none. */
export function useBlockValue<Value, Rest>(values: BlockValues<Value>, blockId: string, rest: Rest): Value | Rest {
  const subscribe = useCallback((listener: () => void) => values.subscribe(blockId, listener), [values, blockId])
  return useSyncExternalStore(
    subscribe,
    () => values.all.get(blockId) ?? rest,
    () => rest,
  )
}
