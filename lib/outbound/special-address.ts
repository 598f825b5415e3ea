import 'server-only'
import ipaddr from 'ipaddr.js'

/** Names the kind of an address that is not a plain public one, with its article: "a loopback address". Null for a
 *  public address. Anything not known to be public is special. Addresses that wrap an IPv4 address for a translator
 *  (IPv4-mapped, NAT64) are judged by what they wrap; tunnels (6to4, Teredo) are refused whole.
 *  Source: IANA IPv4 and IPv6 Special-Purpose Address Registries. */
export function specialKindOf(address: string): string | null {
  if (!ipaddr.isValid(address)) return 'no address'
  // The parser takes these old IPv4-compatible addresses for IPv4-mapped ones; a socket does not.
  if (/^::\d+\.\d+\.\d+\.\d+$/.test(address)) return 'a reserved address'
  const parsed = ipaddr.process(address)
  if (parsed instanceof ipaddr.IPv4) return kindOfIPv4(parsed)
  const range = parsed.range()
  if (range === 'rfc6052' && parsed.match(wellKnownNat64)) {
    const inner = kindOfIPv4(new ipaddr.IPv4(parsed.toByteArray().slice(12)))
    return inner && `${inner}, wrapped for NAT64`
  }
  if (range !== 'unicast') return kinds[range] ?? 'a special-purpose address'
  // Whatever the registry has not opened yet.
  return parsed.match(globalUnicast) ? null : 'a reserved address'
}

const wellKnownNat64: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('64:ff9b::'), 96]
const globalUnicast: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3]

const kinds: Record<string, string> = {
  unspecified: 'an unspecified address',
  broadcast: 'a broadcast address',
  multicast: 'a multicast address',
  linkLocal: 'a link-local address',
  loopback: 'a loopback address',
  carrierGradeNat: 'a carrier-grade NAT address',
  private: 'a private address',
  uniqueLocal: 'a private address',
  deprecatedSiteLocal: 'a private address',
  reserved: 'a reserved address',
  benchmarking: 'a reserved address',
  rfc6052: 'a local NAT64 address',
  rfc6145: 'a translated address',
  '6to4': 'a 6to4 address',
  teredo: 'a Teredo address',
}

function kindOfIPv4(address: ipaddr.IPv4): string | null {
  const range = address.range()
  return range === 'unicast' ? null : (kinds[range] ?? 'a special-purpose address')
}
