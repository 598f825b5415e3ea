import 'server-only'
import type { PoolClient } from 'pg'
import { PgBoss, type Job } from 'pg-boss'
import {
  executionQueueBatch,
  queuePollMs,
  queueExpirySeconds,
  queueRetrySeconds,
  queueSupervisionSeconds,
} from '../limits'

const queueName = 'executions'

/** The durable queue of executions, in the same Postgres. A job says only which execution may be run: what is true of
 *  it stands in its row, so a job that is lost or comes twice does no harm. */
export interface ExecutionQueue {
  /** Adds executions, within the transaction that records them: they become visible together. */
  enqueue: (executionIds: readonly string[], client: PoolClient) => Promise<void>
  /** Hands out waiting executions, many at a time, until the queue is closed. `run` resolves when the executions have
   *  been taken up; a rejection hands them out again later. */
  work(run: (executionIds: string[]) => Promise<void>): Promise<void>
  /** Executions waiting, and the age of the oldest in seconds. */
  depth(): Promise<{ waiting: number; oldestSeconds: number }>
  /** Stops handing out; what was handed out is finished first. */
  close(): Promise<void>
}

interface JobData {
  executionId: string
}

/** Opens the queue, on connections of its own: pg-boss must never share one with a transaction. */
export async function openExecutionQueue(
  databaseUrl: string,
  onError: (error: unknown) => void,
): Promise<ExecutionQueue> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    max: 6,
    application_name: 'sluice-queue',
    useListenNotify: true,
    superviseIntervalSeconds: queueSupervisionSeconds,
    monitorIntervalSeconds: queueSupervisionSeconds,
  })
  boss.on('error', onError)
  await boss.start()
  await boss.createQueue(queueName, {
    notify: true,
    retryLimit: 10,
    retryDelay: queueRetrySeconds,
    expireInSeconds: queueExpirySeconds,
    deleteAfterSeconds: 60,
  })
  return {
    async enqueue(executionIds, client) {
      const jobs = executionIds.map((executionId) => ({ data: { executionId } }))
      await boss.insert(queueName, jobs, { db: inTransaction(client) })
    },
    async work(run) {
      await boss.work<JobData>(
        queueName,
        {
          batchSize: executionQueueBatch,
          burstWhenBatchFull: true,
          pollingIntervalSeconds: queuePollMs / 1000,
          notifyPollingIntervalSeconds: queuePollMs / 1000,
        },
        (jobs: Job<JobData>[]) => run(jobs.map((job) => job.data.executionId)),
      )
    },
    async depth() {
      const [stats] = await boss.getQueueStats(queueName)
      return { waiting: stats?.queuedCount ?? 0, oldestSeconds: stats?.readyOldestSeconds ?? 0 }
    },
    close: () => boss.stop({ graceful: true, timeout: 5_000 }),
  }
}

function inTransaction(client: PoolClient) {
  return {
    executeSql: (text: string, values: unknown[] = []) => client.query(text, values),
  }
}
