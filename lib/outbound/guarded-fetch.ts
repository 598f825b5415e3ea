import 'server-only'
import type { Dispatcher } from 'undici'
import type { OutboundRequest, OutboundResponse } from '../blocks/contract'
import { maxOutboundResponseBytes } from '../limits'
import { createGuardedAgent, firstHop, followHops, joinHeaders, type GuardOptions, type Hop } from './follow-hops'
import { readResponseBody } from './read-response'
import { withinTime } from './within-time'

/** The only door to the network: http and https calls to public addresses, and to what `allowPrivateHosts` names. Every
 *  connection is checked, those of redirects too; `timeoutMs` covers everything from resolving the name to the last byte.
 *  Any answer is a result, whatever its status. The returned function
 *  @throws BlockError naming the rule when the call is refused, and saying what happened when there is no answer. */
export function createGuardedFetch(options: GuardOptions): (request: OutboundRequest) => Promise<OutboundResponse> {
  const agent = createGuardedAgent(options)
  return async (request) => {
    const first = firstHop(request)
    return withinTime(request, first.url.host, async (signal) => {
      const { hop, response } = await followHops(agent, first, signal)
      return readAnswer(hop, response)
    })
  }
}

async function readAnswer(
  hop: Hop,
  { statusCode, headers, body }: Pick<Dispatcher.ResponseData, 'statusCode' | 'headers' | 'body'>,
): Promise<OutboundResponse> {
  const joined = joinHeaders(headers)
  const encoding = hop.method === 'HEAD' ? '' : (joined['content-encoding'] ?? '')
  return { status: statusCode, headers: joined, body: await readResponseBody(body, encoding, maxOutboundResponseBytes) }
}
