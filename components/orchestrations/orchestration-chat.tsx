'use client'

import { Answer, ChatFrame, Ended, Question } from '@/components/chat/chat-frame'
import { Composer } from '@/components/chat/composer'
import { StepList } from '@/components/chat/step-view'
import { UsageLine } from '@/components/chat/usage-line'
import { useTurns } from '@/components/chat/use-turns'
import { runOrchestration } from '@/lib/editor/orchestration-client'
import { applyOrchestrationEvents, endOrchestrationTurn, newOrchestrationTurn } from '@/lib/editor/orchestration-turns'

/** Tries an orchestration: a task, and its members at work on it. Each task stands for itself. */
export function OrchestrationChat(props: {
  orchestrationId: string
  canRun: boolean
  /** Saves what is being edited; false when that cannot be. */
  saveFirst: () => Promise<boolean>
}) {
  const { orchestrationId, canRun, saveFirst } = props
  const { turns, isBusy, begin, stop } = useTurns(endOrchestrationTurn)
  const send = async (task: string) => {
    if (!(await saveFirst())) return
    await begin(newOrchestrationTurn(task), async (change, signal) => {
      for await (const { events } of runOrchestration(orchestrationId, task, signal))
        change((turn) => applyOrchestrationEvents(turn, events))
    })
  }
  return (
    <ChatFrame
      label="Try the orchestration"
      head={<h2 className="text-sm font-semibold">Try it</h2>}
      foot={
        canRun ? (
          <Composer label="Give it a task" isBusy={isBusy} onSend={(task) => void send(task)} onStop={stop} />
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
