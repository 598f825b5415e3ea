import 'server-only'
import { createGroupCommit } from '../lib/engine/group-commit'
import { createEngine } from '../lib/engine/engine'
import { RemoteEvents } from '../lib/engine/remote-events'
import { openJournal } from '../lib/engine/journal'
import { takeLease } from '../lib/engine/lease'
import { createPlans } from '../lib/engine/plans'
import { findWebhooks, type RunnableWebhook } from '../lib/data/runnable'
import { openExecutionQueue } from '../lib/jobs/execution-queue'
import { startExecutionWorker } from '../lib/jobs/execution-worker'
import { startRetentionSweeper } from '../lib/jobs/retention-sweeper'
import { startScheduleTimer } from '../lib/jobs/schedule-timer'
import { openNotifications } from '../lib/data/notifications'
import { poolState } from '../lib/data/database'
import { readSecrets } from '../lib/data/secrets'
import { uuidV7 } from '../lib/data/uuid-v7'
import type { Env } from '../lib/env'
import { maxJournalBatchItems, retentionSweepIntervalMs, schedulePollMs, outboundTimeoutMs } from '../lib/limits'
import { logger } from '../lib/log'
import { openObservability } from '../lib/observe/observe'
import { modelHosts } from '../lib/models/environment-providers'
import { createModelFetch } from '../lib/models/model-fetch'
import { provideApp, type App } from '../lib/operations/app'
import { callPlatform } from '../lib/operations/platform'
import { createInstalledModels } from '../lib/operations/installed-models'
import { createRateLimit } from '../lib/operations/rate-limit'
import { runAgentBlock } from '../lib/operations/run-agent-block'
import { runOrchestrationBlock } from '../lib/operations/run-orchestration-block'
import { createGuardedFetch } from '../lib/outbound/guarded-fetch'
import { createGuardedStream } from '../lib/outbound/guarded-stream'
import { createRedactor } from '../lib/outbound/redact'
import { createSandbox } from '../lib/sandbox/sandbox'
import { apiRoutesOf } from './api-routes'
import { routes } from './routes'

/** The parts of this process, and how to end them. */
export interface RunningApp extends App {
  /** Refuses new executions and lets the running ones end. */
  drain(): Promise<void>
  /** Ends the parts. The database is still needed for it. */
  close(): Promise<void>
}

/** Builds the parts of this process on a connected, migrated database, and makes them the ones operations reach. */
export async function createApp(env: Env, rootDir: string, databaseUrl: string): Promise<RunningApp> {
  const runnerId = uuidV7()
  const onError = (error: unknown) => {
    logger.error({ err: error }, 'work in the background failed; it is tried again')
  }
  const sandbox = createSandbox({ rootDir, dataDir: env.SLUICE_DATA_DIR, log: logger })
  const queue = await openExecutionQueue(databaseUrl, onError)
  const journal = openJournal(queue, onError)
  const fetch = createGuardedFetch({ allowPrivateHosts: env.SLUICE_ALLOW_PRIVATE_HOSTS })
  const observability = await openObservability(env, {
    runningExecutions: () => engine.runningCount(),
    queue: () => queue.depth(),
    sandboxes: () => sandbox.load(),
    databasePool: poolState,
  })
  const engine = createEngine(
    {
      journal,
      fetch,
      runCode: (job) => sandbox.run(job),
      platform: callPlatform,
      agents: { runAgent: runAgentBlock, runOrchestration: runOrchestrationBlock },
      enqueue: queue.enqueue,
      readSecrets,
      createRedactor,
      now: () => new Date(),
      newId: () => uuidV7(),
      random: Math.random,
      observer: observability.observer,
    },
    runnerId,
  )
  const lease = await takeLease(runnerId, {
    enqueue: queue.enqueue,
    isRunning: (executionId) => engine.isRunning(executionId),
    onError,
  })
  const remote = new RemoteEvents(engine, (channel, text) => notifications.send(channel, text), onError)
  const notifications = await openNotifications(databaseUrl, remote.handlers(), onError)
  const app: App = {
    env,
    api: apiRoutesOf(routes),
    engine,
    remote,
    metrics: observability.metrics,
    sandbox,
    plans: createPlans(),
    models: createInstalledModels(env),
    fetch,
    webFetch: createModelFetch({
      stream: createGuardedStream({ allowPrivateHosts: env.SLUICE_ALLOW_PRIVATE_HOSTS }),
      timeoutMs: outboundTimeoutMs,
      // A tool that was called may have acted, whatever became of its answer.
      maxRetries: 0,
    }),
    fetchModels: createGuardedFetch({ allowPrivateHosts: modelHosts(env) }),
    findWebhook: createGroupCommit<string, RunnableWebhook | null>(findWebhooks, {
      maxBatchItems: maxJournalBatchItems,
      maxBatchWeight: maxJournalBatchItems,
      weigh: () => 1,
    }),
    executeRate: createRateLimit(env.SLUICE_EXECUTE_CALLS_PER_MINUTE),
  }
  provideApp(app)
  const schedules =
    env.SLUICE_ROLE === 'web'
      ? null
      : startScheduleTimer({
          newId: () => uuidV7(),
          enqueue: queue.enqueue,
          intervalMs: schedulePollMs,
          onError: (error) => {
            logger.error({ err: error }, 'due schedules could not be fired; it is tried again')
          },
        })
  const retention =
    env.SLUICE_ROLE === 'web'
      ? null
      : startRetentionSweeper({
          standard: { days: env.SLUICE_RETENTION_DAYS ?? null, count: env.SLUICE_RETENTION_COUNT ?? null },
          intervalMs: retentionSweepIntervalMs,
          onDeleted: (count) => observability.metrics.countDeleted(count),
          onError: (error) => {
            logger.error({ err: error }, 'old executions could not be deleted; it is tried again')
          },
        })
  if (env.SLUICE_ROLE !== 'web') await startExecutionWorker({ queue, engine, plans: app.plans, runnerId })
  sandbox.warm()
  return {
    ...app,
    drain: () => engine.drain(),
    async close() {
      await schedules?.stop()
      await retention?.stop()
      await queue.close()
      await notifications.close()
      await journal.close()
      await lease.release()
      await sandbox.close()
      await observability.close()
      provideApp(undefined)
    },
  }
}
