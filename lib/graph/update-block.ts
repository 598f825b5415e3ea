import { isEqual } from './diff'
import { hideConfig, restoreHidden } from './hide-values'
import type { BlockDefinition } from '../blocks/contract'
import type { Block } from '../contract/graph'
import type { JsonObject } from '../contract/json'
import type { BlockUpdate } from '../contract/workflow-diff'

/** A block with a proposed change in it. Only what the proposal changes, against what the block was then, is written; a
 *  field that was edited meanwhile stays as it is, and `kept` names it. Credentials and hidden values stay. A proposal
 *  that does not tell what the block was replaces all that it names. */
export function updateBlock(
  block: Block,
  update: BlockUpdate,
  definition: BlockDefinition | undefined,
): { block: Block; kept: string[] } {
  const kept: string[] = []
  const { name = block.name, enabled = block.enabled, config: proposed, was } = update
  const next = {
    ...block,
    name: take('name', { now: block.name, then: was?.name, next: name }, kept),
    enabled: take('enabled', { now: block.enabled, then: was?.enabled, next: enabled }, kept),
  }
  if (!proposed) return { block: next, kept }
  const merged = was?.config
    ? mergeConfig({ block, proposed, was: was.config, definition })
    : { config: proposed, kept: [] }
  return {
    block: { ...next, config: configAfter(block.config, merged.config, definition) },
    kept: [...kept, ...merged.kept],
  }
}

function take<Value>(
  field: string,
  { now, then, next }: { now: Value; then: Value | undefined; next: Value },
  kept: string[],
): Value {
  if (then === undefined || now === then || now === next) return next
  if (next !== then) kept.push(field)
  return now
}

/** A config as a proposal may hold it: a block's credentials are nobody's to propose. */
export function withoutCredentials(config: JsonObject, definition: BlockDefinition | undefined): JsonObject {
  const own = new Set(definition?.credentialFields ?? [])
  return Object.fromEntries(Object.entries(config).filter(([key]) => !own.has(key)))
}

/** The proposed config with what was edited meanwhile. Compared as the proposal saw it, with hidden values hidden. */
function mergeConfig(sides: {
  block: Block
  proposed: JsonObject
  was: JsonObject
  definition: BlockDefinition | undefined
}): { config: JsonObject; kept: string[] } {
  const { block, proposed, was, definition } = sides
  const now = block.config
  const shown = hideConfig(now, definition).config
  const kept: string[] = []
  const entries = [...new Set([...Object.keys(now), ...Object.keys(proposed)])].flatMap((key) => {
    const isProposed = !isEqual(proposed[key], was[key])
    const isEdited = !isEqual(shown[key], was[key]) && !isEqual(shown[key], proposed[key])
    if (isProposed && isEdited) kept.push(key)
    const value = isProposed && !isEdited ? proposed[key] : now[key]
    return value === undefined ? [] : [[key, value] as const]
  })
  return {
    config: Object.fromEntries(entries),
    kept: kept.filter((key) => !definition?.credentialFields?.includes(key)),
  }
}

/** Keys that stay keep their place: their order is saved too. */
function configAfter(was: JsonObject, proposed: JsonObject, definition: BlockDefinition | undefined): JsonObject {
  const own = new Set(definition?.credentialFields ?? [])
  const next = restoreHidden(withoutCredentials(proposed, definition), was)
  const before = Object.keys(was).filter((key) => own.has(key) || Object.hasOwn(next, key))
  const keys = [...before, ...Object.keys(next).filter((key) => !before.includes(key))]
  return Object.fromEntries(keys.map((key) => [key, own.has(key) ? (was[key] ?? null) : (next[key] ?? null)]))
}
