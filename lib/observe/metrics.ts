import 'server-only'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Observer } from '../engine/observer'

/** What the process knows of itself when it is asked. A source that fails leaves its figures out of that answer. */
export interface MetricSources {
  runningExecutions(): number
  queue(): Promise<{ waiting: number; oldestSeconds: number }>
  sandboxes(): Record<string, { busy: number; idle: number; starting: number; waiting: number }>
  databasePool(): { total: number; idle: number; waiting: number }
}

export interface Metrics {
  observer: Observer
  /** Counts executions that retention deleted. */
  countDeleted(executions: number): void
  /** All figures in Prometheus' text format, and its media type. */
  read(): Promise<{ text: string; contentType: string }>
  close(): void
}

/** Opens the metrics of this process. Counters count from its start and are this process's own: sum them over all. */
export function openMetrics(sources: MetricSources): Metrics {
  const registry = new Registry()
  // Processor time, memory, garbage collection and the event loop's lag.
  collectDefaultMetrics({ register: registry })
  gaugesOf(sources, registry)
  const deleted = new Counter({
    name: 'sluice_retention_deleted_total',
    help: 'Executions deleted by retention.',
    registers: [registry],
  })
  return {
    observer: observerOn(registry),
    countDeleted: (executions) => deleted.inc(executions),
    async read() {
      return { text: await registry.metrics(), contentType: registry.contentType }
    },
    close: () => registry.clear(),
  }
}

function observerOn(registry: Registry): Observer {
  const registers = [registry]
  const executions = new Counter({
    name: 'sluice_executions_total',
    help: 'Executions this process ended, by status and trigger.',
    labelNames: ['status', 'trigger'],
    registers,
  })
  const executionSeconds = new Histogram({
    name: 'sluice_execution_duration_seconds',
    help: 'Time from the start of an execution in this process to its recorded end.',
    labelNames: ['trigger'],
    buckets: durationBuckets,
    registers,
  })
  const blockSeconds = new Histogram({
    name: 'sluice_block_duration_seconds',
    help: 'Time a block ran, all its attempts and the waits between them included.',
    labelNames: ['type', 'result'],
    buckets: durationBuckets,
    registers,
  })
  return {
    executionStarted({ trigger }) {
      const startedMs = performance.now()
      return {
        blockStarted: ({ type }) => ({
          trace: null,
          ended({ durationMs, error }) {
            blockSeconds.observe({ type, result: error === null ? 'success' : 'error' }, durationMs / 1000)
          },
        }),
        ended({ status }) {
          executions.inc({ status, trigger })
          executionSeconds.observe({ trigger }, (performance.now() - startedMs) / 1000)
        },
      }
    },
  }
}

/** From a block that only hands on to one that waits for a person's service. */
const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]

function gaugesOf(sources: MetricSources, registry: Registry): void {
  const gauge = (name: string, help: string, read: () => Figure[] | Promise<Figure[]>, labelNames: string[] = []) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        this.reset()
        // A reset figure without labels is 0, which would be a lie where it cannot be had.
        if (labelNames.length === 0) this.remove()
        // A figure that cannot be had (no database, for one) must not cost the others.
        const figures = await Promise.resolve()
          .then(read)
          .catch(() => [])
        for (const [value, labels = {}] of figures) this.set(labels, value)
      },
    })
  gauge('sluice_executions_running', 'Executions running in this process.', () => [[sources.runningExecutions()]])
  // One query answers both.
  let asked: ReturnType<MetricSources['queue']> | null = null
  const queue = () => (asked ??= sources.queue().finally(() => (asked = null)))
  gauge('sluice_queue_waiting', 'Executions waiting in the queue.', async () => [[(await queue()).waiting]])
  gauge('sluice_queue_oldest_seconds', 'Age of the execution that waits longest.', async () => [
    [(await queue()).oldestSeconds],
  ])
  const workers = () =>
    Object.entries(sources.sandboxes()).flatMap(([language, { busy, idle, starting }]) =>
      Object.entries({ busy, idle, starting }).map(([state, count]): Figure => [count, { language, state }]),
    )
  gauge('sluice_sandbox_workers', 'Workers of the code sandboxes, by state.', workers, ['language', 'state'])
  const waitingCode = () =>
    Object.entries(sources.sandboxes()).map(([language, { waiting }]): Figure => [waiting, { language }])
  gauge('sluice_sandbox_waiting', 'Code blocks waiting for a worker.', waitingCode, ['language'])
  const connections = (): Figure[] => {
    const { total, idle } = sources.databasePool()
    return [
      [total - idle, { state: 'busy' }],
      [idle, { state: 'idle' }],
    ]
  }
  gauge('sluice_database_connections', 'Connections of the pool, by state.', connections, ['state'])
  gauge('sluice_database_waiting', 'Queries waiting for a connection.', () => [[sources.databasePool().waiting]])
}

type Figure = [value: number, labels?: Record<string, string>]
