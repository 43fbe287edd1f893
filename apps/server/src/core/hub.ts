/**
 * Knows who is online and delivers events. An audience is data, and is resolved when its event is written, so
 * a membership that has just ended counts as ended. The hub knows keys such as `channel:{id}`, not what they
 * mean.
 */
import type { Duplex } from 'node:stream'
import type { Broadcast, EventData, EventName } from '@plausch/wire'
import type { Position } from './channel-order.ts'
import { Connection, type Owner } from './connection.ts'
import { openElsewhere, type Who } from './elsewhere.ts'
import { type Encoded, encode, nobody } from './frames.ts'
import { newSecret } from './ids.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { openUnsent } from './unsent.ts'
import { openWriteScheduler } from './write-scheduler.ts'

/** Who gets an event: the union of the named groups, minus the exceptions. */
export type Audience<E extends EventName = EventName> = {
  channel?: string
  team?: string
  users?: readonly string[]
  everyone?: true
  /** Only administrators, or only the others. */
  admins?: boolean
  /** Not for guests. Guests who may see the person get another event, by `users`. */
  omitGuests?: true
  omitUsers?: readonly string[]
  omitConnection?: string
  /** Only to clients that show this channel, or do not say which channel they show. */
  onlyWhereShown?: string
  /** Extra data for individual people, by user id. */
  extra?: ReadonlyMap<string, Partial<EventData<E>>>
  /** People who are asked to acknowledge, on connections that support it. */
  acknowledge?: ReadonlySet<string>
  /** For a new post: its place in the channel (channel-order.ts). */
  position?: Position
}

/** How long a connection waits for its client to come back. */
const AWAY_LIMIT_MS = 5 * 60_000
/** The most connections of one person, including those that wait for their client. */
const MOST_CONNECTIONS = 100
/** Larger audiences wait for smaller ones. */
const MANY = 100

type User = {
  id: string
  keys: Set<string>
  connections: Set<Connection>
  /** Changes that wait until the keys are loaded; null once they are. */
  loading: (() => void)[] | null
  loaded: Promise<void>
  load(): Promise<string[]>
  /** Are its audiences being read again: no, yes, or yes and once more after that? */
  rereading: 'no' | 'yes' | 'again'
}

export type Hub = {
  publish<E extends EventName>(event: E, data: EventData<E>, audience: Audience<E>): void
  /**
   * Registers a new connection. `load` reads its audiences; `join` and `leave` keep them up to date. `greet`
   * makes the first event.
   */
  open(
    owner: Owner,
    acknowledges: boolean,
    load: () => Promise<string[]>,
    greet?: (id: string) => Encoded,
  ): Promise<Connection>
  /** A connection by id, if it belongs to the user. */
  find(id: string, userId: string): Connection | undefined
  /** The client's socket has arrived, or is gone. */
  attach(connection: Connection, socket: Duplex, close: (reason: 'slow' | 'ended') => void): void
  detach(connection: Connection, socket: Duplex): void
  drop(connection: Connection): void
  join(key: string, userIds: readonly string[]): void
  leave(key: string, userIds: readonly string[]): void
  /** Ends the connections of a session, or of all sessions of a user (except one). */
  endSession(sessionId: string): void
  endUser(userId: string, exceptSessionId?: string): void
  /** Ends all connections; new ones wait until `ready` settles. */
  restart(ready: Promise<unknown>): void
  /** Ends the connections of an audience, of `user:{id}`, or of `everyone`, because they missed something. */
  startAfresh(place: string): void
  /** Reads again which audiences these people are in. */
  readAudiences(userIds: readonly string[]): void
  /** Who is connected to another server. */
  noteElsewhere(serverId: string, who: Who): void
  setRights(userId: string, rights: { isAdmin: boolean; isGuest: boolean }): void
  /** A session was extended: its connections get the new expiry. */
  extendSession(sessionId: string, expiresAt: number): void
  /** Is the person connected, to any server? */
  isOnline(userId: string): boolean
  /** Has the person a connection to this server, or one that waits here for its client to come back? */
  mayHear(userId: string): boolean
  onlineUsers(): string[]
  connectedHere(): string[]
  counts(): { connections: number; users: number; audiences: number }
  /**
   * Drops connections that were away too long by the monotonic clock `at`, and ends sessions that expired
   * before `now`. Called by a timer.
   */
  sweep(now: number, at?: number): void
  close(): void
}

/** `firstOpened` is called for the first connection of a user, `lastClosed` for the last. */
export type HubEvents = { firstOpened(userId: string): void; lastClosed(userId: string): void }

