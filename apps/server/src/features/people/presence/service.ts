/**
 * The status follows input in the client, not in the machine (M9). A status set by hand stays until the
 * person changes it or it ends. v4 sends a change only to the person's own clients; others ask (protocol:
 * semantics 15).
 */
import type { InputOf, presence, Status, StatusName } from '@plausch/wire'
import { batching, batchingLists } from '../../../core/batching.ts'
import { announce, type Context, system, change as transaction } from '../../../core/context.ts'
import { effect, nothingElsewhere } from '../../../core/effects.ts'
import { Fault } from '../../../core/faults.ts'
import { perServer, type Server } from '../../../core/server.ts'
import { lockAccount, saveAccount, usersByIds } from '../users/index.ts'
import { announceStatus } from './publish.ts'
import { findEndedDnd, findStatuses, forgetActivity, type StatusRow, saveStatuses } from './store.ts'

/** Activity is written at most this often (semantics 15). */
const NOTED_MS = 120_000

/**
 * The statuses of people who are connected or were active a moment ago. Those of all others are in the table.
 */
const cacheOf = perServer(
  'statuses of connected people',
  'a cache of the database: the effect presence.read makes other servers read it again',
  () => new Map<string, StatusRow>(),
)

const offline = (userId: string): StatusRow => ({
  user_id: userId,
  status: 'offline',
  manual: false,
  last_activity_at: 0,
  dnd_end_at: 0,
  earlier: '',
})

const isOn = (server: Server) => server.settings().ServiceSettings.EnableUserStatuses

/**
 * The people whose last activity must not be shown: everybody if the settings say so, otherwise those who
 * chose that.
 */
const discreetOf = async (server: Server, userIds: readonly string[]): Promise<ReadonlySet<string>> => {
  if (!server.settings().TeamSettings.EnableLastActiveTime) return new Set(userIds)
  const users = await usersByIds(server, userIds)
  return new Set(users.filter(({ props }) => props.show_last_active === 'false').map(({ id }) => id))
}

/** After a restart everybody connects at the same time. */
const finderOf = perServer('statuses being read', 'puts requests of this server together', (server) =>
  batchingLists('user_id', (userIds) => findStatuses(server.db, userIds)),
)

/** A status to be saved, or whose last activity is to be deleted; '' is everybody's. */
type Saving = { row: StatusRow } | { forget: string }

/**
 * Whose activity may be stored is decided when it is written, and deletions come after what is written:
 * otherwise a save that began before somebody refused it would end after the deletion.
 */
const saverOf = perServer('statuses being saved', 'puts requests of this server together', (server) =>
  batching<Saving, void>(async (all) => {
    // At most one row per person: changes to one person's status happen one after the other (inTurn).
    const rows = all.flatMap((each) => ('row' in each ? [each.row] : []))
    const discreet = await discreetOf(
      server,
      rows.map(({ user_id }) => user_id),
    )
    if (rows.length > 0)
      await saveStatuses(
        server.db,
        rows.map((row) => (discreet.has(row.user_id) ? { ...row, last_activity_at: 0 } : row)),
      )
    for (const each of all) if ('forget' in each) await forgetActivity(server.db, each.forget)
    return []
  }),
)

const load = async (server: Server, userId: string): Promise<StatusRow> =>
  cacheOf(server).get(userId) ?? (await finderOf(server)(userId))[0] ?? offline(userId)

const shown = (
  { user_id, status, manual, last_activity_at, dnd_end_at }: StatusRow,
  discreet: ReadonlySet<string>,
): Status => ({
  user_id,
  status,
  manual,
  last_activity_at: discreet.has(user_id) ? 0 : last_activity_at,
  dnd_end_time: Math.floor(dnd_end_at / 1000),
})

/** The statuses of any number of people; people without a row are offline. */
export const statusesOf = async (server: Server, userIds: readonly string[]): Promise<Status[]> => {
  if (!isOn(server)) return []
  const cache = cacheOf(server)
  const ids = [...new Set(userIds)]
  const discreet = await discreetOf(server, ids)
  const others = ids.filter((id) => !cache.has(id))
  const rows = others.length > 0 ? await findStatuses(server.db, others) : []
  const stored = new Map(rows.map((row) => [row.user_id, row]))
  return ids.map((id) => shown(cache.get(id) ?? stored.get(id) ?? offline(id), discreet))
}

/** A person who writes without a socket also counts as present for a while. */
const isHere = (server: Server, { user_id, status, last_activity_at }: StatusRow): boolean =>
  server.hub.isOnline(user_id) || status === 'online' || Date.now() - last_activity_at < NOTED_MS

