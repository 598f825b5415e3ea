'use client'

import { Plus, Trash2 } from 'lucide-react'
import { Answer, ChatFrame, Ended, Question } from '@/components/chat/chat-frame'
import { Composer } from '@/components/chat/composer'
import { ToolCallView } from '@/components/chat/tool-call-view'
import { UsageLine } from '@/components/chat/usage-line'
import { Button } from '@/components/ui/button'
import type { AgentSessionItem } from '@/lib/contract/agents'
import type { Turn } from '@/lib/editor/agent-turns'
import { useAgentChat } from './use-agent-chat'

/** Tries an agent: its answers as they come, with every tool it calls. Conversations are kept. */
export function AgentChat(props: {
  agentId: string
  sessions: readonly AgentSessionItem[]
  canRun: boolean
  /** Saves what is being edited; false when that cannot be. */
  saveFirst: () => Promise<boolean>
}) {
  const { agentId, canRun, saveFirst } = props
  const chat = useAgentChat(agentId, props.sessions)
  const send = async (message: string) => {
    if (await saveFirst()) await chat.say(message)
  }
  return (
    <ChatFrame
      label="Try the agent"
      head={<Head {...chat} canRun={canRun} />}
      foot={
        canRun ? (
          <Composer
            label="Say something to the agent"
            isBusy={chat.isBusy}
            onSend={(message) => void send(message)}
            onStop={chat.stop}
          />
        ) : (
          <p className="border-t border-border p-3 text-xs text-muted-foreground">Viewers cannot run agents.</p>
        )
      }
    >
      {chat.turns.length === 0 && (
        <p className="m-auto max-w-64 text-center text-muted-foreground">
          Ask it something. What it answers, which tools it calls and what that costs is shown here.
        </p>
      )}
      {chat.turns.map((turn, index) => (
        <TurnView key={index} turn={turn} />
      ))}
    </ChatFrame>
  )
}

function Head(props: ReturnType<typeof useAgentChat> & { canRun: boolean }) {
  const { sessions, sessionId, isBusy, open, forget, canRun } = props
  return (
    <>
      <select
        aria-label="Conversation"
        value={sessionId ?? ''}
        disabled={isBusy}
        onChange={(event) => void open(event.target.value || null)}
        className="h-8 min-w-0 flex-1 truncate rounded-md border border-input bg-card px-2 text-[13px] focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring"
      >
        <option value="">New conversation</option>
        {sessionId !== null && sessions.every(({ id }) => id !== sessionId) && <option value={sessionId}>Now</option>}
        {sessions.map(({ id, title }) => (
          <option key={id} value={id}>
            {title || 'Without a title'}
          </option>
        ))}
      </select>
      {sessionId !== null && (
        <>
          <Button variant="quiet" className="w-8 px-0" aria-label="New conversation" onClick={() => void open(null)}>
            <Plus aria-hidden />
          </Button>
          {canRun && (
            <Button
              variant="quiet"
              className="w-8 px-0"
              aria-label="Forget this conversation"
              disabled={isBusy}
              onClick={() => void forget(sessionId)}
            >
              <Trash2 aria-hidden />
            </Button>
          )}
        </>
      )}
    </>
  )
}

function TurnView({ turn }: { turn: Turn }) {
  return (
    <div className="flex flex-col gap-2">
      <Question text={turn.question} />
      {turn.toolCalls.map((call) => (
        <ToolCallView key={call.id} call={call} />
      ))}
      <Answer text={turn.text} isRunning={turn.status === 'running'} />
      <Ended status={turn.status} error={turn.error} />
      {turn.usage && <UsageLine model={turn.model} usage={turn.usage} />}
    </div>
  )
}
