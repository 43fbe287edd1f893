/** Where links redirect to: clients ask about short addresses, to show the page behind them. */
import type { InputOf, system } from '@plausch/wire'
import { openCache } from '../../../core/cache.ts'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { callOut } from '../../../core/outgoing.ts'
import { perServer } from '../../../core/server.ts'

const LONGEST = 2048
const HOUR = 3_600_000

const knownOf = perServer('targets of short links', 'a cache: a missing entry is fetched again', () =>
  openCache<string>(1000, HOUR),
)

const locationOf = async (context: Context, url: string): Promise<string> => {
  try {
    const reply = await callOut(context, url, {
      method: 'HEAD',
      timeoutMs: 5000,
      maxBytes: 0,
      maxRedirects: 0,
    })
    return (reply.headers.location ?? '').slice(0, LONGEST)
  } catch (error) {
    if (error instanceof Fault) throw error
    // The reply does not say why it failed, because that would reveal internal hosts.
    return ''
  }
}

export const redirectLocation = async (
  context: Context,
  { query }: InputOf<typeof system.redirectLocation>,
): Promise<Record<string, string>> => {
  const { server } = context
  if (!server.settings().ServiceSettings.EnableLinkPreviews) return { location: '' }
  if (query.url === '') throw new Fault('api.context.invalid_url_param.app_error', { name: 'url' })
  const location = await knownOf(server).load(query.url, () => locationOf(context, query.url))
  return { location: location ?? '' }
}
