/** The effects of core itself: audiences, sockets and caches. */
import { effect, nothingElsewhere } from './effects.ts'

type Membership = { key: string; user_ids: readonly string[] }

/**
 * People join an audience. Other servers ask the database, because somebody may have left before the effect
 * arrives.
 */
export const joinAudience = effect<Membership>(
  'audiences.join',
  (server, { key, user_ids }) => server.hub.join(key, user_ids),
  { elsewhere: (server, { user_ids }) => server.hub.readAudiences(user_ids) },
)

/**
 * People leave an audience. They leave on other servers as well, which then ask the database whether they are
 * back.
 */
export const leaveAudience = effect<Membership>(
  'audiences.leave',
  (server, { key, user_ids }) => server.hub.leave(key, user_ids),
  {
    elsewhere(server, { key, user_ids }) {
      server.hub.leave(key, user_ids)
      server.hub.readAudiences(user_ids)
    },
  },
)

/** Closes the sockets of these sessions or personal tokens. */
export const endSockets = effect<{ session_ids: readonly string[] }>(
  'sockets.end',
  (server, { session_ids }) => {
    for (const id of session_ids) server.hub.endSession(id)
  },
)

/** Closes all sockets of a person. */
export const endSocketsOf = effect<{ user_id: string }>('sockets.end_user', (server, { user_id }) =>
  server.hub.endUser(user_id),
)

/** A session was extended, and so are its sockets. */
export const extendSockets = effect<{ session_id: string; expires_at: number }>(
  'sockets.extend',
  (server, { session_id, expires_at }) => server.hub.extendSession(session_id, expires_at),
)

type Rights = { user_id: string; is_admin: boolean; is_guest: boolean }

/**
 * A person's sockets get other events from now on. Other servers close them instead; they come back with
 * their current rights, because two changes may arrive in the wrong order.
 */
export const setSocketRights = effect<Rights>(
  'sockets.set_rights',
  (server, { user_id, is_admin, is_guest }) =>
    server.hub.setRights(user_id, { isAdmin: is_admin, isGuest: is_guest }),
  { elsewhere: (server, { user_id }) => server.hub.endUser(user_id) },
)

/** A person has connected to the server with this id on the bus, or disconnected. */
export const noteOnline = effect<{ server: string; user_id: string; is_online: boolean }>(
  'online.note',
  () => undefined,
  {
    elsewhere: ({ hub }, { server, user_id, is_online }) =>
      hub.noteElsewhere(server, is_online ? { opened: user_id } : { closed: user_id }),
  },
)

/** Everybody who is connected to the server. */
export const listOnline = effect<{ server: string; user_ids: readonly string[] }>(
  'online.list',
  () => undefined,
  { elsewhere: ({ hub }, { server, user_ids }) => hub.noteElsewhere(server, user_ids) },
)

/** Channels look different without an event of the channel. */
export const forgetChannelCaches = effect<Record<string, never>>('channel_cache.forget_all', (server) =>
  server.channelCache.forgetAll(),
)

/** A queue has more work, at once or after this time. Other servers find it at their next look. */
export const wakeQueue = effect<{ queue: string; in_ms: number }>(
  'queues.wake',
  (server, { queue, in_ms }) => server.queues.wake(queue, in_ms),
  nothingElsewhere,
)

export const ownEffects = [
  joinAudience,
  leaveAudience,
  endSockets,
  endSocketsOf,
  extendSockets,
  setSocketRights,
  noteOnline,
  listOnline,
  forgetChannelCaches,
  wakeQueue,
]
