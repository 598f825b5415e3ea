import 'server-only'
import { BlockError } from '../blocks/contract'

// They belong to one connection or to the framing of the message, which are ours. Source: RFC 9110, section 7.6.1.
const connectionHeaders = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'expect',
  'host',
])

// Everything else may be a credential under some service's own name, so it stays with the host it was meant for.
const harmlessHeaders = new Set([
  'accept',
  'accept-charset',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'content-encoding',
  'content-language',
  'content-type',
  'idempotency-key',
  'pragma',
  'range',
  'user-agent',
])

/** Checks the headers of an outbound call and adds our defaults. Names come back in lower case.
 *  @throws BlockError for a name or value that could break the message apart, and for headers of the connection. */
export function prepareHeaders(headers: Record<string, string>): Record<string, string> {
  const prepared = new Map([
    ['accept', '*/*'],
    ['accept-encoding', 'gzip, deflate, br'],
    ['user-agent', 'Sluice'],
  ])
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase()
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(key))
      throw new BlockError(`Refused: ${JSON.stringify(name)} is no header name`)
    if (connectionHeaders.has(key)) throw new BlockError(`Refused: the header ${key} is set by Sluice itself`)
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      throw new BlockError(
        `Refused: the value of header ${key} contains a line break or a character no header can carry`,
      )
    prepared.set(key, value)
  }
  return Object.fromEntries(prepared)
}

/** What of the headers may follow a redirect to another origin. Source: Fetch Standard, HTTP-redirect fetch, which names
 *  `authorization` alone; we keep what is known to be harmless instead. */
export function headersForOtherOrigin(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => harmlessHeaders.has(name)))
}

/** Headers without those that describe a body, for a redirect that drops it. */
export function headersWithoutBody(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('content-')))
}
