import 'server-only'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { jsonSchemaValidator, JsonSchemaValidatorResult } from '@modelcontextprotocol/sdk/validation/types.js'
import type { ToolSecrets } from './agent-tools'
import { BlockError } from '../blocks/contract'
import { mcpCommandName, type McpTool } from '../contract/agent-tools'
import { isJsonObject, type Json, type JsonObject } from '../contract/json'
import type { McpCommand } from '../env'
import { maxAgentTools, outboundTimeoutMs } from '../limits'
import type { AgentTool } from '../models/tool-set'
import { ChildTransport } from '../outbound/child-transport'

/** The ways to MCP servers: the guarded door, and the programs that the operator lists. Both end with `signal`. */
interface McpWays {
  fetch: typeof globalThis.fetch
  commands: Readonly<Record<string, McpCommand>>
  /** Where programs are looked for. */
  path: string
  signal: AbortSignal
}

/** Offers the tools of an MCP server: over streamable HTTP, every call through the guarded door, or of a program on this
 *  machine, which lives as long as the run that uses it. What the server says of its tools is data: only those `allow` names are offered, where it names any.
 *  Source: Model Context Protocol, "Transports" and "Tools". @throws BlockError when the server cannot be reached. */
export async function mcpTools(config: McpTool, secrets: ToolSecrets, ways: McpWays): Promise<AgentTool[]> {
  const { signal } = ways
  const client = await connect(config, secrets, ways)
  const { tools } = await told(config, () => client.listTools(undefined, { signal, timeout: outboundTimeoutMs }))
  const offered = tools.filter(({ name }) => !config.allow || config.allow.includes(name)).slice(0, maxAgentTools)
  return offered.map((tool) => ({
    name: tool.name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64),
    description: tool.description ?? '',
    // A tool's input schema is a JSON object on the wire.
    inputSchema: tool.inputSchema as JsonObject,
    run: (input, callSignal) => callTool(client, config, { name: tool.name, input, signal: callSignal }),
  }))
}

async function connect(config: McpTool, secrets: ToolSecrets, ways: McpWays): Promise<Client> {
  const { signal } = ways
  const client = new Client({ name: 'sluice', version: '1' }, { jsonSchemaValidator: trusting })
  const name = mcpCommandName(config.url)
  const transport = name === null ? httpTransport(config, secrets, ways) : childTransport(name, ways)
  const end = () => void client.close().catch(() => undefined)
  signal.addEventListener('abort', end, { once: true })
  try {
    // The SDK's class declares optional fields in a way that exact optional types do not know.
    await told(config, () =>
      client.connect(transport as Parameters<Client['connect']>[0], { signal, timeout: outboundTimeoutMs }),
    )
  } catch (error) {
    end()
    throw error
  }
  return client
}

function httpTransport(config: McpTool, secrets: ToolSecrets, { fetch }: McpWays): StreamableHTTPClientTransport {
  const said = (text: string) =>
    text.replace(/\{\{\s*secrets\.([^{}\s]+)\s*\}\}/g, (_all, name: string) => secrets.valueOf(name))
  const headers = Object.fromEntries(Object.entries(config.headers).map(([name, value]) => [name, said(value)]))
  return new StreamableHTTPClientTransport(new URL(said(config.url)), { fetch, requestInit: { headers } })
}

/** Only what the operator of this installation listed is ever started: an agent says its name and nothing else. */
function childTransport(name: string, { commands, path }: McpWays): ChildTransport {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command)
    throw new BlockError(
      `The MCP server stdio:${name} is not allowed: whoever runs Sluice lists it in SLUICE_MCP_SERVERS`,
    )
  return new ChildTransport(name, command, path)
}

/** The SDK would compile a stranger's schema into code, to judge results that are nothing but data to us. */
const trusting: jsonSchemaValidator = {
  getValidator<T>() {
    // The type is the caller's wish; nobody relies on it.
    return (input: unknown): JsonSchemaValidatorResult<T> => ({
      valid: true,
      data: input as T,
      errorMessage: undefined,
    })
  },
}

async function callTool(
  client: Client,
  config: McpTool,
  call: { name: string; input: JsonObject; signal: AbortSignal },
): Promise<Json> {
  const answer = await told(config, () =>
    client.callTool({ name: call.name, arguments: call.input }, undefined, {
      signal: call.signal,
      timeout: outboundTimeoutMs,
    }),
  )
  // Results are JSON on the wire.
  const { content, structuredContent, isError } = answer as {
    content?: Json
    structuredContent?: Json
    isError?: boolean
  }
  const said = structuredContent ?? textOf(content ?? [])
  if (isError) throw new BlockError(typeof said === 'string' ? said : JSON.stringify(said))
  return said
}

/** Texts as one text; a result with other parts as it came. */
function textOf(content: Json): Json {
  if (!Array.isArray(content)) return content
  const texts = content.map((part) => (isJsonObject(part) && part['type'] === 'text' ? part['text'] : undefined))
  return texts.every((text) => typeof text === 'string') ? texts.join('\n') : content
}

async function told<T>(config: McpTool, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
    const message = error instanceof Error ? error.message : String(error)
    const server = mcpCommandName(config.url) === null ? new URL(config.url).host : config.url
    throw new BlockError(`The MCP server ${server} failed: ${message}${cause}`, { cause: error })
  }
}
