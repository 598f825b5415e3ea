import 'server-only'
import type { PoolClient } from 'pg'
import { createGroupCommit } from './group-commit'
import { repeatAfter } from './repeat-after'
import { isAppError } from '../contract/errors'
import { transaction } from '../data/database'
import { finishExecutions, type FinishedRow } from '../data/finish-executions'
import { insertBlockLogs, type NewBlockLog } from '../data/block-logs'
import { insertEndedExecutions, insertExecutions, type EndedExecution, type NewExecution } from '../data/executions'
import { databaseFailureOf } from '../database-failure'
import {
  checkpointIntervalMs,
  endingPatienceMs,
  endingRetryMs,
  maxJournalBatchBytes,
  maxJournalBatchItems,
} from '../limits'

/** Writes what happens to executions, many at a time.
 *
 *  An execution passes through three writes: `begin` (awaited before its first block runs), `log` for each settled
 *  block (not awaited: held back until the end or the next checkpoint, whichever comes first), `finish` (awaited before
 *  the caller hears of the result; carries the logs still held). Each is a group commit.
 *
 *  One that nobody hears of before its end may `open` instead: then `record`, awaited before the first block that
 *  reaches out, or the next checkpoint begins it, and when neither came its one write is its end. */
export interface Journal {
  begin(execution: NewExecution): Promise<void>
  /** Takes an execution on without writing it yet. */
  open(execution: NewExecution): void
  /** Resolves once an execution that was opened is on disk; at once for any other. Waits out a database that went away,
   *  `endingPatienceMs` at most. @throws WORKFLOW_NOT_FOUND when its workflow was deleted meanwhile. */
  record(executionId: string): Promise<void>
  /** Records an execution and puts it into the queue, in one transaction. */
  enqueue(execution: NewExecution): Promise<void>
  log(log: NewBlockLog): void
  /** Writes a block's log now; resolves once it is on disk. Waits out a database that went away, `endingPatienceMs` at
   *  most. */
  checkpoint(log: NewBlockLog): Promise<void>
  /** Waits out a database that went away, `endingPatienceMs` at most. Resolves to false when the execution was ended by
   *  someone else meanwhile: its result stays as it is. */
  finish(row: FinishedRow): Promise<boolean>
  /** Writes the held logs and stops the checkpoints. */
  close(): Promise<void>
}

type Ending = Pick<EndedExecution, 'row' | 'logs'>

/** An execution that was opened. `recorded` is its beginning on disk, null as long as nobody asked for it. */
interface Opening {
  execution: NewExecution
  recorded: Promise<void> | null
}

