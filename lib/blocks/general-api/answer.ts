import type { BlockData } from '../../contract/execution'
import type { Json } from '../../contract/json'
import { parseJson } from '../../contract/parse-json'
import type { OutboundResponse } from '../contract'

/** An HTTP answer as block data: a body that says it is JSON (or says nothing) and parses is that value, else text. */
export function readAnswer({ status, headers, body }: OutboundResponse): BlockData {
  const contentType = headers['content-type'] ?? ''
  const text = decode(body, contentType)
  return { output: isJson(contentType) ? parsedOrText(text) : text, status_code: status, headers }
}

function isJson(contentType: string): boolean {
  const [mediaType = ''] = contentType.toLowerCase().split(';')
  return /^\s*$|[/+]json\s*$/.test(mediaType)
}

/** Text that is not JSON, or JSON deeper than what may be handed on, stays text. */
function parsedOrText(text: string): Json {
  try {
    return parseJson(text)
  } catch {
    return text
  }
}

/** Bytes that are no text in the named charset become U+FFFD; an unknown charset is read as UTF-8. */
function decode(body: Uint8Array, contentType: string): string {
  const charset = /;\s*charset="?([\w-]+)"?/i.exec(contentType)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(charset).decode(body)
  } catch {
    return new TextDecoder().decode(body)
  }
}
