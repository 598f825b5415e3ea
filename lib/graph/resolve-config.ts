import { applyMappings, mappingsField, readMappings } from './input-mappings'
import type { PlanBlock } from './plan'
import { compileTemplate, resolveTemplate, templateOfFields, type Template } from './references'
import type { JsonObject } from '../contract/json'
import type { BlockDefinition, Scope } from '../blocks/contract'

/** The config a block runs with: references resolved, then input mappings applied. It is the saved config itself when
 *  neither changed anything. Never throws. */
export function resolveConfig(block: PlanBlock, scope: Scope): JsonObject {
  // The template of an object resolves to an object.
  const resolved = resolveTemplate(block.template, scope) as JsonObject
  return applyMappings(block.mappings, resolved, scope)
}

/** Compiles a saved config: bound fields and the mappings stay as they are, secrets are read only where they leave the
 *  process. */
export function compileConfig(
  config: JsonObject,
  definition: BlockDefinition,
): Pick<PlanBlock, 'template' | 'mappings'> {
  const { boundFields, secretFields } = definition
  const template: Template = templateOfFields(config, (key, field) =>
    key === mappingsField || boundFields.includes(key)
      ? { kind: 'constant', value: field }
      : compileTemplate(field, { secrets: secretFields.includes(key) }),
  )
  return { template, mappings: readMappings(config, boundFields) }
}
