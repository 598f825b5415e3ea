import 'server-only'
import { version } from '../../package.json'
import { combineObservers, type Observer } from '../engine/observer'
import type { Env } from '../env'
import { logger } from '../log'
import { logExecutions } from './log-executions'
import { openMetrics, type Metrics, type MetricSources } from './metrics'
import { openTracing } from './tracing'

/** What watches this process: metrics and logs always, traces when the environment names where to send them. */
export interface Observability {
  observer: Observer
  metrics: Metrics
  close(): Promise<void>
}

/** Opens what watches this process. `sources` are asked when metrics are read, not before. */
export async function openObservability(env: Env, sources: MetricSources): Promise<Observability> {
  logger.level = env.SLUICE_LOG_LEVEL
  const metrics = openMetrics(sources)
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT
  const tracing =
    endpoint === undefined
      ? null
      : await openTracing({ endpoint, serviceName: env.OTEL_SERVICE_NAME, serviceVersion: version })
  const observers = [metrics.observer, logExecutions(logger), ...(tracing ? [tracing.observer] : [])]
  return {
    observer: combineObservers(observers),
    metrics,
    async close() {
      metrics.close()
      await tracing?.close()
    },
  }
}
