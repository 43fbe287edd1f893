/** Where a request comes from, by what a browser says of the page that made it and a proxy of the client. */
import type { IncomingHttpHeaders } from 'node:http'
import { isLoopback } from '../config.ts'
import { isForwarded } from './client-address.ts'

/** Was it made by a page of the host that it asks? False where no page says so; browsers name the origin of every change. */
export const isFromSameHost = ({ origin = '', host }: IncomingHttpHeaders): boolean =>
  URL.canParse(origin) && new URL(origin).host !== '' && new URL(origin).host === host

const hostnameOf = (host: string): string =>
  URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : ''

/**
 * Was it made on this machine, for this machine, and by a program or a page of ours? Not if it came through a proxy, whatever that says of the
 * client, not by a page from elsewhere, and not by a name that somebody else's page was made to mean this machine.
 */
export const isLocal = (ip: string, headers: IncomingHttpHeaders): boolean =>
  isLoopback(ip) &&
  !isForwarded(headers) &&
  isLoopback(hostnameOf(headers.host ?? '')) &&
  (headers.origin === undefined || isFromSameHost(headers))
