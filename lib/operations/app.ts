import 'server-only'
import type { ApiRoute } from '../contract/api-document'
import type { RunnableWebhook } from '../data/runnable'
import type { Engine } from '../engine/engine'
import type { RemoteEvents } from '../engine/remote-events'
import type { Plans } from '../engine/plans'
import type { EngineDependencies } from '../engine/running-execution'
import type { Env } from '../env'
import type { Metrics } from '../observe/metrics'
import type { Models } from '../models/models'
import type { Sandbox } from '../sandbox/sandbox'
import type { RateLimit } from './rate-limit'

/** The running parts operations work with. One for each process; built by the server, by tests for themselves. */
export interface App {
  env: Env
  /** What is offered over HTTP. */
  api: readonly ApiRoute[]
  engine: Engine
  plans: Plans
  /** Executions that other processes run. */
  remote: RemoteEvents
  metrics: Metrics
  sandbox: Sandbox
  models: Models
  /** The guarded way out of agents' tools. */
  fetch: EngineDependencies['fetch']
  /** The same for what speaks by streams: MCP servers. */
  webFetch: typeof globalThis.fetch
  /** The guarded way out that may reach what the operator named as a model's address. */
  fetchModels: EngineDependencies['fetch']
  /** Finds a webhook by id; calls made together are looked up in one query. */
  findWebhook(webhookId: string): Promise<RunnableWebhook | null>
  /** Executions a caller may start, per minute. */
  executeRate: RateLimit
}

// On globalThis because the process holds this module twice: in Next's bundle and in the server's.
const holder = globalThis as typeof globalThis & { sluiceApp?: App | undefined }

/** Makes `app` the one that operations reach through `getApp`. */
export function provideApp(app: App | undefined): void {
  holder.sluiceApp = app
}

/** The parts of this process. */
export function getApp(): App {
  if (!holder.sluiceApp) throw new Error('provideApp has not been called')
  return holder.sluiceApp
}
