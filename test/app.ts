import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { configureAuth } from '@/lib/auth/auth-state'
import { useEncryptionKey } from '@/lib/data/encryption'
import { loadEnv } from '@/lib/env'
import { createApp, type RunningApp } from '@/server/create-app'
import { createRouter } from '@/server/router'
import { routes } from '@/server/routes'
import { useTestDatabase } from './database'

/** An answer as tests read it. */
export interface AppReply {
  status: number
  text: string
  // Tests look into whatever the API sent.
  body: Loose
}
export interface Loose {
  [key: string]: Loose | undefined
  [index: number]: Loose | undefined
}

export type Ask = (method: string, path: string, body?: unknown, more?: AskOptions) => Promise<AppReply>
export interface AskOptions {
  key?: string
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** The whole of a process but its listener: database, engine, queue and routes, for one test file. `ask` calls a route
 *  as an HTTP client would, with the owner's rights. */
export function useTestApp(env: Record<string, string> = {}): { ask: Ask; key: string } {
  const { url } = useTestDatabase()
  const key = 'automation-key-0123456789'
  const dataDir = mkdtempSync(join(tmpdir(), 'sluice-app-'))
  let app: RunningApp | undefined
  beforeAll(async () => {
    useEncryptionKey(randomBytes(32))
    configureAuth({ automationKey: key, host: '127.0.0.1' })
    app = await createApp(loadEnv({ SLUICE_DATA_DIR: dataDir, ...env }), process.cwd(), url)
  })
  afterAll(async () => {
    await app?.drain()
    await app?.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const find = createRouter(routes)
  const ask: Ask = async (method, path, body, more = {}) => {
    const match = find(path.split('?')[0] ?? '')
    const handler = match?.module[method]
    if (!match || !handler) throw new Error(`no route for ${method} ${path}`)
    const request = new Request(`http://localhost:3000${path}`, {
      method,
      headers: { authorization: `Bearer ${more.key ?? key}`, 'content-type': 'application/json', ...more.headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(more.signal ? { signal: more.signal } : {}),
    })
    const response = await handler(request, { params: Promise.resolve(match.params) })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    return { status: response.status, text, body: (isJson ? JSON.parse(text) : {}) as Loose }
  }
  return { ask, key }
}

/** The frames of an event stream. */
export function framesOf(reply: { text: string }): Loose[] {
  return reply.text
    .split('\n\n')
    .flatMap((frame) => frame.split('\n').filter((line) => line.startsWith('data: ')))
    .map((line) => JSON.parse(line.slice(6)) as Loose)
}
