import 'server-only'
import { z } from 'zod'
import { catalog } from '../blocks/catalog'
import type { BlockDefinition } from '../blocks/contract'
import { definitions } from '../blocks/definitions'
import type { Json } from '../contract/json'

const all: readonly BlockDefinition[] = Object.values(definitions)

/** One line for each block type, from its definition. */
export function listBlockTypes(): string {
  return all.map(({ type, title, description }) => `- ${type} (${title}): ${description}`).join('\n')
}

/** What can be known of block types, from their definitions themselves: never older than the code that runs them. Types
 *  nobody knows are passed over; without any, all are told. */
export function describeBlocks(types: readonly string[]): Json {
  const asked = types.flatMap((type) => catalog.get(type) ?? [])
  return [...new Set(asked.length > 0 ? asked : all)].map(describe)
}

function describe(definition: BlockDefinition): Json {
  const { type, title, description, category, capabilities, defaults, outputFields } = definition
  const described = {
    type,
    title,
    description,
    category,
    defaults,
    config: z.toJSONSchema(definition.config, { io: 'input', unrepresentable: 'any' }),
    /** Handles edges leave from, for the defaults; each but a trigger has `error` too. */
    output_handles: definition.outputs(defaults).map(({ id }) => id),
    data: outputFields.map(({ path, title }) => ({ path, title })),
    not_resolved: definition.boundFields,
    may_read_secrets: definition.secretFields,
    minted_when_accepted: definition.credentialFields ?? [],
    starts_executions: capabilities.trigger ?? null,
    branches: capabilities.routes ?? false,
    needs_stand_in: !capabilities.isContained,
  }
  // Made of texts, numbers and JSON schemas; what cannot be written as JSON (a function in a field's meta) falls away.
  return JSON.parse(JSON.stringify(described)) as Json
}
