import 'server-only'
import { runAgent } from './run-agent'
import { streamOf } from './stream-frames'
import { hasEnded } from '../contract/agent-runs'
import type { AgentEvent, AgentParams, RunAgentBody } from '../contract/agents'
import type { Call } from '../contract/endpoint'

/** As `runAgent`, told as it happens. @throws as `runAgent` does before the conversation began. */
export async function streamAgent(
  call: Call<AgentParams, object, RunAgentBody>,
): Promise<AsyncIterableIterator<{ data: AgentEvent }>> {
  return streamOf<AgentEvent>(call.request.signal, async (tell, signal) => {
    const answer = await runAgent(
      call,
      {
        onStart: (sessionId) => tell({ type: 'run_start', session_id: sessionId }),
        onText: (chunk) => tell({ type: 'chunk', chunk }),
        onToolCall: (toolCall) => {
          tell({ type: hasEnded(toolCall) ? 'tool_end' : 'tool_start', tool_call: { ...toolCall } })
        },
      },
      signal,
    )
    tell({ type: 'done', ...answer })
  })
}
