import 'server-only'
import { BlockError } from '../blocks/contract'

/** Reads the address of an outbound call. Only the parsed form is used afterwards: there is no second parser to disagree
 *  with. `base` is the address that redirected here.
 *  @throws BlockError unless it is a plain http or https address. Source: WHATWG URL Standard. */
export function parseOutboundUrl(text: string, base?: URL): URL {
  const beforeQuery = text.split(/[?#]/, 1)[0] ?? ''
  if (beforeQuery.includes('\\')) throw new BlockError('Refused: the URL contains a backslash')
  // WHATWG parsing silently drops these, so the text a person reads would not be the address that is called.
  if (/[\t\n\r\0]/.test(text)) throw new BlockError('Refused: the URL contains a line break, tab or NUL')
  if (!URL.canParse(text, base)) throw new BlockError('The URL is not a valid absolute http or https address')
  const url = new URL(text, base)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new BlockError(`Refused: the scheme ${url.protocol} is not supported; only http: and https: are`)
  if (url.username !== '' || url.password !== '')
    throw new BlockError('Refused: the URL contains a user name or password; send an Authorization header instead')
  url.hash = ''
  return url
}
