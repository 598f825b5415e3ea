import 'server-only'
import type { ToolSecrets } from './agent-tools'
import { BlockError, type OutboundRequest, type OutboundResponse } from '../blocks/contract'
import type { HttpTool } from '../contract/agent-tools'
import type { Json, JsonObject } from '../contract/json'
import { outboundTimeoutMs } from '../limits'
import type { AgentTool } from '../models/tool-set'

/** A tool that calls an HTTP API. The model fills places of the path and the query, and the body; host, method and
 *  headers stay as its author wrote them. Any answer is a result. */
export function httpTool(
  config: HttpTool,
  secrets: ToolSecrets,
  fetch: (request: OutboundRequest) => Promise<OutboundResponse>,
): AgentTool {
  return {
    name: config.name,
    description: config.description,
    inputSchema: config.input_schema,
    async run(input, signal) {
      const { url, rest } = fill(config.url, input, secrets)
      const isBodiless = ['GET', 'HEAD', 'DELETE'].includes(config.method)
      const answer = await fetch({
        url: isBodiless ? withQuery(url, rest) : url,
        method: config.method,
        headers: {
          ...(isBodiless ? {} : { 'content-type': 'application/json' }),
          ...Object.fromEntries(
            Object.entries(config.headers).map(([name, value]) => [name.toLowerCase(), withSecrets(value, secrets)]),
          ),
        },
        body: isBodiless ? undefined : JSON.stringify(rest),
        timeoutMs: config.timeout_ms ?? outboundTimeoutMs,
        signal,
      })
      return { status: answer.status, body: readBody(answer) }
    },
  }
}

const secretPattern = /\{\{\s*secrets\.([^{}\s]+)\s*\}\}/g
const placePattern = /\{\{\s*secrets\.([^{}\s]+)\s*\}\}|\{([A-Za-z_][A-Za-z0-9_]*)\}/g

function withSecrets(text: string, secrets: ToolSecrets): string {
  return text.replace(secretPattern, (_all, name: string) => secrets.valueOf(name))
}

/** Fills the places of an address; the rest of the input is left over. */
function fill(template: string, input: JsonObject, secrets: ToolSecrets): { url: string; rest: JsonObject } {
  const used = new Set<string>()
  const url = template.replace(placePattern, (_all, secret: string | undefined, place: string | undefined) => {
    if (secret !== undefined) return encodeURIComponent(secrets.valueOf(secret))
    used.add(place ?? '')
    return encoded(input[place ?? ''], place ?? '')
  })
  return { url, rest: Object.fromEntries(Object.entries(input).filter(([name]) => !used.has(name))) }
}

function encoded(value: Json | undefined, place: string): string {
  if (value === undefined || value === null) throw new BlockError(`The address needs a value for ${place}`)
  const text = textOf(value)
  // A path would climb up by these, however they are encoded.
  if (/^\.\.?$/.test(text)) throw new BlockError(`${place} may not be "${text}"`)
  return encodeURIComponent(text)
}

function withQuery(url: string, rest: JsonObject): string {
  const query = new URLSearchParams(Object.entries(rest).map(([name, value]) => [name, textOf(value)])).toString()
  if (query === '') return url
  return `${url}${url.includes('?') ? '&' : '?'}${query}`
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function readBody({ headers, body }: OutboundResponse): Json {
  const text = new TextDecoder().decode(body)
  if (!/json/i.test(headers['content-type'] ?? '')) return text
  try {
    // True of everything JSON.parse returns.
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}
