import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A span as a receiver sees it, attributes as plain values. */
export interface ReceivedSpan {
  traceId: string
  spanId: string
  parentSpanId: string | undefined
  name: string
  startMs: number
  endMs: number
  /** 2 is an error. */
  statusCode: number
  statusMessage: string | undefined
  attributes: Record<string, unknown>
  service: unknown
}

interface Attribute {
  key: string
  value: Record<string, unknown>
}
interface Export {
  resourceSpans: {
    resource: { attributes: Attribute[] }
    scopeSpans: { spans: (Record<string, string> & { attributes: Attribute[]; status?: Status })[] }[]
  }[]
}
interface Status {
  code?: number
  message?: string
}

/** A receiver of OTLP/HTTP traces in JSON. Source: OTLP 1.x, "OTLP/HTTP". */
export async function startTraceReceiver(): Promise<{
  endpoint: string
  spans: ReceivedSpan[]
  close(): Promise<void>
}> {
  const spans: ReceivedSpan[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (request.url === '/v1/traces') spans.push(...readExport(Buffer.concat(chunks).toString()))
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${port}`,
    spans,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function readExport(text: string): ReceivedSpan[] {
  const { resourceSpans } = JSON.parse(text) as Export
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = plain(resource.attributes)['service.name']
    return scopeSpans.flatMap(({ spans }) =>
      spans.map(({ attributes, status, ...span }) => ({
        traceId: span['traceId'] ?? '',
        spanId: span['spanId'] ?? '',
        parentSpanId: span['parentSpanId'],
        name: span['name'] ?? '',
        startMs: Number(span['startTimeUnixNano']) / 1e6,
        endMs: Number(span['endTimeUnixNano']) / 1e6,
        statusCode: status?.code ?? 0,
        statusMessage: status?.message,
        attributes: plain(attributes),
        service,
      })),
    )
  })
}

function plain(attributes: Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))
}
