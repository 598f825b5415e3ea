import 'server-only'
import type * as OpenTelemetry from '@opentelemetry/api'
import type { Span, SpanContext, Tracer } from '@opentelemetry/api'
import type { TraceContext } from '../contract/trace-context'
import type {
  BlockObservation,
  ExecutionEnd,
  ExecutionObservation,
  ObservedExecution,
  Observer,
} from '../engine/observer'
import { maxHeldSpans } from '../limits'

export interface Tracing {
  observer: Observer
  /** Sends the spans that are still held. */
  close(): Promise<void>
}

/** Opens traces to an OTLP/HTTP endpoint (`<endpoint>/v1/traces`): one span for each execution, one below it for each
 *  block. A caller's trace goes on here (and its choice not to be sampled is kept); what a block calls is told its span.
 *  An endpoint that does not answer costs spans, never executions. Nothing of OpenTelemetry is loaded before this is
 *  called. Source: W3C Trace Context; OTLP 1.x. */
export async function openTracing(options: {
  endpoint: string
  serviceName: string
  serviceVersion: string
}): Promise<Tracing> {
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ])
  const exporter = new OTLPTraceExporter({ url: `${options.endpoint}/v1/traces` })
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({
      'service.name': options.serviceName,
      'service.version': options.serviceVersion,
    }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter, maxQueueSize: maxHeldSpans })],
  })
  const tracer = provider.getTracer('sluice', options.serviceVersion)
  return {
    observer: { executionStarted: (execution) => startExecution(execution, tracer, api) },
    close: () => provider.shutdown(),
  }
}

type Api = typeof OpenTelemetry

function startExecution(execution: ObservedExecution, tracer: Tracer, api: Api): ExecutionObservation {
  const { caller } = execution
  const above = caller ? api.trace.setSpanContext(api.ROOT_CONTEXT, spanContextOf(caller, api)) : api.ROOT_CONTEXT
  const attributes = {
    'sluice.execution.id': execution.id,
    'sluice.workflow.id': execution.workflowId,
    'sluice.workflow.version': execution.version,
    'sluice.trigger': execution.trigger,
  }
  const span = tracer.startSpan('execution', { kind: api.SpanKind.SERVER, attributes }, above)
  const here = api.trace.setSpan(api.ROOT_CONTEXT, span)
  return {
    blockStarted({ id, type, name }) {
      const attributes = { 'sluice.block.id': id, 'sluice.block.type': type, 'sluice.block.name': name }
      return observeBlock(tracer.startSpan(`block ${type}`, { attributes }, here), api)
    },
    ended: (end) => endExecution(span, end, api),
  }
}

function observeBlock(span: Span, api: Api): BlockObservation {
  return {
    trace: traceContextOf(span.spanContext()),
    ended({ attempts, error }) {
      span.setAttribute('sluice.block.attempts', attempts)
      if (error !== null) fail(span, error, api)
      span.end()
    },
  }
}

function endExecution(span: Span, { status, error, errorCode, failedBlock }: ExecutionEnd, api: Api): void {
  span.setAttribute('sluice.execution.status', status)
  if (errorCode !== null) span.setAttribute('sluice.error_code', errorCode)
  if (failedBlock !== null) span.setAttribute('sluice.failed_block', failedBlock)
  if (status !== 'completed') fail(span, error, api)
  span.end()
}

function fail(span: Span, error: string | null, api: Api): void {
  span.setStatus({ code: api.SpanStatusCode.ERROR, ...(error !== null && { message: error }) })
}

/** The caller's header was checked when it was read: version, trace, span, flags. */
function spanContextOf({ traceparent, tracestate }: TraceContext, api: Api): SpanContext {
  const [, traceId = '', spanId = '', flags = ''] = traceparent.split('-')
  const place = { traceId, spanId, traceFlags: parseInt(flags, 16) & api.TraceFlags.SAMPLED, isRemote: true }
  return tracestate === null ? place : { ...place, traceState: api.createTraceState(tracestate) }
}

function traceContextOf({ traceId, spanId, traceFlags, traceState }: SpanContext): TraceContext {
  const flags = traceFlags.toString(16).padStart(2, '0')
  return { traceparent: `00-${traceId}-${spanId}-${flags}`, tracestate: traceState?.serialize() || null }
}
