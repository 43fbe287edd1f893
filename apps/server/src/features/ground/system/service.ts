/** The server as a whole: whether it runs, what it offers, and its limits. */
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
 * Reports that the server answers and, with `get_server_status`, that its database does; otherwise throws
 * `unavailable`, because load balancers decide by the status code. Versions of apps are not restricted.
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
  // No push server is in use. Mobile apps send the id of their device to learn whether push notifications
  // will reach them.
  if (query.device_id) answer.CanReceiveNotifications = 'false'
  if (!query.get_server_status) return answer
  if (!(await canRead(context))) throw new Fault('unavailable')
  return { ...answer, database_status: 'OK' }
}

/** The features of this server as a licence map. v4 has one format and requires clients to name it. */
export const getLicense = ({ server }: Context, { query }: Input<'license'>): Record<string, string> => {
  if (query.format !== 'old') throw new Fault('api.context.invalid_url_param.app_error', { name: 'format' })
  return licenseOf(server)
}

/**
 * 0 means none. Only administrators learn the limit that they have set, and how many accounts there are, as
 * in v4.
 */
export const getLimits = async ({ server, actor }: Context): Promise<Limits> => ({
  ...(actor.can('manage_system')
    ? {
        maxUsersLimit: server.settings().PlauschSettings.MaxActiveUsers,
        activeUserCount: await server.ports.countActiveUsers(),
      }
    : { maxUsersLimit: 0, activeUserCount: 0 }),
  maxUsersHardLimit: 0,
  singleChannelGuestCount: 0,
  singleChannelGuestLimit: 0,
  postHistoryLimit: 0,
  lastAccessiblePostTime: 0,
})

/** The server never reports that it is busy: it refuses excessive requests when they arrive. */
export const getBusy = (): Busy => ({ busy: false, expires: 0 })

/** Always empty: there are no agents. */
export const listAgents = (): unknown[] => []
export const getAgentsStatus = () => ({ available: false as const })

/** Always 0: no licence or plan limits anything. */
export const getLicenseLoad = () => ({ load: 0 as const })
export const countPostsUsed = () => ({ count: 0 as const })
export const countStorageUsed = () => ({ bytes: 0 as const })

/** Official clients need not run their setup pages; the choices there have no effect on this server. */
export const getSetUp = () => ({ name: 'FirstAdminSetupComplete', value: 'true' })
export const completeSetUp = () => ({ status: 'OK' as const })

/** Always empty: there are no plugins, but some clients ask and wait for a list. */
export const listPlugins = (): unknown[] => []

/** The time zones that people can choose: those of the runtime. */
export const listTimezones = (): string[] => [...Intl.supportedValuesOf('timeZone'), 'UTC']
