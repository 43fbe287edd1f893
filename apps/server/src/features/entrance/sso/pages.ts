/** Answers for browsers: redirects, the page of the client that says what went wrong, and the way to the app. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { escaped } from '../../../core/html.ts'
import { ProviderDown, ProviderRefusal } from '../../../core/openid.ts'
import { Raw } from '../../../core/route.ts'

/** Sends the browser on; nothing of the way is kept in caches. */
export const redirect = ({ head }: Pick<Context, 'head'>, to: string): Raw => {
  head.header('location', to)
  head.header('cache-control', 'no-store')
  return new Raw('', '', 302)
}

const DENIED = 'sso.denied'

/** The page that says in the reader's language what went wrong, and whom to ask. */
const problemPage = (fault: Fault, service: string): string => {
  if (fault.code === 'api.user.login.not_verified.app_error') return '/should_verify_email'
  const type = fault.code === DENIED ? 'oauth_access_denied' : 'sso'
  return `/error?${new URLSearchParams({ type, service, id: fault.code })}`
}

/** A failure at the provider as people are told it; what exactly it was is for the administrators. */
export const faultOf = (error: unknown): unknown => {
  if (error instanceof ProviderDown)
    return new Fault('api.user.authorize_oauth_user.service.app_error', undefined, error)
  if (!(error instanceof ProviderRefusal)) return error
  return error.code === 'access_denied'
    ? new Fault(DENIED, undefined, error)
    : new Fault('api.user.authorize_oauth_user.token_failed.app_error', undefined, error)
}

/**
 * Answers a browser with a page also if something goes wrong; a program gets the fault as everywhere. Faults
 * of the server itself are not hidden.
 */
export const asPage = async (context: Context, service: string, work: () => Promise<Raw>): Promise<Raw> => {
  try {
    return await work()
  } catch (thrown) {
    const error = faultOf(thrown)
    if (!(error instanceof Fault) || !context.request.wantsPage) throw error
    context.server.log.info({ err: error.cause, service, code: error.code }, 'a sign-in did not work')
    return redirect(context, problemPage(error, service))
  }
}

const texts = {
  en: {
    title: 'Continue in the app',
    lead: 'You are signed in. The app should come to the front now.',
    open: 'Open the app',
  },
  de: {
    title: 'Weiter in der App',
    lead: 'Sie sind angemeldet. Die App sollte jetzt nach vorn kommen.',
    open: 'App öffnen',
  },
}

/** Hands the sign-in to the app. No script: the page leads on by itself, or by its link. */
export const appPage = ({ head, request }: Context, address: string): Raw => {
  const { title, lead, open } = texts[request.locale]
  const to = escaped(address)
  head.header('cache-control', 'no-store')
  head.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'; base-uri 'none'")
  return new Raw(
    `<!doctype html>
<html lang="${request.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="1; url=${to}">
<title>${title}</title>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${lead}</p>
<p><a href="${to}">${open}</a></p>
</main>
</body>
</html>
`,
    'text/html; charset=utf-8',
  )
}