export const openHub = (metrics: Metrics, log: Log, told: HubEvents): Hub => {
  const users = new Map<string, User>()
  const connections = new Map<string, Connection>()
  const audiences = new Map<string, Set<User>>()
  const turns = openWriteScheduler(openUnsent())

  const put = (user: User, key: string) => {
    user.keys.add(key)
    const members = audiences.get(key)
    if (members) members.add(user)
    else audiences.set(key, new Set([user]))
  }
  const take = (user: User, key: string) => {
    user.keys.delete(key)
    const members = audiences.get(key)
    members?.delete(user)
    if (members?.size === 0) audiences.delete(key)
  }
  const leave = (user: User, key: string) => {
    if (!user.keys.has(key)) return
    take(user, key)
    for (const connection of user.connections) connection.leave(key)
  }
  const forget = (user: User) => {
    for (const key of user.keys) take(user, key)
    users.delete(user.id)
  }

  /** While a user's audiences are being loaded, changes wait and are then applied to the result. */
  const whenLoaded = (user: User, apply: () => void) => {
    if (user.loading) user.loading.push(apply)
    if (!user.loading || user.rereading !== 'no') apply()
  }

  const enter = (id: string, load: () => Promise<string[]>): User => {
    const user: User = {
      ...{ id, load, keys: new Set(), connections: new Set() },
      ...{ loading: [], loaded: Promise.resolve(), rereading: 'no' },
    }
    users.set(id, user)
    user.loaded = load().then((keys) => {
      const waiting = user.loading ?? []
      user.loading = null
      // The user left before the load finished: nothing would ever remove these keys.
      if (users.get(id) !== user) return
      for (const key of keys) put(user, key)
      for (const apply of waiting) apply()
    })
    return user
  }

  const readOnce = async (user: User) => {
    await user.loaded
    // Changes meanwhile are applied at once, and again to the result of the load.
    user.loading ??= []
    const keys = new Set(await user.load())
    const waiting = user.loading
    user.loading = null
    if (users.get(user.id) !== user) return
    for (const key of user.keys) if (!keys.has(key)) leave(user, key)
    for (const key of keys) put(user, key)
    for (const apply of waiting) apply()
  }
  const reread = async (user: User) => {
    if (user.rereading !== 'no') {
      user.rereading = 'again'
      return
    }
    try {
      do {
        user.rereading = 'yes'
        await readOnce(user)
      } while ((user.rereading as User['rereading']) === 'again')
    } catch (error) {
      log.warn({ err: error }, 'audiences could not be read again')
      for (const connection of user.connections) end(connection)
    } finally {
      user.rereading = 'no'
    }
  }

  const remove = (connection: Connection) => {
    if (!connections.delete(connection.id)) return
    const user = users.get(connection.owner.userId)
    if (!user) return
    user.connections.delete(connection)
    if (user.connections.size === 0) forget(user)
  }

  const hasSocket = (userId: string) =>
    [...(users.get(userId)?.connections ?? [])].some((connection) => connection.isAttached)

  const elsewhere = openElsewhere((userId) => {
    if (!hasSocket(userId)) told.lastClosed(userId)
  })

  const end = (connection: Connection) => {
    connection.end()
    remove(connection)
  }

  /** Above the limit: drops a connection that waits for its client, otherwise the oldest. */
  const makeRoom = ({ connections: all }: User) => {
    if (all.size < MOST_CONNECTIONS) return
    const [oldest] = all
    const gone = [...all].find((connection) => connection.detachedAt > 0) ?? oldest
    if (gone) end(gone)
  }

  /** Where people must be to get the event; '' if it is for certain people or everybody. */
  const placeOf = ({ users: named, everyone, channel, team }: Audience): string => {
    if (named || everyone) return ''
    return channel ? `channel:${channel}` : `team:${team}`
  }
  const nobodyThere: ReadonlySet<User> = new Set()
  const recipients = (audience: Audience, place: string): { size: number; all: Iterable<User> } => {
    if (audience.users) {
      const named = audience.users.flatMap((id) => users.get(id) ?? [])
      return { size: named.length, all: named }
    }
    if (audience.everyone) return { size: users.size, all: users.values() }
    const all = audiences.get(place) ?? nobodyThere
    return { size: all.size, all }
  }

  const isFor = (audience: Audience, connection: Connection): boolean => {
    const { owner, channelId, threadChannelId, id } = connection
    const shown = audience.onlyWhereShown
    return (
      id !== audience.omitConnection &&
      !(audience.omitGuests && owner.isGuest) &&
      (audience.admins === undefined || audience.admins === owner.isAdmin) &&
      (!shown || !channelId || channelId === shown || threadChannelId === shown)
    )
  }

  const publish = <E extends EventName>(event: E, data: EventData<E>, audience: Audience<E>) => {
    const broadcast: Broadcast = {
      ...nobody,
      omit_users: audience.omitUsers?.length
        ? Object.fromEntries(audience.omitUsers.map((id) => [id, true]))
        : null,
      user_id: audience.users?.length === 1 ? (audience.users[0] ?? '') : '',
      channel_id: audience.channel ?? '',
      team_id: audience.team ?? '',
      omit_connection_id: audience.omitConnection ?? '',
    }
    const kind = audience as Audience
    const place = placeOf(kind)
    const { size, all } = recipients(kind, place)
    // A few variants of a frame, not one per person: with extra data, with a request to acknowledge, and
    // plain.
    const variants = new Map<string, Encoded>()
    const encodedFor = (userId: string, asks: boolean): Encoded => {
      const extra = audience.extra?.get(userId)
      const name = `${asks ? 'ack' : ''}${extra ? userId : ''}`
      const known = variants.get(name)
      if (known) return known
      const whole = { ...data, ...extra, ...(asks ? { should_ack: true } : {}) }
      const made = encode(event, whole, broadcast, place)
      variants.set(name, made)
      return made
    }
    let delivered = 0
    for (const { id, connections: open } of all) {
      if (audience.omitUsers?.includes(id)) continue
      for (const connection of open) {
        if (!isFor(kind, connection)) continue
        const asks = connection.acknowledges && audience.acknowledge?.has(id) === true
        if (connection.add(encodedFor(id, asks))) {
          // A client that is away must not take a slot from one that is connected.
          if (connection.isAttached) turns.due(connection, size > MANY)
          delivered += 1
        } else remove(connection)
      }
    }
    metrics.delivered.inc(delivered)
  }

  /** New connections wait for this. */
  let ready: Promise<unknown> | undefined
  const startAfresh = (place: string) => {
    const [kind, id = ''] = place.split(':')
    const named =
      kind === 'user' ? [users.get(id)] : place === 'everyone' ? users.values() : audiences.get(place)
    for (const user of [...(named ?? [])]) for (const connection of user?.connections ?? []) end(connection)
  }

  return {
    publish,
    restart(until) {
      startAfresh('everyone')
      const both = Promise.all([ready, until.catch(() => undefined)]).then(() => {
        if (ready === both) ready = undefined
      })
      ready = both
    },
    startAfresh,
    readAudiences(userIds) {
      for (const id of userIds) {
        const user = users.get(id)
        if (user) void reread(user)
      }
    },
    noteElsewhere: elsewhere.note,
    async open(owner, acknowledges, load, greet) {
      if (ready) await ready
      const id = newSecret()
      const connection = new Connection(id, owner, acknowledges, greet?.(id))
      const user = users.get(owner.userId) ?? enter(owner.userId, load)
      makeRoom(user)
      user.connections.add(connection)
      connections.set(connection.id, connection)
      try {
        await user.loaded
      } catch (error) {
        end(connection)
        throw error
      }
      return connection
    },
    attach(connection, socket, close) {
      const isFirst = !hasSocket(connection.owner.userId)
      connection.attach(socket, close)
      if (isFirst) told.firstOpened(connection.owner.userId)
    },
    find(id, userId) {
      const connection = connections.get(id)
      return connection?.owner.userId === userId ? connection : undefined
    },
    detach(connection, socket) {
      if (connection.detach(socket) && !hasSocket(connection.owner.userId))
        told.lastClosed(connection.owner.userId)
    },
    drop: end,
    join(key, userIds) {
      for (const id of userIds) {
        const user = users.get(id)
        if (user) whenLoaded(user, () => put(user, key))
      }
    },
    leave(key, userIds) {
      for (const id of userIds) {
        const user = users.get(id)
        if (user) whenLoaded(user, () => leave(user, key))
      }
    },
    endSession(sessionId) {
      for (const connection of connections.values())
        if (connection.owner.sessionId === sessionId) end(connection)
    },
    endUser(userId, exceptSessionId) {
      for (const connection of users.get(userId)?.connections ?? []) {
        if (connection.owner.sessionId !== exceptSessionId) end(connection)
      }
    },
    setRights(userId, rights) {
      for (const { owner } of users.get(userId)?.connections ?? []) Object.assign(owner, rights)
    },
    extendSession(sessionId, expiresAt) {
      for (const { owner } of connections.values())
        if (owner.sessionId === sessionId) owner.expiresAt = expiresAt
    },
    isOnline: (userId) => hasSocket(userId) || elsewhere.has(userId),
    mayHear: (userId) => users.has(userId),
    onlineUsers: () => [...new Set([...users.keys()].filter(hasSocket).concat(elsewhere.all()))],
    connectedHere: () => [...users.keys()].filter(hasSocket),
    counts: () => ({ connections: connections.size, users: users.size, audiences: audiences.size }),
    sweep(now, at = performance.now()) {
      for (const connection of connections.values()) {
        if (connection.owner.expiresAt <= now) {
          log.info({ user: connection.owner.userId }, 'a connection ended with its session')
          end(connection)
        } else if (connection.detachedAt > 0 && connection.detachedAt + AWAY_LIMIT_MS < at) remove(connection)
      }
    },
    close() {
      for (const connection of connections.values()) end(connection)
    },
  }
}
