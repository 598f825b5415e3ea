import 'server-only'
import { catalog } from '../blocks/catalog'
import type { Graph } from '../contract/graph'
import type { Json } from '../contract/json'
import { readSecretEntries, readSecrets } from '../data/secrets'
import { hideGraph } from '../graph/apply-diff'
import { hideValue } from '../graph/hide-values'
import { maxCopilotValueChars, minSecretChars } from '../limits'
import { createRedactor } from '../outbound/redact'

/** What the copilot may see, and how everything else that is handed to it is made fit to see. */
export interface CopilotSight {
  /** The graph without credentials. */
  graph: Graph
  /** Names of the vault's secrets; their values are not to be seen. */
  secretNames: readonly string[]
  /** Takes every credential this installation knows out of a text. */
  clean(text: string): string
  /** A value as a delimited piece of data: cleaned, and shortened where it is long. */
  data(source: string, value: Json): string
}

/** Opens the copilot's eyes on a graph. Vault values, webhook credentials and what configs hold of secrets are taken out
 *  of all it is told, wherever they turn up. */
export async function openSight(graph: Graph): Promise<CopilotSight> {
  const secretNames = (await readSecretEntries()).map(({ name }) => name)
  const vault = await readSecrets(secretNames)
  const hidden = hideGraph(graph, catalog)
  const long = [...vault.values(), ...hidden.values].filter((value) => value.length >= minSecretChars)
  const redact = createRedactor(long)
  const clean = (text: string) => {
    const cleaned = redact(text)
    return typeof cleaned === 'string' ? cleaned : ''
  }
  return {
    graph: hidden.graph,
    secretNames,
    clean,
    data: (source, value) => dataOf(source, clean(JSON.stringify(shortened(hideValue(value).value)))),
  }
}

/** Text that is data, between marks that it cannot write itself: in JSON text an escaped `<` is the same character. */
function dataOf(source: string, json: string): string {
  return `<data source="${source}">\n${json.replaceAll('<', '\\u003c')}\n</data>`
}

/** Long texts cut, so that one huge value does not push everything else out. */
function shortened(value: Json): Json {
  if (typeof value === 'string' && value.length > maxCopilotValueChars)
    return `${value.slice(0, maxCopilotValueChars)} … (shortened: ${value.length} characters)`
  if (Array.isArray(value)) {
    const kept = value.slice(0, maxItems).map(shortened)
    return kept.length < value.length ? [...kept, `… (${value.length - kept.length} more)`] : kept
  }
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shortened(item)]))
}

const maxItems = 200
