'use client'

import { useEffect, useRef, useState } from 'react'
import { Answer, ChatFrame, Ended, Question } from '@/components/chat/chat-frame'
import { Composer } from '@/components/chat/composer'
import { StepList } from '@/components/chat/step-view'
import { UsageLine } from '@/components/chat/usage-line'
import { messageOf } from '@/lib/editor/api-client'
import { runOrchestration } from '@/lib/editor/orchestration-client'
import {
  applyOrchestrationEvents,
  endOrchestrationTurn,
  newOrchestrationTurn,
  type OrchestrationTurn,
} from '@/lib/editor/orchestration-turns'

/** Tries an orchestration: a task, and its members at work on it. Each task stands for itself. */
export function OrchestrationChat(props: {
  orchestrationId: string
  canRun: boolean
  /** Saves what is being edited; false when that cannot be. */
  saveFirst: () => Promise<boolean>
}) {
  const { orchestrationId, canRun, saveFirst } = props
  const { turns, run, stop } = useRuns(orchestrationId)
  const send = async (task: string) => {
    if (await saveFirst()) await run(task)
  }
  return (
    <ChatFrame
      label="Try the orchestration"
      head={<h2 className="text-sm font-semibold">Try it</h2>}
      foot={
        canRun ? (
          <Composer
            label="Give it a task"
            isBusy={turns.at(-1)?.status === 'running'}
            onSend={(task) => void send(task)}
            onStop={stop}
          />
        ) : (
          <p className="border-t border-border p-3 text-xs text-muted-foreground">Viewers cannot run orchestrations.</p>
        )
      }
    >
      {turns.length === 0 && (
        <p className="m-auto max-w-64 text-center text-muted-foreground">
          Give it a task. Which agent works on what, and what each of them says, is shown here as it happens.
        </p>
      )}
      {turns.map((turn, index) => (
        <div key={index} className="flex flex-col gap-2">
          <Question text={turn.question} />
          <StepList steps={turn.steps} />
          <Answer text={turn.text} isRunning={turn.status === 'running' && turn.steps.length === 0} />
          <Ended status={turn.status} error={turn.error} />
          {turn.usage && <UsageLine model={null} usage={turn.usage} />}
        </div>
      ))}
    </ChatFrame>
  )
}

function useRuns(orchestrationId: string) {
  const [turns, setTurns] = useState<readonly OrchestrationTurn[]>([])
  const running = useRef<AbortController | null>(null)
  // A page that is left takes its run along: nobody would hear the answer.
  useEffect(() => () => running.current?.abort(), [])
  const changeLast = (change: (turn: OrchestrationTurn) => OrchestrationTurn) =>
    setTurns((before) => before.map((turn, index) => (index === before.length - 1 ? change(turn) : turn)))
  const run = async (task: string) => {
    const stop = new AbortController()
    running.current = stop
    setTurns((before) => [...before, newOrchestrationTurn(task)])
    try {
      for await (const { events } of runOrchestration(orchestrationId, task, stop.signal))
        changeLast((turn) => applyOrchestrationEvents(turn, events))
      const error = 'The connection broke off before the answer.'
      changeLast((turn) => endOrchestrationTurn(turn, { status: 'failed', error }))
    } catch (error) {
      const end = stop.signal.aborted
        ? ({ status: 'stopped', error: null } as const)
        : ({ status: 'failed', error: messageOf(error) } as const)
      changeLast((turn) => endOrchestrationTurn(turn, end))
    }
  }
  return { turns, run, stop: () => running.current?.abort() }
}
