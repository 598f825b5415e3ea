import 'server-only'
import { randomUUID } from 'node:crypto'
import type { ToolCaller } from './agent-tools'
import { getApp } from './app'
import { runWorkflow } from './run-workflow'
import { BlockError } from '../blocks/contract'
import type { WorkflowTool } from '../contract/agent-tools'
import { isJsonObject, type Json, type JsonObject } from '../contract/json'
import { parseJson } from '../contract/parse-json'
import { readWorkflow } from '../data/workflows'
import type { Plan } from '../graph/plan'
import { maxPlatformDepth } from '../limits'
import type { AgentTool } from '../models/tool-set'

/** A workflow as a tool: what its starters take by default says what it can be given. It runs with the rights of whoever
 *  runs the agent, and ends with it. @throws BlockError when there is no such workflow or it cannot run. */
export async function workflowTool(config: WorkflowTool, caller: ToolCaller): Promise<AgentTool> {
  const found = await readWorkflow(config.workflow_id)
  if (!found) throw new BlockError(`There is no workflow ${config.workflow_id} to be a tool`)
  const { workflow } = found
  const compiled = await getApp().plans.load(config.workflow_id, workflow.version)
  if (!compiled?.plan) throw new BlockError(`The workflow ${workflow.name} cannot run, so it cannot be a tool`)
  return {
    name: config.name ?? toolNameOf(workflow.name),
    description: config.description ?? (workflow.description || `Runs the workflow ${workflow.name}`),
    inputSchema: inputSchemaOf(compiled.plan),
    run: (input, signal) => runChild(config.workflow_id, input, { ...caller, signal }),
  }
}

/** The input schema of a workflow: a field for every default of its starters, with the type of that default. */
export function inputSchemaOf(plan: Plan): JsonObject {
  const properties: JsonObject = {}
  for (const { block, definition } of plan.blocks)
    if (definition.capabilities.trigger === 'start' && block.enabled)
      for (const [name, value] of Object.entries(defaultsOf(block.config['input'])))
        properties[name] = { ...schemaOf(value), default: value }
  return { type: 'object', properties }
}

async function runChild(id: string, variables: JsonObject, caller: ToolCaller): Promise<Json> {
  if (!caller.principal.scopes.includes('run')) throw new BlockError('whoever runs this agent may not run workflows')
  if (caller.depth > maxPlatformDepth) throw new BlockError(`nested deeper than ${maxPlatformDepth} executions`)
  const request = {
    id: randomUUID(),
    method: 'POST',
    url: new URL('sluice:agent'),
    headers: new Headers(),
    signal: caller.signal,
    remoteAddress: null,
    readBytes: () => Promise.resolve(new Uint8Array()),
  }
  const answer = await runWorkflow(
    { principal: caller.principal, params: { id }, query: {}, body: { variables }, request },
    { trigger: 'platform', depth: caller.depth, stopsWith: caller.signal },
  )
  const body = 'json' in answer.body ? answer.body.json : null
  // Answers of runs are JSON objects.
  const { output, error } = body as { output?: Json; error?: string }
  if (answer.status !== 200) throw new BlockError(error ?? `the workflow answered ${answer.status}`)
  return output ?? null
}

function defaultsOf(input: unknown): JsonObject {
  if (isJsonObject(input)) return input
  if (typeof input !== 'string' || input.trim() === '') return {}
  try {
    const parsed = parseJson(input)
    return isJsonObject(parsed) ? parsed : {}
  } catch {
    return {}
  }
}

function schemaOf(value: Json): JsonObject {
  if (value === null) return {}
  if (Array.isArray(value)) return { type: 'array' }
  return { type: typeof value }
}

function toolNameOf(name: string): string {
  const cleaned = name.replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, 60)
  return /^[A-Za-z_]/.test(cleaned) ? cleaned : `run_${cleaned}`
}
