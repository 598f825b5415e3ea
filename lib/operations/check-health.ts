import 'server-only'
import { version } from '../../package.json'
import { authenticate } from '../auth/authenticate'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { Health } from '../contract/health'
import { pingDatabase } from '../data/ping-database'
import { readStorage } from '../data/storage'
import { healthTimeoutMs } from '../limits'
import { getApp } from './app'

/** Tells whether this process can serve: its database and its JavaScript sandbox answer. Python only reports: what
 *  needs it waits for it. Whoever may manage the installation is also told how much it stores. @throws OVERLOADED naming what does not answer. */
export async function checkHealth(call?: Pick<Call, 'request'>): Promise<Health> {
  const [database, { javascript, python }] = await Promise.all([databaseHealth(), getApp().sandbox.health()])
  const health: Health = { status: 'ok', database, javascript, python, version }
  const failing = (['database', 'javascript'] as const).filter((part) => health[part] !== 'ok')
  if (failing.length === 0)
    return call && (await mayManage(call)) ? { ...health, storage: await readStorage() } : health
  const what = failing.map((part) => `${part} (${health[part]})`).join(', ')
  throw new AppError('OVERLOADED', `Not answering: ${what}`, { ...health, status: 'unavailable' })
}

/** This route is open to everyone: a wrong key is no reason to refuse it. */
async function mayManage({ request }: Pick<Call, 'request'>): Promise<boolean> {
  const principal = await authenticate(request).catch(() => null)
  return principal?.scopes.includes('admin') ?? false
}

/** The driver's words could name hosts and users, and this route is open to everyone. */
async function databaseHealth(): Promise<string> {
  return pingDatabase(healthTimeoutMs).then(
    () => 'ok',
    () => 'unreachable',
  )
}
