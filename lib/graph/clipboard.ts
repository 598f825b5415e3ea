import { addItems, type Position } from './edit'
import type { Edited } from './edit/patch'
import { freeName, namesOf } from './names'
import { mintCredentials, withoutCredentials, type Mint } from './new-block'
import { parseGraph } from './parse-graph'
import { isReferable, rewriteReferences } from './rewrite-references'
import type { Catalog } from '../blocks/contract'
import { isAppError } from '../contract/errors'
import type { Block, Edge, Graph } from '../contract/graph'
import { isJsonObject, type Json } from '../contract/json'
import { parseJson } from '../contract/parse-json'
import { noteSchema, type Note } from '../contract/workflows'

/** What was copied, or is imported into a graph. */
export interface Copied extends Graph {
  notes: Note[]
}

/** Marks a text as ours among everything a clipboard may hold. */
const kind = 'sluice/blocks'

/** The chosen blocks, and the edges between them, as JSON text. Credentials stay behind: whoever pastes gets new ones. */
export function copyBlocks(graph: Graph, blockIds: Iterable<string>, catalog: Catalog): string {
  const ids = new Set(blockIds)
  const blocks = withoutCredentials(
    graph.blocks.filter(({ id }) => ids.has(id)),
    catalog,
  )
  const edges = graph.edges.filter(({ source, target }) => ids.has(source) && ids.has(target))
  return JSON.stringify({ kind, blocks, edges }, null, 2)
}

/** Reads what `copyBlocks` wrote, and exported workflows: ours, or another product's, whose graph may lie under `workflow`.
 *  Notes come with an export alone. Null for any other text. */
export function readClipboard(text: string, catalog: Catalog): Copied | null {
  if (!text.includes('"blocks"')) return null
  try {
    const value = parseJson(text, 'Clipboard')
    const holder = isJsonObject(value) && isJsonObject(value['workflow']) ? value['workflow'] : value
    if (!isJsonObject(holder)) return null
    // A paste is no answer to a save: the version it was exported at means nothing here.
    const { base_version: _, ...body } = holder
    const { blocks, edges } = parseGraph(body, catalog)
    return blocks.length > 0 ? { blocks, edges, notes: notesIn(holder['notes']) } : null
  } catch (error) {
    if (isAppError(error)) return null
    throw error
  }
}

/** Notes of a shape that can be saved; others would keep all of them from being. */
function notesIn(value: Json | undefined): Note[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((one) => noteSchema.safeParse(one).data ?? [])
}

/** Adds copies: new ids, free names, new credentials, the edges between them kept, and references from one copy to
 *  another led to the copy. `offset` is how far each stands from where its original stood. The copies' ids are returned
 *  to be selected. */
export function pasteBlocks(
  graph: Graph,
  copied: Graph,
  { catalog, mint, offset }: { catalog: Catalog; mint: Mint; offset: Position },
): Edited & { blockIds: string[] } {
  const idOf = new Map(copied.blocks.map(({ id }) => [id, mint()]))
  const nameOf = newNames(graph, copied)
  const rename = renaming(copied, idOf, nameOf)
  const blocks = copied.blocks.map((block): Block => {
    const definition = catalog.get(block.type)
    const config = rewriteReferences(structuredClone(block.config), definition, rename)
    return {
      ...block,
      id: idOf.get(block.id) ?? block.id,
      name: nameOf.get(block.id) ?? block.name,
      position: { x: block.position.x + offset.x, y: block.position.y + offset.y },
      config: mintCredentials(config, definition, mint),
    }
  })
  const edges = copied.edges.map((edge): Edge => ({
    ...edge,
    id: mint(),
    source: idOf.get(edge.source) ?? edge.source,
    target: idOf.get(edge.target) ?? edge.target,
  }))
  return { ...addItems(graph, { blocks, edges }), blockIds: blocks.map(({ id }) => id) }
}

function newNames(graph: Graph, copied: Graph): Map<string, string> {
  const taken = namesOf(graph.blocks)
  const names = new Map<string, string>()
  for (const { id, name } of copied.blocks) {
    const free = freeName(name, taken)
    names.set(id, free)
    if (free !== '') taken.push(free)
  }
  return names
}

/** Id wins over name, and of equal names the first: as references resolve. */
function renaming(copied: Graph, idOf: ReadonlyMap<string, string>, nameOf: ReadonlyMap<string, string>) {
  const byName = new Map<string, string>()
  for (const { id, name } of copied.blocks) {
    if (name === '' || byName.has(name)) continue
    const next = nameOf.get(id) ?? name
    byName.set(name, isReferable(next) ? next : (idOf.get(id) ?? next))
  }
  return (idOrName: string) => idOf.get(idOrName) ?? byName.get(idOrName) ?? idOrName
}
