import { z } from 'zod'
import type { ChatMessage, ToolCall, Usage } from '../contract/agent-runs'
import type { BlockData } from '../contract/execution'
import type { GraphIssue } from '../contract/graph'
import type { FieldMeta } from '../contract/field-meta'
import { isJsonObject, type Json, type JsonObject } from '../contract/json'

/** A connection point of a block. Outputs of routing blocks carry the route as id. */
export interface Handle {
  id: string
  label: string
}

/** What engine, canvas, linter and copilot may know of a type beyond its schema: they never read its name. */
export interface Capabilities {
  /** Starts executions: `start` all of them, `webhook` those its own webhook was called for or a person runs. */
  trigger?: 'start' | 'webhook'
  /** Its data carries `route`, and its unconditional edges follow their handle. */
  routes?: boolean
  /** Emits `block_chunk` events while it runs. */
  streams?: boolean
  /** Applies `timeout_ms` itself, from when its work begins: waiting for a place to work in does not count. */
  timesItself?: boolean
  /** Ends the graph: its `output` can be the execution's, its data shapes the HTTP answer. */
  responds?: boolean
  /** Touches nothing outside its execution: a rehearsal that nobody watches runs only such blocks. */
  isContained?: boolean
  /** Which model a config asks for: without a provider for it the run is refused before it starts. */
  usesModel?: (config: JsonObject) => ModelNeed
}

/** What a block needs a provider for: a model by name (null is the default one), or whatever a saved agent or
 *  orchestration names. `setting` is the config field that says so. */
export type ModelNeed =
  | { kind: 'model'; name: string | null; setting: string }
  | { kind: 'agent' | 'orchestration'; id: string; setting: string }

export interface BlockDefinition<Schema extends z.ZodType = z.ZodType> {
  /** Canonical type as on the wire, `general_api`. The folder is the same with `-` for `_`. */
  type: string
  /** Other spellings accepted on the wire. */
  aliases: readonly string[]
  title: string
  description: string
  category: 'triggers' | 'logic' | 'actions' | 'ai' | 'output'
  /** A lucide icon name. */
  icon: string
  /** Checks JSON types only: values may still be templates, drafts may be half-filled. Loose: unknown keys stay. */
  config: Schema
  defaults: JsonObject
  /** Output handles for this config, `error` excluded: every non-trigger block has that one. */
  outputs(config: JsonObject): readonly Handle[]
  /** One line for the card. Never empty for the defaults. */
  summary(config: JsonObject): string
  /** Fields of the block's data, for pickers. */
  outputFields: readonly { path: string; title: string }[]
  capabilities: Capabilities
  /** Top-level config fields that are neither resolved nor mapped: they bind values instead. */
  boundFields: readonly string[]
  /** Those of the bound fields that hold expressions of the condition language: their `<references>` are checked. */
  expressionFields: readonly string[]
  /** Top-level config fields that leave the process and may hold `{{secrets.NAME}}`. */
  secretFields: readonly string[]
  /** Top-level config fields that are credentials of this one block: whoever adds a copy of it mints them anew, and
   *  they are left out of what is copied or exported. */
  credentialFields?: readonly string[]
  /** Issues beyond the schema, such as missing required config; the caller fills in `block`. */
  check(config: JsonObject): readonly Omit<GraphIssue, 'block'>[]
}

/** Keeps the schema's type while checking the rest. */
export function defineBlock<Schema extends z.ZodType>(definition: BlockDefinition<Schema>): BlockDefinition<Schema> {
  return definition
}

/** Finds a definition by canonical type or alias. */
export type Catalog = ReadonlyMap<string, BlockDefinition>

/** What a block's references and expressions may see: its ancestors that ran, and the run's variables. */
export interface Scope {
  /** Data of the ancestor with that id, else of the first ancestor in graph order with that name. `undefined` when
   *  there is none or it did not run. */
  block: (idOrName: string) => BlockData | undefined
  variables: JsonObject
  /** Value of a vault secret; absent where secrets are not readable. */
  secret?: (name: string) => string | undefined
}

/** A block's data as another block sees it. */
export interface VisibleBlock {
  id: string
  name: string
  data: BlockData
}

/** A guarded outbound call. `body` is sent as it is. */
export interface OutboundRequest {
  url: string
  method: string
  headers: Record<string, string>
  body?: string | undefined
  timeoutMs: number
  signal: AbortSignal
}

export interface OutboundResponse {
  status: number
  /** Lower-case names; several values joined with ", ". */
  headers: Record<string, string>
  body: Uint8Array
}

export interface CodeJob {
  language: 'python' | 'javascript'
  code: string
  /** Variable name -> value; names are valid identifiers. Values are copied in. */
  bindings: JsonObject
  timeoutMs: number
  signal: AbortSignal
  /** Workflow id: the pool keeps one worker free of any single workflow. */
  owner: string
}

/** A call of the platform's own operations with the caller's rights. */
export interface PlatformCall {
  resource: string
  operation: string
  resourceId: string | null
  body: JsonObject
  params: JsonObject
}

/** What a block says to a language model. Fields that are null are the saved agent's, or the model's own. */
export interface AgentRequest {
  /** A saved agent; null for a model named here. */
  agentId: string | null
  model: string | null
  systemPrompt: string | null
  messages: readonly ChatMessage[]
  temperature: number | null
  maxTokens: number | null
  /** As they stand in the saved config: nothing that arrived in a run may add to them. A saved agent has its own. */
  tools: readonly Json[]
  outputSchema: JsonObject | null
}

