import 'server-only'
import type pg from 'pg'
import type { Block, Graph } from '../contract/graph'
import { isUuid } from '../contract/ids'
import type { Json } from '../contract/json'
import { decrypt, encrypt } from './encryption'

/** A webhook block's credentials as they were saved. */
export interface WebhookCredentials {
  blockId: string
  /** Lower-case UUID; null when the block has none, or an earlier block of the graph has the same. */
  webhookId: string | null
  /** JSON text of `config.webhook_secret`; null when the key is absent. */
  secret: string | null
}

/** Encrypted secrets by block id, as a query hands them over: base64, null where the key is absent. */
export type SealedSecrets = readonly (readonly [blockId: string, secret: string | null])[]

/** Splits a graph into what is stored as its text and what is not. In the returned graph every webhook block's secret is
 *  null, in place; `repeated` lists the blocks whose webhook id an earlier block has. */
export function takeCredentials(
  graph: Graph,
  isWebhook: (blockType: string) => boolean,
): { graph: Graph; credentials: WebhookCredentials[]; repeated: Block[] } {
  const credentials: WebhookCredentials[] = []
  const repeated: Block[] = []
  const seen = new Set<string>()
  const blocks = graph.blocks.map((block) => {
    if (!isWebhook(block.type)) return block
    const saved = ownValue(block, 'webhook_id')
    const id = isUuid(saved) ? saved.toLowerCase() : null
    if (id !== null && seen.has(id)) repeated.push(block)
    const secret = ownValue(block, 'webhook_secret')
    credentials.push({
      blockId: block.id,
      webhookId: id === null || seen.has(id) ? null : id,
      secret: secret === undefined ? null : JSON.stringify(secret),
    })
    if (id !== null) seen.add(id)
    return secret === undefined ? block : withSecret(block, null)
  })
  return { graph: { ...graph, blocks }, credentials, repeated }
}

/** Puts the secrets back where `takeCredentials` took them from. `show` may replace a value for eyes that must not
 *  see it. Blocks without a secret of their own stay as they are. */
export function putSecretsBack(
  graph: Graph,
  sealed: SealedSecrets,
  show: (secret: Json) => Json = (secret) => secret,
): Graph {
  const secrets = new Map(sealed)
  const blocks = graph.blocks.map((block) => {
    const secret = secrets.get(block.id)
    if (!secret || ownValue(block, 'webhook_secret') === undefined) return block
    return withSecret(block, show(openSecret(Buffer.from(secret, 'base64'))))
  })
  return { ...graph, blocks }
}

/** Makes `credentials` the workflow's. The caller holds the workflow's row. Returns null, or the first of them whose id
 *  another workflow holds: then nothing is written. */
export async function writeCredentials(
  client: pg.PoolClient,
  workflowId: string,
  credentials: readonly WebhookCredentials[],
): Promise<WebhookCredentials | null> {
  if (await areStored(client, workflowId, credentials)) return null
  // Claims are made one at a time: two workflows that swap ids would else wait for each other, or both get one.
  await client.query('SELECT pg_advisory_xact_lock($1)', [claimLock])
  const taken = await findTaken(client, workflowId, credentials)
  if (taken) return taken
  await client.query('DELETE FROM webhook_endpoints WHERE workflow_id = $1', [workflowId])
  await client.query(
    `INSERT INTO webhook_endpoints (workflow_id, block_id, webhook_id, secret)
     SELECT $1, u.block_id, u.webhook_id, u.secret
     FROM unnest($2::text[], $3::uuid[], $4::bytea[]) AS u(block_id, webhook_id, secret)`,
    [
      workflowId,
      credentials.map(({ blockId }) => blockId),
      credentials.map(({ webhookId }) => webhookId),
      credentials.map(({ secret }) => (secret === null ? null : encrypt(secret))),
    ],
  )
  return null
}

// Any number no other advisory lock of this database uses.
const claimLock = 7_302_114

async function findTaken(
  client: pg.PoolClient,
  workflowId: string,
  credentials: readonly WebhookCredentials[],
): Promise<WebhookCredentials | null> {
  const ids = credentials.flatMap(({ webhookId }) => webhookId ?? [])
  const { rows } = await client.query<{ webhook_id: string }>(
    'SELECT webhook_id FROM webhook_endpoints WHERE webhook_id = ANY($1::uuid[]) AND workflow_id <> $2',
    [ids, workflowId],
  )
  const taken = new Set(rows.map((row) => row.webhook_id))
  return credentials.find(({ webhookId }) => webhookId !== null && taken.has(webhookId)) ?? null
}

/** Most saves leave the credentials alone: then nothing is encrypted, claimed or written again. */
async function areStored(
  client: pg.PoolClient,
  workflowId: string,
  credentials: readonly WebhookCredentials[],
): Promise<boolean> {
  const { rows } = await client.query<{ block_id: string; webhook_id: string | null; secret: Buffer | null }>(
    'SELECT block_id, webhook_id, secret FROM webhook_endpoints WHERE workflow_id = $1',
    [workflowId],
  )
  if (rows.length !== credentials.length) return false
  const stored = new Map(rows.map((row) => [row.block_id, row]))
  return credentials.every(({ blockId, webhookId, secret }) => {
    const row = stored.get(blockId)
    return row?.webhook_id === webhookId && (row.secret === null ? null : decrypt(row.secret)) === secret
  })
}

/** A secret as it was saved, of any JSON type. */
export function openSecret(sealed: Buffer): Json {
  // Written by writeCredentials from JSON.stringify of a Json.
  return JSON.parse(decrypt(sealed)) as Json
}

function ownValue(block: Block, key: string): Json | undefined {
  return Object.hasOwn(block.config, key) ? block.config[key] : undefined
}

/** A copy whose keys keep their order. */
function withSecret(block: Block, secret: Json): Block {
  return { ...block, config: { ...block.config, webhook_secret: secret } }
}
