'use client'

import { useEffect, useRef, useState } from 'react'
import type { EarlyEnd } from '@/lib/editor/agent-turns'
import { messageOf } from '@/lib/editor/api-client'

/** Questions and what became of them; the last one may still be answered. `end` ends a turn that stopped early. */
export function useTurns<Turn extends { status: string }>(end: (turn: Turn, how: EarlyEnd) => Turn) {
  const [turns, setTurns] = useState<readonly Turn[]>([])
  const running = useRef<AbortController | null>(null)
  // A page that is left takes its run along: nobody would hear the answer.
  useEffect(() => () => running.current?.abort(), [])

  const changeLast = (change: (turn: Turn) => Turn) =>
    setTurns((before) => before.map((turn, index) => (index === before.length - 1 ? change(turn) : turn)))

  /** Adds a turn. `hear` changes it as its answer comes, to the end. */
  const begin = async (turn: Turn, hear: (change: typeof changeLast, signal: AbortSignal) => Promise<void>) => {
    const stop = new AbortController()
    running.current = stop
    setTurns((before) => [...before, turn])
    try {
      await hear(changeLast, stop.signal)
      changeLast((last) => end(last, { status: 'failed', error: 'The connection broke off before the answer.' }))
    } catch (error) {
      const how: EarlyEnd = stop.signal.aborted
        ? { status: 'stopped', error: null }
        : { status: 'failed', error: messageOf(error) }
      changeLast((last) => end(last, how))
    }
  }

  const isBusy = turns.at(-1)?.status === 'running'
  return { turns, setTurns, isBusy, begin, stop: () => running.current?.abort() }
}
