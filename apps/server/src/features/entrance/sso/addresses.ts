/** Where people go afterwards: only to pages of this server, and to apps that the settings name. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'

const BASE = 'http://this.invalid'

/** The address of the site, without a slash at the end: as the settings say, or as the browser reached us. */
export const siteOf = ({ server, request }: Pick<Context, 'server' | 'request'>): string =>
  server.settings().ServiceSettings.SiteURL.replace(/\/+$/, '') || request.origin

/**
 * The page of ours that a request names, as a path; '/' if it names none. Throws for an address of another
 * site, however it is spelled.
 */
export const pathWanted = (context: Context, wanted: string): string => {
  const text = wanted.trim()
  if (text === '') return '/'
  const url = URL.parse(text, BASE)
  const ours = [BASE, new URL(siteOf(context)).origin, context.request.origin]
  // As a browser reads it: a backslash is a slash, and a tab is nothing. An address such as blob:https://here
  // has the origin of what is in it, and no path.
  const isPage = url?.protocol === 'http:' || url?.protocol === 'https:'
  if (!url || !isPage || !ours.includes(url.origin) || !/^\/(?!\/)/.test(url.pathname))
    throw new Fault('api.invalid_redirect_url')
  return `${url.pathname}${url.search}${url.hash}`
}

/** The address of an app that may get sign-ins: a scheme of the settings and `callback`, and nothing more. */
export const appWanted = ({ server }: Context, wanted: string): string => {
  const { AppCustomURLSchemes } = server.settings().NativeAppSettings
  if (!AppCustomURLSchemes.some((scheme) => wanted === `${scheme}callback`))
    throw new Fault('api.invalid_custom_url_scheme')
  return wanted
}
