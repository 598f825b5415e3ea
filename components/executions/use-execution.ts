'use client'

import { useEffect, useState } from 'react'
import type { BlockLog, ExecutionEvent, ExecutionItem } from '@/lib/contract/execution'
import { applyBlockStep, noProgress, type BlockProgress } from '@/lib/editor/block-progress'
import { readEvents } from '@/lib/editor/event-stream'
import { loadExecution, openEvents } from '@/lib/editor/graph-client'

/** A block that has started and not settled. */
export interface RunningBlock extends BlockProgress {
  blockId: string
  /** Empty when the workflow has no block of that id any more. */
  blockName: string
  blockType: string
  startedAt: number
  /** Text it has streamed so far. */
  text: string
}

export interface FollowedExecution {
  execution: ExecutionItem
  logs: BlockLog[]
  running: RunningBlock[]
}

const reloadMs = 500

export interface FirstLook {
  execution: ExecutionItem
  logs: BlockLog[]
  /** By id: events carry no names. */
  blockNames: Readonly<Record<string, string>>
}

/** An execution, followed by its events to its end. */
export function useExecution({ blockNames, ...first }: FirstLook): FollowedExecution {
  const [followed, setFollowed] = useState<FollowedExecution>({ ...first, running: [] })
  const { id, workflow_id: workflowId } = first.execution
  const isOver = !isUnfinished(followed.execution)
  useEffect(() => {
    if (isOver) return
    const stop = new AbortController()
    void follow({ workflowId, id, blockNames, signal: stop.signal, setFollowed })
    return () => stop.abort()
  }, [workflowId, id, blockNames, isOver])
  return followed
}

export function isUnfinished({ status }: { status: ExecutionItem['status'] }): boolean {
  return status === 'running' || status === 'queued'
}

type Change = (change: (before: FollowedExecution) => FollowedExecution) => void

/** Reads events and, at most twice a second, the logs they speak of. A stream that breaks is taken up again. */
async function follow(call: {
  workflowId: string
  id: string
  blockNames: FirstLook['blockNames']
  signal: AbortSignal
  setFollowed: Change
}) {
  const { workflowId, id, blockNames, signal, setFollowed } = call
  const reload = async () => {
    const loaded = await loadExecution(workflowId, id).catch(() => null)
    if (loaded && !signal.aborted) setFollowed((before) => withLogs(before, loaded))
  }
  let lastEventId = 0
  while (!signal.aborted) {
    try {
      const response = await openEvents(workflowId, id, { lastEventId, signal })
      for await (const batch of readEvents(response.body ?? new Blob().stream())) {
        const isReplay = lastEventId === 0
        lastEventId = batch.lastEventId ?? lastEventId
        setFollowed((before) => {
          const startedAt = isReplay ? latestEndOf(before) : Date.now()
          return { ...before, running: applyAll(before.running, batch.events, { startedAt, blockNames }) }
        })
        if (batch.events.some(({ type }) => type === 'done' || type === 'error')) return await reload()
        await reload()
        await pause(reloadMs, signal)
      }
    } catch {
      // Broken off, or refused for now: the next round asks again.
    }
    await reload()
    await pause(reloadMs * 2, signal)
  }
}

function withLogs(before: FollowedExecution, loaded: { execution: ExecutionItem; logs: BlockLog[] }) {
  const settled = new Set(loaded.logs.map((log) => log.block_id))
  const running = isUnfinished(loaded.execution) ? before.running.filter(({ blockId }) => !settled.has(blockId)) : []
  return { ...loaded, running }
}

/** When the last settled block ended, in ms since 1970: what was at work already when this page came began about then.
 *  The events do not say when they happened. */
export function latestEndOf({ execution, logs }: Pick<FollowedExecution, 'execution' | 'logs'>): number {
  const ends = logs.map((log) => (log.started_at === null ? 0 : Date.parse(log.started_at) + log.duration_ms))
  return Math.max(Date.parse(execution.started_at ?? execution.created_at), ...ends)
}

interface Started {
  startedAt: number
  blockNames: FirstLook['blockNames']
}

function applyAll(running: RunningBlock[], events: readonly ExecutionEvent[], started: Started): RunningBlock[] {
  return events.reduce((before, event) => applyEvent(before, event, started), running)
}

function applyEvent(
  running: RunningBlock[],
  event: ExecutionEvent,
  { startedAt, blockNames }: Started,
): RunningBlock[] {
  switch (event.type) {
    case 'block_start':
      return [
        ...running.filter(({ blockId }) => blockId !== event.block_id),
        {
          blockId: event.block_id,
          blockName: blockNames[event.block_id] ?? '',
          blockType: event.block_type,
          startedAt,
          text: '',
          ...noProgress,
        },
      ]
    case 'block_chunk':
      return running.map((one) => (one.blockId === event.block_id ? { ...one, text: one.text + event.chunk } : one))
    case 'block_step':
      return running.map((one) => (one.blockId === event.block_id ? applyBlockStep(one, event.step) : one))
    case 'block_complete':
    case 'block_error':
      return running.filter(({ blockId }) => blockId !== event.block_id)
    case 'execution_start':
    case 'block_skip':
    case 'done':
    case 'error':
      return running
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true })
  })
}
