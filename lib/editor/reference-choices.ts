import type { Catalog } from '../blocks/contract'
import type { BlockData } from '../contract/execution'
import type { Block, Graph } from '../contract/graph'
import { isJsonObject, type Json, type JsonObject } from '../contract/json'
import { shownName } from '../graph/block-title'
import { referenceRoot } from '../graph/names'
import { previewText } from '../graph/preview-value'
import { isReferableKey, readPath } from '../graph/references'
import { blockIndex } from './graph-index'

/** A value that can be referred to from a field. */
export interface ReferenceChoice {
  /** What is written: `<Stock.output.count>`, `{{variables.name}}`. */
  text: string
  /** What it is, in words. */
  title: string
  /** Where it comes from. */
  source: string
  /** Its value in the newest run this page has seen; null when none is known. */
  preview: string | null
}

/** Keys of a value that are offered below it. */
const maxKeysOffered = 20

/** Everything a field of a block may refer to: outputs of the blocks before it, the nearest first, then the variables. */
export function referenceChoices(
  graph: Graph,
  blockId: string,
  known: { catalog: Catalog; lastData: ReadonlyMap<string, BlockData>; variables: JsonObject },
): ReferenceChoice[] {
  const { catalog, lastData, variables } = known
  const outputs = blocksBefore(graph, blockId).flatMap((block) => {
    const root = referenceRoot(graph.blocks, block)
    const fields = catalog.get(block.type)?.outputFields ?? []
    const source = shownName(block, catalog)
    const data = lastData.get(block.id)
    if (root === null) return []
    return fields.flatMap(({ path, title }) => choicesAt({ root, path, title, source, data }))
  })
  const named = Object.entries(variables).map(([name, value]) => ({
    text: `{{variables.${name}}}`,
    title: name,
    source: 'Variables',
    preview: previewText(value),
  }))
  return [...outputs, ...named]
}

/** Those whose text or words contain what was typed. */
export function matchingChoices(choices: readonly ReferenceChoice[], typed: string): ReferenceChoice[] {
  const wanted = typed.trim().toLowerCase()
  return choices.filter(({ text, title, source }) => `${text} ${source} ${title}`.toLowerCase().includes(wanted))
}

/** Blocks with a way to this one, nearest first. */
export function blocksBefore(graph: Graph, blockId: string): Block[] {
  const blocks = blockIndex(graph)
  const sources = new Map<string, string[]>()
  for (const { source, target } of graph.edges) sources.set(target, [...(sources.get(target) ?? []), source])
  const found = new Set(sources.get(blockId))
  // The set grows while it is walked.
  for (const id of found) for (const source of sources.get(id) ?? []) found.add(source)
  found.delete(blockId)
  return [...found].flatMap((id) => blocks.get(id) ?? [])
}

function choicesAt(at: {
  root: string
  path: string
  title: string
  source: string
  data: BlockData | undefined
}): ReferenceChoice[] {
  const { root, path, title, source, data } = at
  const value = data && readPath(data, path.split('.'))
  const choice = (text: string, name: string, shown: Json | undefined): ReferenceChoice => ({
    text: `<${text}>`,
    title: name,
    source,
    preview: shown === undefined ? null : previewText(shown),
  })
  const below = isJsonObject(value) ? Object.entries(value).slice(0, maxKeysOffered) : []
  return [
    choice(`${root}.${path}`, title, value),
    ...below
      .filter(([key]) => isReferableKey(key))
      .map(([key, item]) => choice(`${root}.${path}.${key}`, `${title}: ${key}`, item)),
  ]
}
