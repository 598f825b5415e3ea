import 'server-only'
import { readNumber, readText, type Runner } from '../contract'
import { promptText, readList, readObject, readPrompt } from '../prompt'
import type { agent } from './definition'

/** Asks a saved agent, or the model named here. Its text is streamed while it comes; its failure is the block's. */
export const run: Runner<typeof agent> = async (config, context) => {
  const { messages, system } = readPrompt(config)
  const prompts = [promptText(config.system_prompt), system].filter((text) => text.trim() !== '')
  const agentId = readText(config.agent_id) || null
  const answer = await context.runAgent({
    agentId,
    model: readText(config.model) || null,
    systemPrompt: prompts.length > 0 ? prompts.join('\n\n') : null,
    messages,
    temperature: readNumber(config.temperature),
    maxTokens: readNumber(config.max_tokens),
    tools: agentId === null ? readList(config.tools, 'tools') : [],
    outputSchema: readObject(config.output_schema, 'output_schema'),
  })
  return {
    output: answer.output,
    model: answer.model,
    usage: { ...answer.usage },
    tool_calls: answer.toolCalls.map((call) => ({ ...call })),
    agent_run_id: answer.runId,
  }
}
