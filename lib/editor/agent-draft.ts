import { FormProblem } from './api-client'
import type { ToolConfig } from '../contract/agent-tools'
import type { AgentItem, AgentSettings, UpdateAgentBody } from '../contract/agents'
import { isJsonObject, type JsonObject } from '../contract/json'

/** A name with its value, as a row of a form. */
export interface Pair {
  name: string
  value: string
}

/** A tool as it is edited: every field a text, those of other kinds of tool unused. */
export interface ToolDraft {
  /** Tells drafts apart while they are moved and removed. */
  key: number
  type: ToolConfig['type']
  name: string
  description: string
  method: string
  url: string
  headers: readonly Pair[]
  inputSchema: string
  timeoutMs: string
  language: 'python' | 'javascript'
  code: string
  workflowId: string
  /** Names of tools, one a line; blank allows all. */
  allow: string
}

/** An agent as it is edited. */
export interface AgentDraft {
  name: string
  description: string
  model: string
  systemPrompt: string
  temperature: string
  maxTokens: string
  maxSteps: string
  tokenBudget: string
  timeoutMs: string
  outputSchema: string
  tools: readonly ToolDraft[]
  /** Settings that no field shows: they stay. */
  settings: AgentSettings
}

/** A stored agent, ready to be edited. */
export function draftOfAgent(agent: AgentItem): AgentDraft {
  const { settings } = agent
  return {
    name: agent.name,
    description: agent.description,
    model: agent.model ?? '',
    systemPrompt: agent.system_prompt,
    temperature: String(settings.temperature ?? ''),
    maxTokens: String(settings.max_tokens ?? ''),
    maxSteps: String(settings.max_steps ?? ''),
    tokenBudget: String(settings.token_budget ?? ''),
    timeoutMs: String(settings.timeout_ms ?? ''),
    outputSchema: settings.output_schema ? layOut(settings.output_schema) : '',
    tools: agent.tools.map(draftOfTool),
    settings,
  }
}

/** The draft as the API takes it. @throws FormProblem naming the field that cannot be read. */
export function bodyOfDraft(draft: AgentDraft): UpdateAgentBody {
  return {
    name: draft.name.trim(),
    description: draft.description,
    model: draft.model.trim() || null,
    system_prompt: draft.systemPrompt,
    settings: {
      ...draft.settings,
      temperature: readNumber(draft.temperature, 'Temperature'),
      max_tokens: readNumber(draft.maxTokens, 'Most tokens of an answer'),
      max_steps: readNumber(draft.maxSteps, 'Step limit'),
      token_budget: readNumber(draft.tokenBudget, 'Token budget'),
      timeout_ms: readNumber(draft.timeoutMs, 'Time limit'),
      output_schema: draft.outputSchema.trim() === '' ? null : readSchema(draft.outputSchema, 'The answer’s schema'),
    },
    tools: draft.tools.map(configOfTool),
  }
}

/** A new tool of a kind. */
export function newTool(type: ToolDraft['type'], key: number): ToolDraft {
  return { ...emptyTool, type, key, ...(type === 'http' && { method: 'GET' }) }
}

const emptySchema = '{\n  "type": "object",\n  "properties": {}\n}'
const emptyTool = {
  name: '',
  description: '',
  method: '',
  url: '',
  headers: [],
  inputSchema: emptySchema,
  timeoutMs: '',
  language: 'python',
  code: '',
  workflowId: '',
  allow: '',
} as const

function draftOfTool(tool: ToolConfig, key: number): ToolDraft {
  const draft = newTool(tool.type, key)
  if ('name' in tool) draft.name = tool.name ?? ''
  if ('description' in tool) draft.description = tool.description ?? ''
  if ('url' in tool) draft.url = tool.url
  if ('headers' in tool) draft.headers = Object.entries(tool.headers).map(([name, value]) => ({ name, value }))
  if ('input_schema' in tool) draft.inputSchema = layOut(tool.input_schema)
  if ('timeout_ms' in tool) draft.timeoutMs = String(tool.timeout_ms ?? '')
  if ('method' in tool) draft.method = tool.method
  if ('code' in tool) Object.assign(draft, { code: tool.code, language: tool.language })
  if ('workflow_id' in tool) draft.workflowId = tool.workflow_id
  if ('allow' in tool) draft.allow = tool.allow?.join('\n') ?? ''
  return draft
}

function configOfTool(draft: ToolDraft): ToolConfig {
  const { type, name, description, url } = draft
  const title = name.trim() || url || 'A tool'
  const called = () => ({
    name: name.trim(),
    description,
    input_schema: readSchema(draft.inputSchema, `The input schema of ${title}`),
    timeout_ms: readNumber(draft.timeoutMs, `The time limit of ${title}`) ?? undefined,
  })
  switch (type) {
    case 'http':
      return { type, ...called(), method: draft.method, url: url.trim(), headers: headersOf(draft.headers) }
    case 'code':
      return { type, ...called(), language: draft.language, code: draft.code }
    case 'workflow':
      return {
        type,
        workflow_id: draft.workflowId,
        ...(name.trim() !== '' && { name: name.trim() }),
        ...(description.trim() !== '' && { description }),
      }
    case 'mcp':
      return { type, url: url.trim(), headers: headersOf(draft.headers), ...allowedOf(draft.allow) }
  }
}

function allowedOf(text: string): { allow?: string[] } {
  const names = text.split('\n').flatMap((line) => line.trim() || [])
  return names.length > 0 ? { allow: names } : {}
}

function headersOf(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(pairs.flatMap(({ name, value }) => (name.trim() === '' ? [] : [[name.trim(), value]])))
}

function readNumber(text: string, title: string): number | null {
  if (text.trim() === '') return null
  const number = Number(text)
  if (!Number.isFinite(number)) throw new FormProblem(`${title} has to be a number.`)
  return number
}

function readSchema(text: string, title: string): JsonObject {
  const value = objectOf(text)
  if (value === null) throw new FormProblem(`${title} has to be a JSON object.`)
  return value
}

/** The JSON object a text stands for, or null. */
function objectOf(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : null
  } catch {
    return null
  }
}

function layOut(value: JsonObject): string {
  return JSON.stringify(value, null, 2)
}
