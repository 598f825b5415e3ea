import { describe, expect, it } from 'vitest'
import { startTraceReceiver } from '@/test/trace-receiver'
import { openTracing } from './tracing'
import type { ObservedExecution } from '../engine/observer'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const execution: ObservedExecution = {
  id: 'e1',
  workflowId: 'w1',
  version: 3,
  trigger: 'webhook',
  caller: { traceparent: `00-${traceId}-b7ad6b7169203331-01`, tracestate: 'vendor=value' },
}
const good = { status: 'completed', error: null, errorCode: null, failedBlock: null } as const

async function tracingTo(endpoint: string) {
  return openTracing({ endpoint, serviceName: 'sluice-test', serviceVersion: '1' })
}

describe('openTracing', () => {
  it("sends an execution's span below its caller's, and its blocks' below it", async () => {
    const receiver = await startTraceReceiver()
    const { observer, close } = await tracingTo(receiver.endpoint)
    const observed = observer.executionStarted(execution)
    const block = observed.blockStarted({ id: 'b1', type: 'general_api', name: 'Call' })
    block.ended({ durationMs: 1, attempts: 2, error: 'no answer' })
    observed.ended({ status: 'failed', error: 'Block Call failed', errorCode: 'EXECUTION_FAILED', failedBlock: 'b1' })
    await close()
    await receiver.close()

    const [child, whole] = receiver.spans
    expect(whole).toMatchObject({
      traceId,
      parentSpanId: 'b7ad6b7169203331',
      name: 'execution',
      statusCode: 2,
      statusMessage: 'Block Call failed',
      service: 'sluice-test',
      attributes: {
        'sluice.execution.id': 'e1',
        'sluice.workflow.id': 'w1',
        'sluice.trigger': 'webhook',
        'sluice.execution.status': 'failed',
        'sluice.error_code': 'EXECUTION_FAILED',
        'sluice.failed_block': 'b1',
      },
    })
    expect(child).toMatchObject({
      traceId,
      parentSpanId: whole?.spanId,
      name: 'block general_api',
      statusCode: 2,
      attributes: { 'sluice.block.id': 'b1', 'sluice.block.attempts': 2 },
    })
    expect(block.trace).toEqual({
      traceparent: `00-${traceId}-${child?.spanId ?? ''}-01`,
      tracestate: 'vendor=value',
    })
  })

  it('begins a trace where the caller has none, and hands it on', async () => {
    const receiver = await startTraceReceiver()
    const { observer, close } = await tracingTo(receiver.endpoint)
    const observed = observer.executionStarted({ ...execution, caller: null })
    const { trace } = observed.blockStarted({ id: 'b', type: 'split', name: '' })
    observed.ended(good)
    await close()
    await receiver.close()
    expect(receiver.spans).toMatchObject([{ name: 'execution', statusCode: 0, parentSpanId: undefined }])
    expect(trace?.traceparent).toMatch(new RegExp(`^00-${receiver.spans[0]?.traceId ?? ''}-[0-9a-f]{16}-01$`))
    expect(trace?.tracestate).toBeNull()
  })

  it("keeps a caller's choice not to be sampled, and says so to whom it calls", async () => {
    const receiver = await startTraceReceiver()
    const { observer, close } = await tracingTo(receiver.endpoint)
    const caller = { traceparent: `00-${traceId}-b7ad6b7169203331-00`, tracestate: null }
    const observed = observer.executionStarted({ ...execution, caller })
    expect(observed.blockStarted({ id: 'b', type: 'split', name: '' }).trace?.traceparent).toMatch(
      new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`),
    )
    observed.ended(good)
    await close()
    await receiver.close()
    expect(receiver.spans).toEqual([])
  })
})
