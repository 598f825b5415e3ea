import 'server-only'
import { hash, timingSafeEqual } from 'node:crypto'

/** Reads the token a webhook call carries. An `Authorization` header whose lower-cased form starts with `bearer ` is
 *  final, even when nothing follows; any other header, and none, leaves it to `?token=`. HTTP parsers strip the blank
 *  of `Bearer `, so the bare word is that empty token. Source: API contract, section 4. */
export function readWebhookToken(headers: Headers, url: URL): string {
  const header = headers.get('authorization')
  const scheme = header?.toLowerCase()
  if (header !== null && (scheme === 'bearer' || scheme?.startsWith('bearer '))) return header.slice(7).trim()
  return url.searchParams.get('token') ?? ''
}

/** Tells whether a call may use a webhook. `stored` is the saved `webhook_secret` as it was sent, of any JSON type:
 *  only a text that is not blank opens the door. Non-ASCII tokens never match. Takes the same time for every wrong
 *  token of a length. */
export function isWebhookTokenRight(stored: unknown, token: string): boolean {
  const isOpenable = typeof stored === 'string' && stored.trim() !== ''
  const isPresentable = token !== '' && !/[^\x20-\x7e]/.test(token)
  const isSame = timingSafeEqual(digest(isOpenable ? stored : ''), digest(token))
  return isSame && isOpenable && isPresentable
}

function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}
