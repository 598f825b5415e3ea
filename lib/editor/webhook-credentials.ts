import { catalog } from '../blocks/catalog'
import type { JsonObject } from '../contract/json'
import type { GraphBody } from './graph-body'

/** The graph with credentials of its own: a URL belongs to one webhook, so copies and imports never keep theirs. */
export function mintCredentials(graph: GraphBody): GraphBody {
  return changeWebhooks(graph, () => ({
    webhook_id: crypto.randomUUID(),
    webhook_secret: crypto.randomUUID(),
  }))
}

/** The graph without credentials, for a file that may travel. */
export function withoutCredentials(graph: GraphBody): GraphBody {
  return changeWebhooks(graph, () => ({}))
}

function changeWebhooks({ blocks, edges }: GraphBody, credentials: () => JsonObject): GraphBody {
  const changed = blocks.map((block) => {
    if (catalog.get(block.type)?.capabilities.trigger !== 'webhook') return block
    const { webhook_id: _id, webhook_secret: _secret, ...others } = block.config ?? {}
    return { ...block, config: { ...others, ...credentials() } }
  })
  return { blocks: changed, edges }
}
