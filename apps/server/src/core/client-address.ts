/**
 * The address that a request comes from. A proxy says for which client it asks. The server trusts it if it is
 * on loopback or named in `PlauschSettings.TrustedProxies`. Only a valid address is taken from its headers;
 * no other text gets into limits, the audit log or anywhere else.
 */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import ipaddr from 'ipaddr.js'
import { isLoopback } from '../config.ts'
import { perServer, type Server } from './server.ts'

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Net = [Address, number]

/** The library also accepts short and octal forms, which others read differently. */
const parse = (text: string): Address | undefined => {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.parse(text)
  return text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text)
    ? ipaddr.process(text)
    : undefined
}

/** No address with a port is longer, including spaces around it. */
const LONGEST = 100

/** `ip`, `ip:port`, `[ip]` or `[ip]:port`, as proxies write it; undefined for anything else. */
const readAddress = (text: string): string | undefined => {
  if (text.length > LONGEST) return undefined
  const [, bracketed, plain] =
    /^\s*(?:\[([0-9a-f:.]+)\](?::\d{1,5})?|([0-9.]+)(?::\d{1,5})?)\s*$/i.exec(text) ?? []
  const ip = bracketed ?? plain ?? text.trim()
  if (bracketed !== undefined && !bracketed.includes(':')) return undefined
  return parse(ip)?.toString()
}

/**
 * The network of one subscriber: an IPv4 address, or the /64 of an IPv6 address, in which they may use any
 * address.
 */
export const networkOf = (ip: string): string => {
  const address = parse(ip)
  if (!address || address.kind() === 'ipv4') return address?.toString() ?? ip
  const [a = 0, b = 0, c = 0, d = 0] = (address as ipaddr.IPv6).parts
  return `${[a, b, c, d].map((part) => part.toString(16)).join(':')}::/64`
}

const netOf = (text: string): Net | undefined => {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text)
  const address = parse(text)
  return address && [address, address.kind() === 'ipv4' ? 32 : 128]
}

/** The networks of the setting, parsed once for each value. */
const netsOf = perServer('networks of proxies', 'read from the settings of this server', () => {
  let known: { texts: readonly string[]; nets: Net[] } | undefined
  return (texts: readonly string[]): Net[] => {
    if (known?.texts !== texts) {
      const nets = texts.map(netOf).filter((net) => net !== undefined)
      known = { texts, nets }
    }
    return known.nets
  }
})

/** Is this the address of a proxy of ours? */
export const isTrustedProxy = (server: Server, ip: string): boolean => {
  if (isLoopback(ip)) return true
  const { TrustedProxies } = server.settings().PlauschSettings
  if (TrustedProxies.length === 0) return false
  const address = parse(ip)
  return (
    address !== undefined &&
    netsOf(server)(TrustedProxies).some(
      ([net, bits]) => net.kind() === address.kind() && address.match([net, bits] as never),
    )
  )
}

const LIST = 'x-forwarded-for'

const headerOf = (headers: IncomingHttpHeaders, name: string): string =>
  String(headers[name.toLowerCase()] ?? '')

/**
 * The last address of a list that is none of our proxies; the client may have written everything before it.
 * Undefined if that entry is no address.
 */
const lastForeign = (server: Server, list: string): string | undefined => {
  let last: string | undefined
  for (const entry of list.split(',').reverse()) {
    const ip = readAddress(entry)
    if (ip === undefined) return last
    last = ip
    if (!isTrustedProxy(server, ip)) return last
  }
  return last
}

/** Per process: the peer addresses of connections, each parsed once. One connection carries many requests. */
const peers = new WeakMap<Socket, string>()

const peerOf = (socket: Socket): string => {
  const known = peers.get(socket)
  if (known !== undefined) return known
  const remote = socket.remoteAddress ?? ''
  const peer = parse(remote)?.toString() ?? remote
  peers.set(socket, peer)
  return peer
}

/** The address of the client if proxies of ours name it, otherwise the peer address. */
export const clientAddress = (server: Server, { socket, headers }: IncomingMessage): string => {
  const peer = peerOf(socket)
  if (!isTrustedProxy(server, peer)) return peer
  const named = server.settings().ServiceSettings.TrustedProxyIPHeader
  for (const name of named.length > 0 ? named : [LIST]) {
    const value = headerOf(headers, name)
    if (value === '') continue
    const ip = name.toLowerCase() === LIST ? lastForeign(server, value) : readAddress(value)
    if (ip !== undefined) return ip
  }
  return peer
}

const FORWARDING = ['forwarded', LIST, 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via']

/** Did the request come through a proxy, ours or not? */
export const isForwarded = (headers: IncomingHttpHeaders): boolean =>
  FORWARDING.some((name) => headers[name] !== undefined)

/** After so many such requests in a row, the peer is a proxy, not somebody who tries a header. */
const ENOUGH = 50

/** A peer that seems to be a proxy: all requests come from there, for other addresses. */
const suspectOf = perServer('an unknown proxy', 'for one warning in the log of this server', () => ({
  address: '',
  requests: 0,
  isTold: false,
}))

/**
 * Warns once in the log that all requests seem to come from one address, because the proxy there is not named
 * in the settings.
 */
export const noticeProxy = (server: Server, { socket, headers }: IncomingMessage): void => {
  const suspect = suspectOf(server)
  if (suspect.isTold) return
  const address = socket.remoteAddress ?? ''
  const isNew = suspect.address !== address
  if (isLoopback(address) || headers[LIST] === undefined || isTrustedProxy(server, address)) {
    if (isNew) suspect.requests = 0
    return
  }
  suspect.requests = isNew ? 1 : suspect.requests + 1
  suspect.address = address
  if (suspect.requests < ENOUGH) return
  suspect.isTold = true
  server.log.warn(
    { address: parse(address)?.toString() },
    'everybody seems to come from one address, that of a proxy that is not trusted: name it in PlauschSettings.TrustedProxies',
  )
}
