/**
 * Where requests that people cause may go: the public internet, and only those internal addresses that
 * administrators name.
 */
import { networkInterfaces } from 'node:os'
import ipaddr from 'ipaddr.js'

/** An address in the form that `node:dns` returns. */
export type Resolved = { address: string; family: number }

/**
 * `allowed` is ServiceSettings.AllowedUntrustedInternalConnections: hosts, addresses and CIDRs, separated by
 * spaces or commas.
 */
export type Allowed = { hosts: ReadonlySet<string>; nets: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][] }

export const readAllowed = (text: string): Allowed => {
  const words = text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '')
  const nets: Allowed['nets'][number][] = []
  for (const word of words) {
    if (ipaddr.isValidCIDR(word)) nets.push(ipaddr.parseCIDR(word))
    else if (isAddress(word)) nets.push(ipaddr.parseCIDR(`${word}/${word.includes(':') ? 128 : 32}`))
  }
  return { hosts: new Set(words), nets }
}

/**
 * The library also accepts octal and shortened forms; the addresses that we get were normalised by `URL` or
 * by the resolver.
 */
const isAddress = (text: string): boolean =>
  ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)

const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3')

/**
 * Is the address on the public internet? False for private, loopback, link-local, shared, multicast and
 * reserved addresses, for any that contain an IPv4 address (a gateway could unpack it), and for those of this
 * machine.
 */
const isPublic = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean => {
  if (address.range() !== 'unicast') return false
  if (address.kind() === 'ipv6' && !address.match(GLOBAL_IPV6)) return false
  const own = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  return !own.some((each) => ipaddr.parse(each.address).toString() === address.toString())
}

/** May a connection go to this address, for a host of that name? */
export const mayReach = (allowed: Allowed, host: string, address: string): boolean => {
  const plain = address.replace(/%.*$/, '')
  if (!isAddress(plain)) return false
  if (allowed.hosts.has(host.toLowerCase())) return true
  const unpacked = ipaddr.process(plain)
  const isNamed = allowed.nets.some(
    ([net, bits]) => net.kind() === unpacked.kind() && unpacked.match(net, bits),
  )
  return isNamed || isPublic(ipaddr.parse(plain))
}

/** The address in the host of a URL; null if it is a name. */
export const literalIn = (host: string): Resolved | null => {
  const bare = host.replace(/^\[|\]$/g, '')
  if (!isAddress(bare)) return null
  return { address: bare, family: bare.includes(':') ? 6 : 4 }
}
