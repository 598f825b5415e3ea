import type { Json } from '../../contract/json'
import { parseJson } from '../../contract/parse-json'
import { BlockError, readText } from '../contract'
import { pairText, readPairs } from '../pairs'

/** The address with `params` added to its query. It is spliced as text: reading addresses is the guard's job, which
 *  must see what the config says. @throws BlockError without an address. */
export function buildUrl(value: unknown, params: unknown): string {
  const url = readText(value)
  if (url === '') throw new BlockError('The request has no address: fill url')
  const query = new URLSearchParams(readPairs(params, 'params').flatMap(([name, item]) => queryPairs(name, item)))
  if (query.size === 0) return url
  const [address = '', ...fragment] = url.split('#')
  const joint = address.includes('?') ? (/[?&]$/.test(address) ? '' : '&') : '?'
  return [`${address}${joint}${query.toString()}`, ...fragment].join('#')
}

/** A list stands for a name given several times. */
function queryPairs(name: string, value: Json): [string, string][] {
  return (Array.isArray(value) ? value : [value]).map((item) => [name, pairText(item)])
}

export interface Body {
  text: string
  contentType: string
}

/** The body and what it is, or null for none: text as it is, everything else as JSON. */
export function buildBody(method: string, value: Json | undefined): Body | null {
  if (method === 'GET' || method === 'HEAD') return null
  if (value === undefined || value === null || value === '') return null
  if (typeof value !== 'string') return { text: JSON.stringify(value), contentType: jsonType }
  return { text: value, contentType: isJsonText(value) ? jsonType : 'text/plain; charset=utf-8' }
}

const jsonType = 'application/json'

/** People paste JSON as text; receivers refuse it under another type. */
function isJsonText(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false
  try {
    parseJson(text)
    return true
  } catch {
    return false
  }
}

export interface HeaderSources {
  configured: unknown
  contentType: string | null
  idempotencyKey: string | null
}

/** The headers as configured, and those a request needs beside them unless the config set them. Of names that differ
 *  in letter case only, the last wins. What HTTP cannot carry is refused by the outbound guard. */
export function buildHeaders({ configured, contentType, idempotencyKey }: HeaderSources): Record<string, string> {
  const headers = new Map<string, [name: string, value: string]>()
  if (contentType !== null) headers.set('content-type', ['Content-Type', contentType])
  if (idempotencyKey !== null) headers.set('idempotency-key', ['Idempotency-Key', idempotencyKey])
  for (const [rawName, item] of readPairs(configured, 'headers')) {
    const name = rawName.trim()
    headers.set(name.toLowerCase(), [name, pairText(item)])
  }
  return Object.fromEntries(headers.values())
}
