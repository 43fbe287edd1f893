/**
 * A running server with the ports that features fill, what an operation on it gets, and what the operation
 * tells. These types refer to each other, so they stand together.
 */
import type { EventData, EventName, Permission, ServerPermission, Settings } from '@plausch/wire'
import type { Background } from './background.ts'
import type { Blobs } from './blobs/blobs.ts'
import type { ChannelCache } from './channel-cache.ts'
import type { ChannelOrder } from './channel-order.ts'
import type { Db, Pool } from './db.ts'
import type { Doubts } from './doubts.ts'
import type { Extensions } from './extension.ts'
import type { Locale } from './faults.ts'
import type { Audience, Hub } from './hub.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'

export type ActorSession = {
  id: string
  /** '' for a personal token: no header equals it. */
  csrf: string
  expiresAt: number
  fromCookie: boolean
  /** A personal access token, which a program uses for its owner. */
  isToken: boolean
  /** The generation of the account in which the session was opened. */
  generation: number
  /** When a second factor was proven in this session, milliseconds since the epoch; 0 for never. */
  factorAt: number
}

/** Who makes the request. An anonymous actor has `userId` ''. */
export type Actor = {
  userId: string
  /** The session behind the request; null for anonymous and for the server itself. */
  session: ActorSession | null
  /** System roles, separated by spaces. */
  roles: string
  locale: string
  /**
   * Do the system roles grant the permission? For permissions in a team or channel, ask the place that the
   * guard returned (`seen.can`); it knows the actor's roles there and the moderation of the channel.
   */
  can(permission: ServerPermission): boolean
}

/** Data about the request itself. */
export type RequestInfo = {
  id: string
  /** The client's address. */
  ip: string
  userAgent: string
  locale: Locale
  isSecure: boolean
  /** X-Requested-With: XMLHttpRequest, by which v4 recognises a browser. */
  isBrowser: boolean
  /** A browser opens the address itself: it shows what comes, so that should be a page. */
  wantsPage: boolean
  /** Made on this machine, not through a proxy and not by a page of another site. */
  isLocal: boolean
  connectionId: string
  ifNoneMatch: string
  /**
   * The server's origin as the client addresses it, `https://host:port`: for links if the settings do not
   * name the site.
   */
  origin: string
  /** A cookie of the request by its name; '' if there is none. The client controls its value. */
  cookie(name: string): string
}

/** Headers and cookies of the reply. */
export type ReplyHead = {
  header(name: string, value: string): void
  cookie(value: string): void
}

export type Context = {
  server: Server
  db: Db
  actor: Actor
  request: RequestInfo
  head: ReplyHead
  /** Milliseconds since the epoch, one value for the whole operation. */
  now: number
  /**
   * Emits a fact: runs the listeners within the transaction, and stores jobs for the listeners after it,
   * which may be delayed.
   */
  emit<P>(fact: Fact<P>, payload: P, delaySeconds?: number): Promise<void>
  /** Sends an event once the transaction is committed. Nothing is sent if it is not. */
  publish<E extends EventName>(event: E, data: EventData<E>, audience: Audience<E>): void
  /** Applied at the commit, before the answer: caches, memberships, sockets. */
  effect<D extends Json>(effect: Effect<D>, data: D): void
}

/** Values that JSON can represent: an effect arrives as it was sent. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json | undefined }

export type Effect<D> = {
  readonly name: string
  /** On the server that committed: at the commit, before the answer. Must not throw. */
  here(server: Server, data: D): void
  /** On other servers: later, and not always in the order of the commits. */
  elsewhere(server: Server, data: D): void
  /** The data stay on the server that committed; other servers get null. */
  readonly isSecret: boolean
}

/** An effect with its data. */
export type Applied = { effect: Effect<never>; data: Json }

/** Effects by name, for messages of other servers. */
export type Effects = ReadonlyMap<string, Effect<never>>

export type Published = { event: EventName; data: object; audience: Audience }

export type Told = {
  effects: Applied[]
  events: Published[]
  /** The place of the operation in the order of commits (stamps.ts); 0 if unknown. */
  stamp: number
}

export type Bus = {
  /** There is no other server, so no messages are prepared. */
  readonly isAlone: boolean
  /** Sends an operation's effects and events to the other servers. */
  tell(told: Told): void
  /** Publishes events here, in the order of their stamps. */
  publish(events: readonly Published[], stamp: number): void
  /** A person has connected to this server, or disconnected. */
  noteOnline(userId: string, isOnline: boolean): void
  close(): void
}

