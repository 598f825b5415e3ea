import { z } from 'zod'

/** A place in a distributed trace. Source: W3C Trace Context, sections 3.2 and 3.3. */
export const traceContextSchema = z.object({ traceparent: z.string(), tracestate: z.string().nullable() })
export type TraceContext = z.infer<typeof traceContextSchema>

/** Reads where in a trace a caller stands; null when it says nothing or nothing valid. */
export function readTraceContext(headers: Headers): TraceContext | null {
  const traceparent = headers.get('traceparent')
  if (traceparent === null || !isTraceparent(traceparent)) return null
  const tracestate = headers.get('tracestate')
  return { traceparent, tracestate: isTracestate(tracestate) ? tracestate : null }
}

/** The headers that hand a place in a trace on. */
export function traceHeaders(context: TraceContext | null): Record<string, string> {
  if (context === null) return {}
  const { traceparent, tracestate } = context
  return tracestate === null ? { traceparent } : { traceparent, tracestate }
}

/** Version 00 has exactly four fields; of later versions the same four are read. Zeros and version ff are invalid. */
function isTraceparent(text: string): boolean {
  const [, version, traceId = '', spanId = '', rest] =
    /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}(-.*)?$/.exec(text) ?? []
  if (version === undefined || version === 'ff' || (version === '00' && rest !== undefined)) return false
  return !/^0+$/.test(traceId) && !/^0+$/.test(spanId) && text.length <= maxTraceparentChars
}

function isTracestate(text: string | null): boolean {
  return text !== null && text.length <= maxTracestateChars && /^[\x20-\x7e]+$/.test(text)
}

const maxTraceparentChars = 256
/** The least that everyone has to hand on. Source: W3C Trace Context, section 3.3.1.5. */
const maxTracestateChars = 512
