import 'server-only'
import { isJsonObject, type JsonObject } from '../contract/json'

/** Workflow variables (JSON text) overlaid by a run's input. */
export function overlay(workflowVariables: string, input: JsonObject): JsonObject {
  const parsed: unknown = JSON.parse(workflowVariables)
  return { ...(isJsonObject(parsed) ? parsed : {}), ...input }
}
