import 'server-only'
import type { CodeJob } from '../blocks/contract'
import type { CodeTool } from '../contract/agent-tools'
import type { Json } from '../contract/json'
import { codeTimeoutMs } from '../limits'
import type { AgentTool } from '../models/tool-set'

/** A tool that runs its author's code in the sandbox, on the input a model gives. */
export function codeTool(
  config: CodeTool,
  owner: string,
  runCode: (job: CodeJob) => Promise<{ output: Json; logs: string[] }>,
): AgentTool {
  return {
    name: config.name,
    description: config.description,
    inputSchema: config.input_schema,
    async run(input, signal) {
      const named = Object.entries(input).filter(([name]) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      const { output, logs } = await runCode({
        language: config.language,
        code: config.code,
        bindings: { ...Object.fromEntries(named), input_data: input },
        timeoutMs: config.timeout_ms ?? codeTimeoutMs,
        signal,
        owner,
      })
      return logs.length === 0 ? output : { output, logs }
    },
  }
}