/** What an agent or an orchestration answered. */
export interface AgentAnswer {
  output: Json
  model: string
  usage: Usage
  toolCalls: readonly ToolCall[]
  /** Where the run is recorded. */
  runId: string
}

export interface OrchestrationRequest {
  orchestrationId: string
  input: string
}

export interface OrchestrationAnswer {
  output: Json
  status: string
  steps: readonly Json[]
  usage: Usage
}

/** The powers a runner has, and the only ones. Every way out honours `signal`. */
export interface BlockContext {
  executionId: string
  workflowId: string
  blockId: string
  /** Aborts on cancel, timeout of the block or of the execution. */
  signal: AbortSignal
  /** The run's own input: what its caller sent. */
  input: JsonObject
  /** Run variables: the workflow's, overlaid by the run's. */
  variables: JsonObject
  /** The request behind a webhook block that was called, else null. */
  request: JsonObject | null
  /** Direct upstream blocks that ran, in graph order. */
  upstream(): readonly VisibleBlock[]
  /** Every ancestor that ran, in graph order. */
  ancestors(): readonly VisibleBlock[]
  /** What this block's expressions may read. */
  scope: Scope
  fetch(request: OutboundRequest): Promise<OutboundResponse>
  runCode(job: Omit<CodeJob, 'owner' | 'signal'>): Promise<{ output: Json; logs: string[] }>
  platform(call: PlatformCall): Promise<{ output: Json; statusCode: number }>
  /** Runs an agent; its text is streamed to whoever watches the block. */
  runAgent(request: AgentRequest): Promise<AgentAnswer>
  runOrchestration(request: OrchestrationRequest): Promise<OrchestrationAnswer>
  /** The same for each attempt of this block in this execution. */
  idempotencyKey: string
  now(): Date
  /** Sends a piece of streamed text to whoever watches. */
  emitChunk(chunk: string): void
  /** Adds a line to the block's log. */
  warn(message: string): void
}

/** Runs a block on its resolved config and returns its data. Failure is a throw; the message is what a person reads. */
export type Runner<Definition extends BlockDefinition> = (
  config: z.output<Definition['config']>,
  context: BlockContext,
) => Promise<BlockData> | BlockData

/** A failure of the block itself, as opposed to a bug in ours. `data` joins what `continue` hands on. */
export class BlockError extends Error {
  override readonly name = 'BlockError'
}

/** Attaches what the inspector shows to a field's schema. */
export function field<Schema extends z.ZodType>(schema: Schema, meta: FieldMeta): Schema {
  return schema.meta({ ...meta })
}

const jsonObject = z.custom<JsonObject>(isJsonObject)
const jsonList = z.custom<Json[]>(Array.isArray)

/** Building stones of config schemas. All may be absent or null: drafts are legal. */
export const kinds = {
  /** Text, and nothing else. */
  text: z.string('must be text').nullish(),
  /** A number or the text of one, as forms save it; blank text counts as absent. Read it with `readNumber`. */
  number: z.union([z.number(), z.string().regex(/^\s*(-?\d+(\.\d+)?)?\s*$/)], 'must be a number').nullish(),
  /** True, false or their text. Read it with `readSwitch`. */
  switch: z.union([z.boolean(), z.string()], 'must be true or false').nullish(),
  /** An object or the JSON text of one. */
  object: z.union([jsonObject, z.string()], 'must be an object or the JSON text of one').nullish(),
  /** A list or the JSON text of one. */
  list: z.union([jsonList, z.string()], 'must be a list or the JSON text of one').nullish(),
  /** Names and values: an object, its JSON text, or table rows. */
  pairs: z
    .union([jsonObject, z.string(), z.array(jsonObject)], 'must be an object, the JSON text of one, or table rows')
    .nullish(),
  /** Any value. Only an absent key is absent: an explicit null stays null. */
  json: z.custom<Json>(() => true).optional(),
}

/** Config schema of a block: its own fields beside those every block understands. Unknown keys stay. */
export function blockConfig<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.looseObject({ ...commonFields, ...shape })
}

const commonFields = {
  on_error: field(kinds.text, { title: 'On failure', control: 'select', options: ['fail', 'continue'] }),
  retry: field(jsonObject.nullish(), { title: 'Retry', control: 'json', help: 'max_attempts, backoff_ms, factor' }),
  timeout_ms: field(kinds.number, { title: 'Time limit (ms)', control: 'number' }),
  _inputMappings: jsonList.nullish(),
}

/** Reads a `kinds.number` field; null when it is absent, blank or not a finite number. */
export function readNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

/** Reads a `kinds.switch` field: true, or its text in any letter case. */
export function readSwitch(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value.trim().toLowerCase() === 'true')
}

/** Text as it stands, trimmed; empty for every other value. For summaries and checks. */
export function readText(value: unknown): string {
  return typeof value === 'string' ? value.trim() : ''
}

/** Tells whether a required field will stay empty: it holds nothing, and no input mapping fills it. */
export function isMissing(config: JsonObject, key: string): boolean {
  const value = config[key] ?? ''
  return typeof value === 'string' && value.trim() === '' && !isMapped(config, key)
}

function isMapped(config: JsonObject, key: string): boolean {
  const mappings = config['_inputMappings']
  return Array.isArray(mappings) && mappings.some((mapping) => isJsonObject(mapping) && mapping['targetField'] === key)
}

/** The warning for a required field that is missing: the block will fail when it runs. */
export function missingConfig(key: string, message: string): Omit<GraphIssue, 'block'> {
  return { code: 'config_missing', severity: 'warning', path: `config.${key}`, message }
}

/** The one output of every block that does not route. */
export const singleOutput: readonly Handle[] = [{ id: 'output', label: 'Output' }]