declare const payload: unique symbol

/**
 * A fact has a name, noun first and past tense, and carries a payload of type P (plain JSON if there are
 * `after` listeners).
 */
export type Fact<P> = { readonly name: string; readonly [payload]?: P }

export type Run<P> = (context: Context, payload: P) => Promise<void>

/** The listeners of each fact, in the order of the ranked list. */
export type Facts = {
  within(name: string): readonly Run<unknown>[]
  /** The queues of the `after` listeners. */
  after(name: string): readonly string[]
}

export type Queues = {
  /**
   * More jobs may be due in the queue, now or after this time. Costs nothing if that is later than the next
   * look.
   */
  wake(name: string, inMs?: number): void
  /**
   * Runs the due jobs of the queue on this server, and waits for those that were due at once. Does not wait for
   * the retry of failed jobs.
   */
  flush(name: string): Promise<void>
  /** Starts working. If it fails half-way, it may be called again. */
  start(server: Server): Promise<void>
  /** Finishes running jobs; the others wait in the database. */
  stop(): Promise<void>
}

/** The credentials of a request. */
export type Credentials = { cookie: string; authorization: string; userAgent: string }

/** What core needs from features. The named feature fills each port at its start. */
export type Ports = {
  /** sessions, tokens: who is it? null without valid credentials. */
  authenticate(credentials: Credentials): Promise<Actor | null>
  /** sessions: the actor of a token given in an authentication challenge. */
  authenticateToken(token: string): Promise<Actor | null>
  /** roles: does one of the roles (separated by spaces) grant the permission? */
  grants(roles: string, permission: Permission): boolean
  /** Each port adds audiences of a user who connects: keys such as `channel:{id}`. */
  audiences: ((userId: string) => Promise<string[]>)[]
  /** presence: a user's first connection opened, or the last one closed. */
  connected(userId: string): void
  disconnected(userId: string): void
  /** teams, channels: refuses a place that the actor cannot see, as their own guards do. */
  checkTeamVisible(context: Context, id: string): Promise<void>
  checkChannelVisible(context: Context, id: string): Promise<void>
  /** invitations: adds the actor to the team of an invitation token; returns the id of the team. */
  joinByToken(context: Context, token: string): Promise<string>
  /**
   * sessions: refuses unless it is the person's password; wrong ones count as at signing in. Not within a
   * transaction.
   */
  provePassword(context: Context, userId: string, password: string): Promise<void>
  /**
   * mfa: if the person has a second factor, refuses unless the actor's session has proven it a moment ago or
   * `code` is a valid code; wrong codes count. Not within a transaction.
   */
  proveFactor(context: Context, userId: string, code: string): Promise<void>
  /** mfa: must the actor set up a second factor first? */
  lacksSecondFactor(actor: Actor): Promise<boolean>
  /** users: are there no accounts yet? */
  hasNoAccounts(): Promise<boolean>
  /** users: the number of accounts that are not deactivated. */
  countActiveUsers(): Promise<number>
}

export type Server = {
  db: Pool
  blobs: Blobs
  hub: Hub
  bus: Bus
  facts: Facts
  effects: Effects
  extensions: Extensions
  queues: Queues
  background: Background
  channelCache: ChannelCache
  /** Channels in which the outcome of a commit is not yet known. */
  doubts: Doubts
  channelOrder: ChannelOrder
  log: Log
  metrics: Metrics
  ports: Ports
  /** For tests and development: fails loudly if the data of an event does not match the contract. */
  checkEvent?(event: EventName, data: unknown): void
  /** The settings in force now. */
  settings(): Settings
  /** Is the server reachable from this machine only? */
  isLoopback: boolean
  /** Is the disk too full to write? */
  isFull(): boolean
  /** The value of X-Version-Id. */
  versionId(): string
}

/**
 * State (caches, batchers) that belongs to one server, created at its first use. Its name, and the reason why
 * servers need not agree on it, are listed in docs/reference/per-process.md.
 */
export const perServer = <T>(
  _name: string,
  _why: string,
  make: (server: Server) => T,
): ((server: Server) => T) => {
  const made = new WeakMap<Server, T>()
  return (server) => {
    const known = made.get(server)
    if (known !== undefined) return known
    const value = make(server)
    made.set(server, value)
    return value
  }
}
