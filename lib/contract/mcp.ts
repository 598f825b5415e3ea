import { z } from 'zod'
import { maxApiBodyBytes } from '../limits'
import type { Endpoint } from './endpoint'
import type { Json, JsonObject } from './json'

/** A deployed workflow as an MCP client sees it. */
export interface OfferedTool {
  /** Letters, digits and `_`, 64 at most; ends in the end of the workflow's id, so no other workflow ever takes it. */
  name: string
  title: string
  description: string
  /** JSON schema of an object. */
  input_schema: JsonObject
}

/** A page of the tools; `next_cursor` is null on the last one. */
export interface ToolPage {
  tools: OfferedTool[]
  next_cursor: string | null
}

/** How a call of a tool ended. `execution_id` is null when it was refused before an execution began. */
export type ToolOutcome =
  | { status: 'completed'; execution_id: string; output: Json }
  | { status: 'failed'; execution_id: string | null; error: string; error_code: string }

/** JSON schema of a ToolOutcome: every tool answers with one. */
export const toolOutcomeSchema = {
  type: 'object' as const,
  properties: {
    status: { type: 'string', enum: ['completed', 'failed'] },
    execution_id: { type: ['string', 'null'] },
    output: { description: 'What the workflow’s response block gave' },
    error: { type: 'string' },
    error_code: { type: 'string' },
  },
  required: ['status', 'execution_id'],
}

/** `POST /api/mcp`: JSON-RPC of the Model Context Protocol, read raw. Calling a tool needs the scope `run` besides. */
export const mcpEndpoint: Endpoint<object, object, null> = {
  scope: 'read',
  params: z.object({}),
  query: z.object({}),
  body: null,
  maxBodyBytes: maxApiBodyBytes,
  status: 200,
}
