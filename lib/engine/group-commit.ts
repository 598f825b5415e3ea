import 'server-only'
import { databaseFailureOf } from '../database-failure'

/** Many requests, one statement: hands in an item and waits for the batch that carried it. */
export type GroupCommit<Item, Result> = (item: Item) => Promise<Result>

interface Waiting<Item, Result> {
  item: Item
  resolve: (result: Result) => void
  reject: (error: unknown) => void
}

/** Collects items while a write is under way and writes them together when it ends, so the number of commits follows
 *  the disk, not the load. Items handed in during one turn of the event loop go together. Order is kept.
 *  When a batch of several fails, each item is written alone, so that one bad row cannot fail its neighbours; not when
 *  the database is out of reach, for then each would only wait its turn to fail.
 *  `write` returns one result for each item, in order; `weigh` gives an item's size for `maxBatchWeight`. */
export function createGroupCommit<Item, Result>(
  write: (items: Item[]) => Promise<Result[]>,
  limits: { maxBatchItems: number; maxBatchWeight: number; weigh: (item: Item) => number },
): GroupCommit<Item, Result> {
  let queue: Waiting<Item, Result>[] = []
  let isWriting = false

  function takeBatch(): Waiting<Item, Result>[] {
    let weight = 0
    let count = 0
    for (const { item } of queue) {
      weight += limits.weigh(item)
      if (count > 0 && (weight > limits.maxBatchWeight || count >= limits.maxBatchItems)) break
      count++
    }
    const batch = queue.slice(0, count)
    queue = queue.slice(count)
    return batch
  }

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const batch = takeBatch()
      await settle(batch, write)
    }
    isWriting = false
  }

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      queue.push({ item, resolve, reject })
      if (isWriting) return
      isWriting = true
      setImmediate(() => void drain())
    })
}

async function settle<Item, Result>(
  batch: Waiting<Item, Result>[],
  write: (items: Item[]) => Promise<Result[]>,
): Promise<void> {
  try {
    const results = await write(batch.map((waiting) => waiting.item))
    batch.forEach((waiting, index) => {
      // `write` promises one result an item; a shorter answer is a bug that must not leave a caller waiting.
      if (index < results.length) waiting.resolve(results[index] as Result)
      else waiting.reject(new Error('group commit: the write returned too few results'))
    })
  } catch (error) {
    if (batch.length === 1 || databaseFailureOf(error) === 'unreachable') for (const { reject } of batch) reject(error)
    else for (const waiting of batch) await settle([waiting], write)
  }
}
