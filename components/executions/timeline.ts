import type { BlockLog, ExecutionItem } from '@/lib/contract/execution'
import { isStopped } from '@/lib/editor/is-stopped'
import { sayDuration } from './duration'
import type { RunningBlock } from './use-execution'

export type BarStatus = BlockLog['status'] | 'running' | 'cancelled'

/** One line of the timeline. Places are fractions of the whole, 0 to 1. */
export interface TimelineLine {
  blockId: string
  name: string
  type: string
  status: BarStatus
  durationMs: number
  attempts: number
  /** Null for a block that did not run. */
  bar: Bar | null
  /** Why there is no bar. */
  remark: string | null
}

export interface Bar {
  left: number
  width: number
  /** The wait before the start, which ends where the bar begins. */
  queued: number
  /** The waits between attempts, part of `width`; when they were is not known. */
  retryWait: number
  /** The same in words. */
  told: string
}

export interface Timeline {
  totalMs: number
  lines: TimelineLine[]
}

/** Lays an execution's blocks out over the time from its creation to its end, or to `nowMs` while it runs. */
export function layTimeline(
  execution: ExecutionItem,
  logs: readonly BlockLog[],
  running: readonly RunningBlock[],
  nowMs: number,
): Timeline {
  const beganMs = Date.parse(execution.created_at)
  const endedMs = execution.completed_at === null ? nowMs : Date.parse(execution.completed_at)
  // Clocks of blocks have whole milliseconds, so a block may seem to outlast its execution by one.
  const ends = logs.map((log) => (log.started_at === null ? 0 : Date.parse(log.started_at) + log.duration_ms))
  const totalMs = Math.max(endedMs - beganMs, ...ends.map((end) => end - beganMs), 1)
  const part = (ms: number) => clamp(ms / totalMs)
  const barOf = (log: BlockLog, startMs: number): Bar => ({
    left: part(startMs - beganMs),
    width: part(log.duration_ms),
    queued: part(log.queued_ms),
    retryWait: part(log.retry_wait_ms),
    told: tellTimes(log),
  })
  const settled = logs.map((log): TimelineLine => ({
    ...namesOf(log),
    status: isStopped(execution, log) ? 'cancelled' : log.status,
    durationMs: log.duration_ms,
    attempts: log.attempts,
    bar: log.started_at === null || remarkOf(log) !== null ? null : barOf(log, Date.parse(log.started_at)),
    remark: remarkOf(log),
  }))
  const unsettled = running.map(({ blockId, blockName, blockType, startedAt }): TimelineLine => {
    const durationMs = Math.max(0, nowMs - startedAt)
    const bar = { left: part(startedAt - beganMs), width: part(durationMs), queued: 0, retryWait: 0, told: 'Running' }
    return {
      blockId,
      name: blockName || blockId,
      type: blockType,
      status: 'running',
      durationMs,
      attempts: 1,
      bar,
      remark: null,
    }
  })
  const ran = settled.filter(({ status }) => status !== 'skipped')
  const skipped = settled.filter(({ status }) => status === 'skipped')
  return { totalMs, lines: [...ran, ...unsettled, ...skipped] }
}

function namesOf(log: BlockLog): { blockId: string; name: string; type: string } {
  return { blockId: log.block_id, name: log.block_name || log.block_id, type: log.block_type }
}

function tellTimes({ queued_ms: queuedMs, duration_ms: ranMs, retry_wait_ms: waitMs, attempts }: BlockLog): string {
  const waited = queuedMs > 0 ? `Waited ${sayDuration(queuedMs)} for its turn, then ran` : 'Ran'
  const between = waitMs > 0 ? `, ${sayDuration(waitMs)} of it between ${attempts} attempts` : ''
  return `${waited} ${sayDuration(ranMs)}${between}`
}

function remarkOf(log: BlockLog): string | null {
  if (log.status === 'skipped') return log.skip_reason ?? 'Skipped'
  return log.reused_from === null ? null : 'Not run: its data comes from an earlier execution'
}

function clamp(fraction: number): number {
  return Math.min(1, Math.max(0, fraction))
}
