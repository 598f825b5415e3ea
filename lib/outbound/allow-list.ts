import 'server-only'
import ipaddr from 'ipaddr.js'
import type { AllowedHost } from '../contract/outbound'

/** Private hosts that outbound calls may reach. */
export interface AllowList {
  /** Tells whether `address`, which `hostname` stands for, may be reached on `port`. */
  allows(hostname: string, address: string, port: number): boolean
}

type Rule = { port: number | null } & ({ name: string } | { network: [ipaddr.IPv4 | ipaddr.IPv6, number] })

/** Reads the entries of `SLUICE_ALLOW_PRIVATE_HOSTS`: host names, addresses and CIDRs, each with an optional `:port`
 *  (an IPv6 one in brackets). A host name allows whatever it resolves to.
 *  @throws Error with one line when an entry is none of these. */
export function createAllowList(entries: readonly string[]): AllowList {
  const rules = entries.map(parseRule)
  return {
    allows(hostname, address, port) {
      const name = nameKey(hostname)
      return rules.some(
        (rule) =>
          (rule.port === null || rule.port === port) &&
          ('name' in rule ? rule.name === name : contains(rule.network, address)),
      )
    },
  }
}

/** What each entry of the list stands for. @throws as `createAllowList` does. */
export function describeAllowed(entries: readonly string[]): AllowedHost[] {
  return entries.map((entry) => {
    const rule = parseRule(entry)
    return { entry: entry.trim(), kind: 'name' in rule ? 'name' : 'network', port: rule.port }
  })
}

/** A host name as it is compared: without letter case and without the root's dot. */
export function nameKey(hostname: string): string {
  return hostname.toLowerCase().replace(/\.$/, '')
}

function parseRule(entry: string): Rule {
  const text = entry.trim()
  const { host, port } = splitPort(text)
  const network = parseNetwork(host)
  if (network) return { network, port }
  if (/^(?!-)[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?$/i.test(host) && !/^[\d.]+$/.test(host))
    return { name: nameKey(host), port }
  throw new Error(
    `SLUICE_ALLOW_PRIVATE_HOSTS: "${text}" is not a host name, an address or a CIDR with an optional :port.`,
  )
}

function splitPort(text: string): { host: string; port: number | null } {
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(text)
  if (bracketed) return { host: bracketed[1] ?? '', port: toPort(bracketed[2]) }
  const plain = /^([^:]+):(\d{1,5})$/.exec(text)
  return plain ? { host: plain[1] ?? '', port: toPort(plain[2]) } : { host: text, port: null }
}

function toPort(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits)
}

function parseNetwork(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | null {
  if (ipaddr.IPv4.isValidCIDR(text) || ipaddr.IPv6.isValidCIDR(text)) return ipaddr.parseCIDR(text)
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !ipaddr.IPv6.isValid(text)) return null
  const address = ipaddr.process(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

function contains([network, bits]: [ipaddr.IPv4 | ipaddr.IPv6, number], address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return parsed.kind() === network.kind() && parsed.match(network, bits)
}
