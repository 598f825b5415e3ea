'use client'

import { useEffect, useRef, useState } from 'react'
import { toast } from '@/components/ui/notify'
import type { AgentSessionItem } from '@/lib/contract/agents'
import { deleteSession, listSessions, readSession, sayToAgent } from '@/lib/editor/agent-client'
import { applyAgentEvents, endTurn, newTurn, turnsOfMessages, type Turn } from '@/lib/editor/agent-turns'
import { messageOf } from '@/lib/editor/api-client'

/** Conversations with an agent, one of them open. */
export function useAgentChat(agentId: string, first: readonly AgentSessionItem[]) {
  const [sessions, setSessions] = useState(first)
  const [sessionId, setSessionId] = useState<string | null>(null)
  const [turns, setTurns] = useState<readonly Turn[]>([])
  const running = useRef<AbortController | null>(null)
  // A page that is left takes its run along: nobody would hear the answer.
  useEffect(() => () => running.current?.abort(), [])

  const changeLast = (change: (turn: Turn) => Turn) =>
    setTurns((before) => before.map((turn, index) => (index === before.length - 1 ? change(turn) : turn)))

  const say = async (message: string) => {
    const stop = new AbortController()
    running.current = stop
    setTurns((before) => [...before, newTurn(message)])
    try {
      for await (const { events } of sayToAgent(agentId, { message, sessionId }, stop.signal)) {
        const start = events.find((event) => event.type === 'run_start')
        if (start) setSessionId(start.session_id)
        changeLast((turn) => applyAgentEvents(turn, events))
      }
      changeLast((turn) => endTurn(turn, { status: 'failed', error: 'The connection broke off before the answer.' }))
    } catch (error) {
      const end = stop.signal.aborted
        ? ({ status: 'stopped', error: null } as const)
        : ({ status: 'failed', error: messageOf(error) } as const)
      changeLast((turn) => endTurn(turn, end))
    }
    running.current = null
    await listSessions(agentId).then(setSessions, () => undefined)
  }

  const open = async (id: string | null) => {
    running.current?.abort()
    setSessionId(id)
    setTurns([])
    if (id === null) return
    try {
      setTurns(turnsOfMessages(await readSession(agentId, id)))
    } catch (error) {
      toast.error(messageOf(error))
    }
  }

  const forget = async (id: string) => {
    try {
      await deleteSession(agentId, id)
      setSessions((before) => before.filter((session) => session.id !== id))
      await open(null)
    } catch (error) {
      toast.error(messageOf(error))
    }
  }

  const isBusy = turns.at(-1)?.status === 'running'
  return { sessions, sessionId, turns, isBusy, say, stop: () => running.current?.abort(), open, forget }
}
