import 'server-only'
import { getApp } from './app'
import { codeTool } from './code-tool'
import { httpTool } from './http-tool'
import { mcpTools } from './mcp-tools'
import { workflowTool } from './workflow-tool'
import { BlockError } from '../blocks/contract'
import type { ToolConfig } from '../contract/agent-tools'
import { toolConfigSchema } from '../contract/agent-tools'
import type { Json } from '../contract/json'
import type { Principal } from '../contract/principal'
import { readSecrets } from '../data/secrets'
import { maxAgentTools } from '../limits'
import type { AgentTool } from '../models/tool-set'
import { createRedactor } from '../outbound/redact'

/** For whom tools work, and how deep in other executions. */
export interface ToolCaller {
  principal: Principal
  depth: number
  /** Whose turn it is in the sandbox: an agent or a workflow. */
  owner: string
  signal: AbortSignal
}

/** Secrets a tool may say, and how to take them out of what comes back. */
export interface ToolSecrets {
  valueOf(name: string): string
  redact(value: Json): Json
}

/** Tools ready to be called, until they are closed. */
export interface OpenTools {
  tools: AgentTool[]
  /** Ends the connections some of them hold. */
  close(): void
}

/** Makes an agent's tools ready. What they return holds no secret that they were given.
 *  @throws BlockError when one cannot be offered, or two have one name. */
export async function openTools(configs: readonly ToolConfig[], caller: ToolCaller): Promise<OpenTools> {
  const closing = new AbortController()
  const signal = AbortSignal.any([caller.signal, closing.signal])
  try {
    return { tools: await openAll(configs, { ...caller, signal }), close: () => closing.abort() }
  } catch (error) {
    closing.abort()
    throw error
  }
}

async function openAll(configs: readonly ToolConfig[], caller: ToolCaller): Promise<AgentTool[]> {
  const secrets = await secretsOf(configs)
  const opened = await Promise.all(configs.map((config) => openTool(config, caller, secrets)))
  const tools = opened.flat().map((tool) => ({
    ...tool,
    run: async (...call: Parameters<AgentTool['run']>) =>
      secrets.redact(await tool.run(...call).catch(redacted(secrets))),
  }))
  const twice = tools.find((tool, index) => tools.findIndex(({ name }) => name === tool.name) !== index)
  if (twice) throw new BlockError(`Two tools are called ${twice.name}`)
  return tools
}

/** Reads tools that stand in a block's config. @throws BlockError naming the field that is wrong. */
export function readTools(values: readonly Json[]): ToolConfig[] {
  if (values.length > maxAgentTools) throw new BlockError(`config.tools holds more than ${maxAgentTools} tools`)
  return values.map((value, index) => {
    const parsed = toolConfigSchema.safeParse(value)
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    throw new BlockError(
      `config.${['tools', index, ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? 'is wrong'}`,
    )
  })
}

async function openTool(config: ToolConfig, caller: ToolCaller, secrets: ToolSecrets): Promise<AgentTool[]> {
  switch (config.type) {
    case 'http':
      return [httpTool(config, secrets, (request) => getApp().fetch(request))]
    case 'code':
      return [codeTool(config, caller.owner, (job) => getApp().sandbox.run(job))]
    case 'workflow':
      return [await workflowTool(config, caller)]
    case 'mcp':
      return mcpTools(config, secrets, {
        fetch: getApp().webFetch,
        commands: getApp().env.SLUICE_MCP_SERVERS,
        path: getApp().env.PATH,
        signal: caller.signal,
      })
    default:
      throw new Error(`unknown type of tool: ${JSON.stringify(config satisfies never)}`)
  }
}

async function secretsOf(configs: readonly ToolConfig[]): Promise<ToolSecrets> {
  const texts = configs.flatMap((config) => ('headers' in config ? [config.url, ...Object.values(config.headers)] : []))
  const names = texts.flatMap((text) =>
    [...text.matchAll(/\{\{\s*secrets\.([^{}\s]+)\s*\}\}/g)].map((match) => match[1] ?? ''),
  )
  const values = await readSecrets([...new Set(names)])
  return {
    valueOf(name) {
      const value = values.get(name)
      if (value === undefined) throw new BlockError(`The vault holds no secret ${name}`)
      return value
    },
    redact: createRedactor([...values.values()]),
  }
}

function redacted(secrets: ToolSecrets) {
  return (error: unknown): never => {
    const message = error instanceof Error ? error.message : String(error)
    const clean = secrets.redact(message)
    throw new BlockError(typeof clean === 'string' ? clean : 'failed')
  }
}
