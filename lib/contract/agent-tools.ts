import { z } from 'zod'
import { maxCodeTimeoutMs, maxDescriptionChars, maxOutboundTimeoutMs, maxUrlChars } from '../limits'
import { isUuid } from './ids'
import { isJsonObject, type JsonObject } from './json'

/** What every vendor accepts as the name of a tool. */
const toolName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/, 'must be letters, digits, _ and -, 64 at most')
const description = z.string().max(maxDescriptionChars).default('')
const inputSchema = z
  .custom<JsonObject>(isJsonObject, 'must be a JSON schema')
  .meta({ type: 'object' })
  .default({ type: 'object', properties: {} })
const headers = z.record(z.string(), z.string()).default({})

/** A `{name}` in the host would let a model choose where the call, and its secrets, go. */
const url = z
  .string()
  .max(maxUrlChars)
  .regex(/^https?:\/\/[^/?#{}]+([/?#]|$)/i, 'must be an http or https address whose host is fixed')

/** Calls an HTTP API. `{name}` in the address is filled from the input; what is left of the input becomes the query
 *  of GET, HEAD and DELETE, and the JSON body of every other method. `{{secrets.NAME}}` may stand in the address and
 *  the headers. */
export const httpToolSchema = z.object({
  type: z.literal('http'),
  name: toolName,
  description,
  method: z.string().trim().toUpperCase().default('GET'),
  url,
  headers,
  input_schema: inputSchema,
  timeout_ms: z.int().min(1).max(maxOutboundTimeoutMs).optional(),
})

/** Runs code in the sandbox. The input's fields are variables of their names, the whole of it is `input_data`. */
export const codeToolSchema = z.object({
  type: z.literal('code'),
  name: toolName,
  description,
  language: z.enum(['python', 'javascript']).default('python'),
  code: z.string(),
  input_schema: inputSchema,
  timeout_ms: z.int().min(1).max(maxCodeTimeoutMs).optional(),
})

/** Runs a workflow; the defaults of its starter say what it takes. */
export const workflowToolSchema = z.object({
  type: z.literal('workflow'),
  workflow_id: z.string().refine(isUuid, 'must be a workflow id'),
  name: toolName.optional(),
  description: z.string().max(maxDescriptionChars).optional(),
})

/** The name of an MCP server that is a program on this machine, null for an address. */
export function mcpCommandName(address: string): string | null {
  return /^stdio:([A-Za-z0-9_-]{1,64})$/.exec(address)?.[1] ?? null
}

const mcpAddress = z.union([
  url,
  z.string().refine((text) => mcpCommandName(text) !== null, 'must be an http or https address, or stdio:name'),
])

/** Offers the tools of an MCP server over streamable HTTP, or (`stdio:name`) of a program that the operator listed under
 *  that name; `allow` names those that may be used, absent means all. */
export const mcpToolSchema = z.object({
  type: z.literal('mcp'),
  url: mcpAddress,
  headers,
  allow: z.array(z.string()).optional(),
})

/** One entry of an agent's tools. */
export const toolConfigSchema = z.discriminatedUnion('type', [
  httpToolSchema,
  codeToolSchema,
  workflowToolSchema,
  mcpToolSchema,
])
export type ToolConfig = z.infer<typeof toolConfigSchema>
export type HttpTool = z.infer<typeof httpToolSchema>
export type CodeTool = z.infer<typeof codeToolSchema>
export type WorkflowTool = z.infer<typeof workflowToolSchema>
export type McpTool = z.infer<typeof mcpToolSchema>