/** Opens the journal of this process. `onError` hears of checkpoints that failed; they are tried again. */
export function openJournal(
  queue: { enqueue(executionIds: readonly string[], client: PoolClient): Promise<void> },
  onError: (error: unknown) => void,
): Journal {
  const held = new Map<string, NewBlockLog[]>()
  /** Logs that a checkpoint is writing, by execution. */
  const underWay = new Map<string, Promise<void>>()
  const openings = new Map<string, Opening>()
  const begin = createGroupCommit<NewExecution, undefined>(async (rows) => {
    await insertExecutions(rows)
    return rows.map(() => undefined)
  }, batchOf(weighExecution))
  const enqueue = createGroupCommit<NewExecution, undefined>(async (rows) => {
    await transaction(async (client) => {
      await insertExecutions(rows, client)
      await queue.enqueue(
        rows.map((row) => row.id),
        client,
      )
    })
    return rows.map(() => undefined)
  }, batchOf(weighExecution))
  const finish = createGroupCommit<Ending, boolean>(writeEndings, batchOf(weighEnding))
  const conclude = createGroupCommit<EndedExecution, undefined>(async (ended) => {
    await insertEndedExecutions(ended)
    return ended.map(() => undefined)
  }, batchOf(weighEnded))
  const checkpoint = createGroupCommit<NewBlockLog, undefined>(async (logs) => {
    await insertBlockLogs(logs)
    return logs.map(() => undefined)
  }, batchOf(weighLog))

  async function record(executionId: string): Promise<void> {
    const opening = openings.get(executionId)
    if (!opening) return
    opening.recorded ??= untilReachable(() => begin(opening.execution))
    try {
      await opening.recorded
    } catch (error) {
      // It cannot be put on disk: its end finds no row, and no checkpoint tries again.
      openings.delete(executionId)
      throw error
    }
  }

  async function writeHeld(): Promise<void> {
    // Logs are only taken for executions that are there: not for one that is opened while these are put on disk.
    const executionIds = [...held.keys()]
    const recorded = await Promise.allSettled([...openings.keys()].map(record))
    for (const one of recorded) if (one.status === 'rejected' && !isWorkflowGone(one.reason)) onError(one.reason)
    for (const executionId of executionIds) {
      const written = writeLogsOf(executionId)
      underWay.set(executionId, written)
      await written
      underWay.delete(executionId)
    }
  }

  async function writeLogsOf(executionId: string): Promise<void> {
    const logs = held.get(executionId)
    if (!logs) return
    held.delete(executionId)
    await insertBlockLogs(logs).catch((error: unknown) => {
      held.set(executionId, [...logs, ...(held.get(executionId) ?? [])])
      onError(error)
    })
  }
  const timer = repeatAfter(checkpointIntervalMs, writeHeld)

  return {
    begin: (execution) => begin(execution),
    open(execution) {
      openings.set(execution.id, { execution, recorded: null })
    },
    record,
    enqueue: (execution) => enqueue(execution),
    log(log) {
      const logs = held.get(log.executionId)
      if (logs) logs.push(log)
      else held.set(log.executionId, [log])
    },
    checkpoint: (log) => untilReachable(() => checkpoint(log)),
    async finish(row) {
      // Whoever hears of an end finds its logs, whatever happens next.
      await underWay.get(row.id)
      const logs = held.get(row.id) ?? []
      const opening = openings.get(row.id)
      held.delete(row.id)
      openings.delete(row.id)
      try {
        if (opening?.recorded === null) {
          await untilReachable((isRepeat) => conclude({ execution: opening.execution, row, logs, isRepeat }))
          return true
        }
        await opening?.recorded
      } catch (error) {
        if (isWorkflowGone(error)) return false
        throw error
      }
      return untilReachable(() => finish({ row, logs }))
    },
    async close() {
      await timer.stop()
      await writeHeld()
    },
  }
}

async function writeEndings(endings: readonly Ending[]): Promise<boolean[]> {
  const written = await finishExecutions(
    endings.map((ending) => ending.row),
    endings.flatMap((ending) => ending.logs),
  )
  return endings.map((ending) => written.has(ending.row.id))
}

/** Does `work`, again when the database could not be reached: what a run found must not be lost with a connection. Then
 *  `isRepeat` is true: nobody heard whether the attempt before was written. */
async function untilReachable<T>(work: (isRepeat: boolean) => Promise<T>): Promise<T> {
  const endMs = performance.now() + endingPatienceMs
  for (let isRepeat = false; ; isRepeat = true) {
    try {
      return await work(isRepeat)
    } catch (error) {
      if (databaseFailureOf(error) !== 'unreachable' || performance.now() > endMs) throw error
      await new Promise((resolve) => setTimeout(resolve, endingRetryMs))
    }
  }
}

/** An execution goes with its workflow: whoever deleted that ended it. */
function isWorkflowGone(error: unknown): boolean {
  return isAppError(error) && error.code === 'WORKFLOW_NOT_FOUND'
}

function batchOf<Item>(weigh: (item: Item) => number) {
  return { maxBatchItems: maxJournalBatchItems, maxBatchWeight: maxJournalBatchBytes, weigh }
}

function weighExecution(row: NewExecution): number {
  return row.input.text.length + (row.input.large?.compressed.length ?? 0)
}

function weighEnded({ execution, row, logs }: EndedExecution): number {
  return weighExecution(execution) + weighEnding({ row, logs })
}

function weighEnding({ row, logs }: Ending): number {
  return logs.reduce((sum, log) => sum + weighLog(log), row.output?.text.length ?? 0)
}

function weighLog({ input, output }: NewBlockLog): number {
  const values = [input, output]
  return values.reduce((sum, value) => sum + (value?.text.length ?? 0) + (value?.large?.compressed.length ?? 0), 0)
}
