import { randomUUID } from 'node:crypto'

/** A server under test, as far as a client cares. */
export interface Target {
  url: string
  apiKey: string
}

export interface Reply<Body = Record<string, never>> {
  status: number
  headers: Headers
  text: string
  body: Body
}

/** A JSON answer as tests read it: any path may be asked for, and is undefined where there is nothing. */
export interface Loose {
  [key: string]: Loose | undefined
  [index: number]: Loose | undefined
}

/** Sends one request with the server's key and reads the whole answer. */
export async function send(
  target: Target,
  method: string,
  path: string,
  options: { body?: unknown; raw?: string | Uint8Array; headers?: Record<string, string>; key?: string | null } = {},
): Promise<Reply<Loose>> {
  const key = options.key === undefined ? target.apiKey : options.key
  const hasBody = options.body !== undefined || options.raw !== undefined
  const response = await fetch(target.url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(hasBody ? { body: options.raw === undefined ? JSON.stringify(options.body) : (options.raw as BodyInit) } : {}),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: parsed(text) }
}

/** Creates a workflow, saves a graph into it and answers with its id. */
export async function createWorkflow(
  target: Target,
  graph: { blocks: object[]; edges?: object[] },
  more: object = {},
): Promise<string> {
  const created = await send(target, 'POST', '/api/workflows', { body: { name: 'test', ...more } })
  if (created.status !== 201) throw new Error(created.text)
  const { id } = created.body as unknown as { id: string }
  const saved = await send(target, 'PUT', `/api/workflows/${id}/graph`, { body: graph })
  if (saved.status !== 200) throw new Error(saved.text)
  return id
}

/** A webhook block's credentials, minted as the studio does. */
export function mintWebhook(): { webhook_id: string; webhook_secret: string } {
  return { webhook_id: randomUUID(), webhook_secret: randomUUID() }
}

/** Calls a webhook with its secret, or with the headers and query given. */
export function callWebhook(
  target: Target,
  hook: { webhook_id: string; webhook_secret: string },
  options: {
    body?: unknown
    raw?: string | Uint8Array
    headers?: Record<string, string>
    query?: string
    secret?: string | null
  } = {},
): Promise<Reply<Loose>> {
  const secret = options.secret === undefined ? hook.webhook_secret : options.secret
  const { query = '', secret: _secret, ...rest } = options
  return send(target, 'POST', `/api/webhooks/${hook.webhook_id}${query}`, { ...rest, key: secret })
}

function parsed(text: string): Loose {
  try {
    return JSON.parse(text) as Loose
  } catch {
    return {}
  }
}
