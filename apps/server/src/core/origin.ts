/** Where a request comes from: which page made it, as the browser says, and whether a proxy passed it on. */
import type { IncomingHttpHeaders } from 'node:http'
import { isLoopback } from '../config.ts'
import { isForwarded } from './client-address.ts'

/**
 * Was it made by a page of the host that it addresses? False if no page says so; browsers send the origin
 * with every change.
 */
export const isFromSameHost = ({ origin = '', host }: IncomingHttpHeaders): boolean =>
  URL.canParse(origin) && new URL(origin).host !== '' && new URL(origin).host === host

const hostnameOf = (host: string): string =>
  URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : ''

/**
 * Was it made on this machine, for this machine, and by a program or a page of ours? False if it came through
 * a proxy, whatever that says of the client; if a page of another site made it; and if it uses a host name of
 * another site that resolves to this machine.
 */
export const isLocal = (ip: string, headers: IncomingHttpHeaders): boolean =>
  isLoopback(ip) &&
  !isForwarded(headers) &&
  isLoopback(hostnameOf(headers.host ?? '')) &&
  (headers.origin === undefined || isFromSameHost(headers))
