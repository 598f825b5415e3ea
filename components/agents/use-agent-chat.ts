'use client'

import { useState } from 'react'
import { useTurns } from '@/components/chat/use-turns'
import { toast } from '@/components/ui/notify'
import type { AgentSessionItem } from '@/lib/contract/agents'
import { deleteSession, listSessions, readSession, sayToAgent } from '@/lib/editor/agent-client'
import { applyAgentEvents, endTurn, newTurn, turnsOfMessages } from '@/lib/editor/agent-turns'
import { messageOf } from '@/lib/editor/api-client'

/** Conversations with an agent, one of them open. */
export function useAgentChat(agentId: string, first: readonly AgentSessionItem[]) {
  const [sessions, setSessions] = useState(first)
  const [sessionId, setSessionId] = useState<string | null>(null)
  const { turns, setTurns, isBusy, begin, stop } = useTurns(endTurn)

  const say = async (message: string) => {
    await begin(newTurn(message), async (change, signal) => {
      for await (const { events } of sayToAgent(agentId, { message, sessionId }, signal)) {
        const start = events.find((event) => event.type === 'run_start')
        if (start) setSessionId(start.session_id)
        change((turn) => applyAgentEvents(turn, events))
      }
    })
    await listSessions(agentId).then(setSessions, () => undefined)
  }

  const open = async (id: string | null) => {
    stop()
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

  return { sessions, sessionId, turns, isBusy, say, stop, open, forget }
}