/**
 * Stores a status, and sends the event if it changed. Activity that must not be recorded stays in memory,
 * because "away" depends on it.
 */
const put = async (server: Server, before: StatusRow, row: StatusRow): Promise<void> => {
  if (isHere(server, row)) cacheOf(server).set(row.user_id, row)
  else cacheOf(server).delete(row.user_id)
  const isNews =
    before.status !== row.status || before.manual !== row.manual || before.dnd_end_at !== row.dnd_end_at
  const isDiscreet = (await discreetOf(server, [row.user_id])).has(row.user_id)
  const isActive = !isDiscreet && Math.abs(row.last_activity_at - before.last_activity_at) >= NOTED_MS
  if (isNews || isActive) await saverOf(server)({ row })
  announce(server, { actor: system }, (context) => {
    const { user_id, last_activity_at } = row
    if (isNews || isActive) context.effect(readStatus, { user_id, last_activity_at })
    if (before.status !== row.status) announceStatus(context, user_id, row.status)
  })
}

const turnsOf = perServer(
  'queues of changes to a status',
  'nothing changes between reading and writing on this server; of two servers the later write counts',
  () => new Map<string, Promise<unknown>>(),
)

/**
 * Changes to one person's status happen one after the other, so that nothing changes between reading and
 * writing.
 */
const inTurn = async <T>(server: Server, userId: string, work: () => Promise<T>): Promise<T> => {
  const turns = turnsOf(server)
  const mine = (turns.get(userId) ?? Promise.resolve()).then(work, work)
  turns.set(userId, mine)
  try {
    return await mine
  } finally {
    if (turns.get(userId) === mine) turns.delete(userId)
  }
}

/**
 * A person's status was saved. Other servers that have it in memory read it again: if two servers save it,
 * the table knows the later one. The effect carries the activity, because the table may not contain it.
 */
export const readStatus = effect<{ user_id: string; last_activity_at: number }>(
  'presence.read',
  () => undefined,
  {
    elsewhere(server, { user_id, last_activity_at }) {
      const cache = cacheOf(server)
      if (!cache.has(user_id)) return
      const read = async () => {
        const [row] = await finderOf(server)(user_id)
        const before = cache.get(user_id)
        if (!row || !before) return
        const latest = Math.max(row.last_activity_at, last_activity_at, before.last_activity_at)
        cache.set(user_id, { ...row, last_activity_at: latest })
      }
      inBackground(server, inTurn(server, user_id, read))
    },
  },
)

/** Connected people are stored again when they reconnect. */
export const forgetStatuses = (server: Server): void => cacheOf(server).clear()

/**
 * An automatic change never replaces a status that was set by hand, not even when the person leaves (as in
 * v4).
 */
const change = (server: Server, userId: string, status: StatusName): Promise<void> =>
  inTurn(server, userId, async () => {
    if (!isOn(server)) return
    const before = await load(server, userId)
    const activity = status === 'online' ? Date.now() : before.last_activity_at
    await put(server, before, {
      ...before,
      status: before.manual ? before.status : status,
      last_activity_at: activity,
    })
  })

const inBackground = (server: Server, work: Promise<unknown>) =>
  server.background.run(work, 'a status could not be kept')

export const connected = (server: Server, userId: string) =>
  inBackground(server, change(server, userId, 'online'))

export const disconnected = (server: Server, userId: string) => {
  // A page that reloads is back at once, so only people who stay away are set offline.
  setTimeout(() => {
    if (!server.hub.isOnline(userId)) inBackground(server, change(server, userId, 'offline'))
  }, 2000).unref()
}

/** Handles input in a client, or a client's report that there was none. */
export const noteActivity = (server: Server, userId: string, isActive: boolean): Promise<void> =>
  change(server, userId, isActive ? 'online' : 'away')

const dropOf = (server: Server, userId: string): void =>
  inBackground(server, saverOf(server)({ forget: userId }))

/** If activity must not be recorded, stored activity must be deleted too. */
export const forgetUnwanted = (server: Server): void => {
  if (!server.settings().TeamSettings.EnableLastActiveTime) dropOf(server, '')
}

/**
 * From now on, a person's activity, or with '' nobody's, must not be recorded. Each server may just be saving
 * it.
 */
export const dropActivity = effect<{ user_id: string }>(
  'presence.drop_activity',
  (server, { user_id }) => (user_id === '' ? forgetUnwanted(server) : dropOf(server, user_id)),
  { elsewhere: (server, { user_id }) => dropOf(server, user_id) },
)

