import type { Catalog } from '../blocks/contract'
import type { Block, Graph } from '../contract/graph'
import { replaceGraph } from '../graph/edit'
import type { Mint } from '../graph/new-block'
import type { Editor } from './editor'
import { blockIndex } from './graph-index'

/** Puts the graph of an earlier version in place of the one on the canvas, as one step of the history. False when both
 *  are the same. */
export function restoreVersion(editor: Editor, { version, graph }: { version: number; graph: Graph }): boolean {
  const { catalog, mint } = editor
  return editor.edit(
    (current) =>
      replaceGraph(current, { ...graph, blocks: withStandingCredentials(graph.blocks, current, { catalog, mint }) }),
    { label: `Restore version ${version}`, select: {} },
  )
}

/** Versions keep no secrets: a block that still is on the canvas keeps the credentials it has there, one that comes back
 *  is given new ones in place of those that are gone. */
function withStandingCredentials(
  blocks: readonly Block[],
  current: Graph,
  { catalog, mint }: { catalog: Catalog; mint: Mint },
): Block[] {
  return blocks.map((block) => {
    const fields = catalog.get(block.type)?.credentialFields ?? []
    if (fields.length === 0) return block
    const standing = blockIndex(current).get(block.id)?.config
    const credentials = fields.map((field) => [field, standing?.[field] ?? block.config[field] ?? mint()] as const)
    return { ...block, config: { ...block.config, ...Object.fromEntries(credentials) } }
  })
}
