import { freeName, namesOf } from './names'
import type { BlockDefinition, Catalog } from '../blocks/contract'
import type { Block, Edge, Graph } from '../contract/graph'
import type { JsonObject } from '../contract/json'

/** Makes an unguessable text each time it is called: `crypto.randomUUID()`. Ids and webhook credentials are minted with
 *  it, in the browser only. */
export type Mint = () => string

/** A block fresh from the palette: a free name, the type's default config, credentials of its own. */
export function newBlock(
  definition: BlockDefinition,
  { graph, position, mint }: { graph: Graph; position: Block['position']; mint: Mint },
): Block {
  return {
    id: mint(),
    type: definition.type,
    name: freeName(definition.title, namesOf(graph.blocks)),
    position,
    config: mintCredentials(structuredClone(definition.defaults), definition, mint),
    enabled: true,
  }
}

/** An edge from a handle to a block's input. Where the handle is a branch, the handle itself is the condition. */
export function newEdge(
  { source, target, sourceHandle = 'output' }: { source: string; target: string; sourceHandle?: string },
  mint: Mint,
): Edge {
  return { id: mint(), source, target, sourceHandle, targetHandle: 'input', condition: null }
}

/** Gives a config fresh credentials, whatever stood there: two webhooks never share a URL or a secret. */
export function mintCredentials(config: JsonObject, definition: BlockDefinition | undefined, mint: Mint): JsonObject {
  return withCredentials(config, definition, mint)
}

/** Blocks without their credentials, to leave the workflow: the keys stay, with nothing in them. */
export function withoutCredentials(blocks: readonly Block[], catalog: Catalog): Block[] {
  return blocks.map((block) => {
    const definition = catalog.get(block.type)
    if (!definition?.credentialFields?.length) return block
    return { ...block, config: withCredentials(block.config, definition, () => '') }
  })
}

function withCredentials(config: JsonObject, definition: BlockDefinition | undefined, value: Mint): JsonObject {
  const fields = definition?.credentialFields ?? []
  if (fields.length === 0) return config
  return { ...config, ...Object.fromEntries(fields.map((field) => [field, value()])) }
}
