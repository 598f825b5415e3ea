import { describe, expect, it } from 'vitest'
import { readTraceContext, traceHeaders } from './trace-context'

const [traceId, spanId] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331']
const valid = `00-${traceId}-${spanId}-01`
const read = (headers: Record<string, string>) => readTraceContext(new Headers(headers))

describe('readTraceContext', () => {
  it('reads a place in a trace, with its state, and hands it on as it came', () => {
    const headers = { traceparent: valid, tracestate: 'congo=t61rcWkgMzE' }
    expect(read(headers)).toEqual(headers)
    expect(traceHeaders(read(headers))).toEqual(headers)
    expect(read({ traceparent: valid })).toEqual({ traceparent: valid, tracestate: null })
    expect(traceHeaders(read({ traceparent: valid }))).toEqual({ traceparent: valid })
  })

  it('reads the four known fields of a later version', () => {
    expect(read({ traceparent: `cc-${traceId}-${spanId}-01-what-comes` })).not.toBeNull()
  })

  it.each([
    ['nothing', ''],
    ['other text', 'trace me'],
    ['zeros for a trace', `00-${'0'.repeat(32)}-${spanId}-01`],
    ['zeros for a span', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['the invalid version', `ff-${traceId}-${spanId}-01`],
    ['upper case', `00-${traceId.toUpperCase()}-${spanId}-01`],
    ['a fifth field in version 00', `${valid}-more`],
    ['an endless one', `cc-${traceId}-${spanId}-01-${'x'.repeat(300)}`],
  ])('takes %s for no context', (_name, traceparent) => {
    expect(read({ traceparent, tracestate: 'a=b' })).toBeNull()
    expect(traceHeaders(null)).toEqual({})
  })

  it('drops a state that is too long, and keeps the place', () => {
    expect(read({ traceparent: valid, tracestate: `a=${'x'.repeat(600)}` })).toEqual({
      traceparent: valid,
      tracestate: null,
    })
  })
})
