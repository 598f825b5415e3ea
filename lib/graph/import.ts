import { mintCredentials, withoutCredentials, type Mint } from './new-block'
import { parseGraph, type ParseIssue } from './parse-graph'
import type { Catalog } from '../blocks/contract'
import { isAppError } from '../contract/errors'
import type { Graph } from '../contract/graph'
import { isJsonObject, type Json, type JsonObject } from '../contract/json'
import { parseJson } from '../contract/parse-json'
import { maxGraphBodyBytes, maxNameChars } from '../limits'

/** A workflow as a file holds it. Another product's export has the same keys. */
export interface PortableWorkflow {
  name: string
  description: string
  variables: JsonObject
  color: string | null
  /** Notes on the canvas, as they were exported: their shape is checked where they are saved. */
  notes: JsonObject[]
  graph: Graph
}

/** The text of an export file. Webhook credentials are left empty: they belong to this installation. */
export function exportWorkflow(workflow: PortableWorkflow, catalog: Catalog): string {
  const { graph, ...described } = workflow
  const blocks = withoutCredentials(graph.blocks, catalog)
  return `${JSON.stringify({ format: 'sluice.workflow', ...described, blocks, edges: graph.edges }, null, 2)}\n`
}

/** Reads an export file, ours or another product's (its keys may lie under `workflow`), as plain data: nothing is fetched and nothing runs. Ids stay, so
 *  references hold; credentials are minted anew. `refused` says what is wrong with the file, for a person to read. */
export function importWorkflow(
  text: string,
  { catalog, mint }: { catalog: Catalog; mint: Mint },
): { workflow: PortableWorkflow } | { refused: string; issues: ParseIssue[] } {
  if (new TextEncoder().encode(text).byteLength > maxGraphBodyBytes)
    return { refused: `The file is larger than ${maxGraphBodyBytes / 1024 / 1024} MiB.`, issues: [] }
  try {
    const parsed = parseJson(text, 'The file')
    const value = isJsonObject(parsed) && isJsonObject(parsed['workflow']) ? parsed['workflow'] : parsed
    if (!isJsonObject(value)) return { refused: 'The file holds no workflow: it has to be a JSON object.', issues: [] }
    // A file is no answer to a save: the version it was exported at means nothing here.
    const { base_version: _, ...body } = value
    const { blocks, edges } = parseGraph(body, catalog)
    const minted = blocks.map((block) => {
      const config = mintCredentials(block.config, catalog.get(block.type), mint)
      return config === block.config ? block : { ...block, config }
    })
    return { workflow: { ...describe(value), graph: { blocks: minted, edges } } }
  } catch (error) {
    if (!isAppError(error)) throw error
    const { issues = [] } = error.details
    // parseGraph puts its own issues there; parseJson none.
    return { refused: error.message, issues: issues as ParseIssue[] }
  }
}

function describe({ name, description, variables, color, notes }: JsonObject): Omit<PortableWorkflow, 'graph'> {
  const title = textOf(name).trim()
  return {
    name: title === '' ? 'Imported workflow' : [...title].slice(0, maxNameChars).join(''),
    description: textOf(description),
    variables: isJsonObject(variables) ? variables : {},
    color: textOf(color).trim() || null,
    notes: Array.isArray(notes) ? notes.filter(isJsonObject) : [],
  }
}

/** NUL has no place in the database's texts. */
function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value.replaceAll('\0', '') : ''
}
