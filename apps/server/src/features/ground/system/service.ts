/** The server as a whole: is it there, what can it do, what are its limits. */
import type { Busy, InputOf, Limits, system } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { licenseOf } from '../settings/index.ts'

type Input<K extends keyof typeof system> = InputOf<(typeof system)[K]>

const canRead = async ({ server, db }: Context): Promise<boolean> => {
  try {
    await db.row('select 1')
    return true
  } catch (error) {
    server.log.error({ err: error }, 'a ping found the database out of reach')
    return false
  }
}

/**
 * Tells that the server answers and, with `get_server_status`, whether its database does: `unavailable`
 * otherwise, as load balancers decide by the status code. Versions of apps are not restricted.
 */
export const ping = async (context: Context, { query }: Input<'ping'>): Promise<Record<string, string>> => {
  const answer: Record<string, string> = {
    status: 'OK',
    AndroidLatestVersion: '',
    AndroidMinVersion: '',
    IosLatestVersion: '',
    IosMinVersion: '',
    ActiveSearchBackend: 'database',
  }
  // No push server is in use; mobile apps ask with their device to learn whether pushes will reach them.
  if (query.device_id) answer.CanReceiveNotifications = 'false'
  if (!query.get_server_status) return answer
  if (!(await canRead(context))) throw new Fault('unavailable')
  return { ...answer, database_status: 'OK' }
}

/** What is offered, as a licence map. v4 knows one format and demands its name. */
export const getLicense = ({ server }: Context, { query }: Input<'license'>): Record<string, string> => {
  if (query.format !== 'old') throw new Fault('api.context.invalid_url_param.app_error', { name: 'format' })
  return licenseOf(server)
}

/** No limits: 0 stands for none. The number of accounts is for administrators, as in v4. */
export const getLimits = async ({ server, actor }: Context): Promise<Limits> => ({
  maxUsersLimit: 0,
  maxUsersHardLimit: 0,
  activeUserCount: actor.can('manage_system') ? await server.ports.countActiveUsers() : 0,
  singleChannelGuestCount: 0,
  singleChannelGuestLimit: 0,
  postHistoryLimit: 0,
  lastAccessiblePostTime: 0,
})

/** The server never calls itself busy: what is too much is refused where it comes in. */
export const getBusy = (): Busy => ({ busy: false, expires: 0 })

/** There are none, and nobody may think that there were. */
export const listAgents = (): unknown[] => []
export const getAgentsStatus = () => ({ available: false as const })

/** No licence and no plan limits anything, so nothing counts for one. */
export const getLicenseLoad = () => ({ load: 0 as const })
export const countPostsUsed = () => ({ count: 0 as const })
export const countStorageUsed = () => ({ bytes: 0 as const })

/** Nothing has to be set up by pages of official clients; what they choose there has no meaning here. */
export const getSetUp = () => ({ name: 'FirstAdminSetupComplete', value: 'true' })
export const completeSetUp = () => ({ status: 'OK' as const })

/** There are no plugins; clients that ask nevertheless get the empty list they wait for. */
export const listPlugins = (): unknown[] => []

/** The time zones that people can choose, as the runtime knows them. */
export const listTimezones = (): string[] => [...Intl.supportedValuesOf('timeZone'), 'UTC']
