import 'server-only'
import type { Graph } from '../contract/graph'
import type { Json } from '../contract/json'
import type { Principal } from '../contract/principal'
import { putSecretsBack, type SealedSecrets } from '../data/webhook-endpoints'

/** Stands where a secret is that the reader must not see. */
export const hiddenSecret = '********'

/** The graph as `principal` may see it: who can edit it reads the webhook secrets as they were saved, everyone else a
 *  mask in their place. */
export function showSecrets(graph: Graph, sealed: SealedSecrets, principal: Principal): Graph {
  return putSecretsBack(graph, sealed, principal.scopes.includes('write') ? undefined : masked)
}

function masked(secret: Json): Json {
  return secret === null || secret === '' ? secret : hiddenSecret
}
