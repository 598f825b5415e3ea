import 'server-only'
import type { LookupAddress } from 'node:dns'
import ipaddr from 'ipaddr.js'
import { buildConnector } from 'undici'
import { BlockError } from '../blocks/contract'
import { outboundConnectTimeoutMs } from '../limits'
import { nameKey, type AllowList } from './allow-list'
import { specialKindOf } from './special-address'

/** Resolves a host name to every address it has. */
export type Lookup = (hostname: string) => Promise<LookupAddress[]>

/** Opens connections to checked addresses only. The name is resolved once, here: all its addresses are judged, and the
 *  socket is given those very addresses, so a name that changes its mind (DNS rebinding) changes nothing. TLS still
 *  verifies the name. */
export function createGuardedConnector(allowList: AllowList, lookup: Lookup): buildConnector.connector {
  return (options, callback) => {
    const hostname = options.hostname.replace(/^\[|\]$/g, '')
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80)
    resolveChecked(hostname, port, { allowList, lookup }).then(
      (addresses) => buildConnector(socketOptions(addresses))({ ...options, hostname }, callback),
      (error: unknown) => callback(toError(error), null),
    )
  }
}

/** Every address of a host, each checked. @throws BlockError naming the rule and the setting when one is special and not
 *  allowed: one bad address of several is enough. */
async function resolveChecked(
  hostname: string,
  port: number,
  guard: { allowList: AllowList; lookup: Lookup },
): Promise<LookupAddress[]> {
  const addresses = await addressesOf(hostname, guard.lookup)
  for (const { address } of addresses) {
    const kind = specialKindOf(address)
    if (kind === null || guard.allowList.allows(hostname, address, port)) continue
    const origin = address === hostname ? '' : `${hostname} resolves to ${address}; `
    throw new BlockError(
      `Refused: ${origin}${address} is ${kind}. To allow this host, list it in SLUICE_ALLOW_PRIVATE_HOSTS`,
    )
  }
  return addresses
}

async function addressesOf(hostname: string, lookup: Lookup): Promise<LookupAddress[]> {
  if (ipaddr.isValid(hostname)) return [{ address: hostname, family: ipaddr.parse(hostname).kind() === 'ipv4' ? 4 : 6 }]
  try {
    const addresses = await lookup(nameKey(hostname))
    if (addresses.length > 0) return addresses
  } catch (cause) {
    throw new BlockError(`The host ${hostname} cannot be resolved`, { cause })
  }
  throw new BlockError(`The host ${hostname} has no address`)
}

/** The socket asks for addresses and gets the checked ones; it tries them in turn. */
function socketOptions(addresses: LookupAddress[]): buildConnector.BuildOptions {
  return {
    timeout: outboundConnectTimeoutMs,
    lookup: (_hostname, options, callback) => {
      const [first] = addresses
      if (options.all) callback(null, addresses)
      else callback(null, first?.address ?? '', first?.family)
    },
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