/** Sets a person out of office, or ends that. The noun absence sends the automatic replies. */
const setOut = (server: Server, userId: string, isOut: boolean): void =>
  inBackground(
    server,
    inTurn(server, userId, async () => {
      const before = await load(server, userId)
      if (!isOn(server) || (!isOut && before.status !== 'ooo')) return
      const status = isOut ? 'ooo' : server.hub.isOnline(userId) ? 'online' : 'offline'
      await put(server, before, { ...before, status, manual: isOut, dnd_end_at: 0, earlier: '' })
    }),
  )

export const turnOut = effect<{ user_id: string; is_out: boolean }>(
  'presence.turn_out',
  (server, { user_id, is_out }) => setOut(server, user_id, is_out),
  nothingElsewhere,
)

/** A time in the future dates from before the clock was set back, so it does not count. */
const isRecent = ({ last_activity_at }: StatusRow, before: number, now: number) =>
  last_activity_at >= before && last_activity_at <= now

const turnAway = async (server: Server, userId: string, before: number, now: number) => {
  const row = await load(server, userId)
  if (row.status !== 'online' || row.manual || isRecent(row, before, now)) return
  // A person without a socket has left.
  await put(server, row, { ...row, status: server.hub.isOnline(userId) ? 'away' : 'offline' })
}

/** Restores the status that was set by hand before "do not disturb"; otherwise the current automatic one. */
const endDnd = async (server: Server, userId: string, now: number, before: number) => {
  const row = await load(server, userId)
  if (row.status !== 'dnd' || row.dnd_end_at === 0 || row.dnd_end_at > now) return
  const byItself = isRecent(row, before, now) ? 'online' : 'away'
  const status = row.earlier || (server.hub.isOnline(userId) ? byItself : 'offline')
  await put(server, row, { ...row, status, manual: row.earlier !== '', dnd_end_at: 0, earlier: '' })
}

/**
 * Sets people away or offline who have given no input for the time in the settings, and ends "do not disturb"
 * if its time has come.
 */
export const sweep = async (server: Server): Promise<void> => {
  const now = Date.now()
  const before = now - server.settings().TeamSettings.UserStatusAwayTimeout * 1000
  for (const { user_id } of [...cacheOf(server).values()].filter((row) => row.status === 'online')) {
    await inTurn(server, user_id, () => turnAway(server, user_id, before, now))
  }
  for (const row of cacheOf(server).values()) if (!isHere(server, row)) cacheOf(server).delete(row.user_id)
  for (const { user_id } of await findEndedDnd(server.db, now)) {
    await inTurn(server, user_id, () => endDnd(server, user_id, now, before))
  }
}

export const get = async ({ server }: Context, _input: unknown, userId: string): Promise<Status> =>
  shown(isOn(server) ? await load(server, userId) : offline(userId), await discreetOf(server, [userId]))

export const listByIds = (
  { server }: Context,
  _input: unknown,
  userIds: readonly string[],
): Promise<Status[]> => statusesOf(server, userIds)

/** A person who sets another status is back, so automatic replies end. */
const endAutoReply = async (context: Context, userId: string) => {
  const { actor, head, request, server } = context
  await transaction(server, { actor, head, request }, async (inner) => {
    const user = await lockAccount(inner, userId)
    if (user.notify_props.auto_responder_active !== 'true') return
    const notify_props = { ...user.notify_props, auto_responder_active: 'false' }
    await saveAccount(inner, user, { notify_props })
  })
}

/**
 * The status to restore after "do not disturb": the one that was set by hand before, or none. If one "do not
 * disturb" replaces another, the status before the first one stays.
 */
const earlierOf = (before: StatusRow): StatusRow['earlier'] => {
  if (before.status === 'dnd' && before.dnd_end_at > 0) return before.earlier
  return before.manual ? before.status : ''
}

/** `dnd_end_time` is in seconds and cut to the minute, as in v4. */
export const set = async (
  context: Context,
  { body }: InputOf<typeof presence.set>,
  userId: string,
): Promise<Status> => {
  const { server, now } = context
  const end = body.status === 'dnd' ? Math.floor((body.dnd_end_time ?? 0) / 60) * 60_000 : 0
  if ((body.dnd_end_time ?? 0) > 0 && body.status === 'dnd' && end <= now) throw new Fault('presence.end')
  if ((await load(server, userId)).status === 'ooo') await endAutoReply(context, userId)
  return await inTurn(server, userId, async () => {
    const before = await load(server, userId)
    // "Online" by hand means: follow my activity.
    const row: StatusRow = {
      ...before,
      status: body.status,
      manual: body.status !== 'online',
      last_activity_at: body.status === 'online' ? now : before.last_activity_at,
      dnd_end_at: end,
      earlier: end > 0 ? earlierOf(before) : '',
    }
    await put(server, before, row)
    return shown(row, await discreetOf(server, [userId]))
  })
}
