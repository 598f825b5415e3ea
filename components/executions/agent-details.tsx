'use client'

import { StepList } from '@/components/chat/step-view'
import { ToolCallView } from '@/components/chat/tool-call-view'
import { UsageLine } from '@/components/chat/usage-line'
import type { Json } from '@/lib/contract/json'
import { readAgentData } from '@/lib/editor/agent-data'
import type { RunningBlock } from './use-execution'

/** What a block's data tells of the models it asked: tokens, cost, tool calls, members. Nothing where it tells of none. */
export function AgentDetails({ data }: { data: Json }) {
  const read = readAgentData(data)
  if (!read) return null
  return (
    <div role="group" aria-label="Models asked" className="mb-4 flex flex-col gap-2">
      <UsageLine model={read.model} usage={read.usage} />
      {read.toolCalls.map((call) => (
        <ToolCallView key={call.id} call={call} />
      ))}
      <StepList steps={read.steps} />
    </div>
  )
}

/** What a block that still runs has said and done so far. */
export function AgentProgress({ running }: { running: RunningBlock }) {
  const { text, toolCalls, steps } = running
  if (text === '' && toolCalls.length === 0 && steps.length === 0) return null
  return (
    <section
      aria-label="So far"
      className="flex flex-col gap-2 rounded-lg border border-border bg-card p-4 text-[13px] shadow-card"
    >
      {toolCalls.map((call) => (
        <ToolCallView key={call.id} call={call} />
      ))}
      <StepList steps={steps} />
      {text !== '' && <p className="break-words whitespace-pre-wrap">{text}</p>}
    </section>
  )
}
