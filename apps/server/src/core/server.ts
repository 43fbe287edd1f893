/** A running server: the machinery that operations use, and the ports that features fill so that core need not know them. */
import type { EventName, Permission, Settings } from '@plausch/wire'
import type { Background } from './background.ts'
import type { Blobs } from './blobs/blobs.ts'
import type { Bus } from './bus.ts'
import type { ChannelCache } from './channel-cache.ts'
import type { ChannelOrder } from './channel-order.ts'
import type { Actor, Context } from './context.ts'
import type { Pool } from './db.ts'
import type { Doubts } from './doubts.ts'
import type { Effects } from './effects.ts'
import type { Extensions } from './extension.ts'
import type { Facts } from './facts.ts'
import type { Hub } from './hub.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { Queues } from './queues.ts'

/** What came with a request to prove who sends it. */
export type Credentials = { cookie: string; authorization: string; userAgent: string }

/** What core must ask of features. Each is filled by the feature named, at its start. */
export type Ports = {
  /** sessions, tokens: who is it? null when there are no credentials or none that count. */
  authenticate(credentials: Credentials): Promise<Actor | null>
  /** sessions: the actor of a token given in an authentication challenge. */
  authenticateToken(token: string): Promise<Actor | null>
  /** roles: does one of the roles (separated by spaces) grant the permission? */
  grants(roles: string, permission: Permission): boolean
  /** Each adds audiences of a user who connects: keys such as `channel:{id}`. */
  audiences: ((userId: string) => Promise<string[]>)[]
  /** presence: a user's first connection opened, or the last one closed. */
  connected(userId: string): void
  disconnected(userId: string): void
  /** teams, channels: refuses, as their own guards do, a place that the actor cannot see. */
  checkTeamVisible(context: Context, id: string): Promise<void>
  checkChannelVisible(context: Context, id: string): Promise<void>
  /** invitations: lets the actor into the team that the token of an invitation leads to; the id of the team. */
  joinByToken(context: Context, token: string): Promise<string>
  /** sessions: refuses unless it is the person's password; wrong ones count as at signing in. Not within a transaction. */
  provePassword(context: Context, userId: string, password: string): Promise<void>
  /**
   * mfa: where the person has a second factor, refuses unless the actor's session has proven it a moment ago or `code` is one of it; wrong ones count.
   * Not within a transaction.
   */
  proveFactor(context: Context, userId: string, code: string): Promise<void>
  /** mfa: must the actor set up a second factor before anything else? */
  lacksSecondFactor(actor: Actor): Promise<boolean>
  /** users: are there no accounts yet? */
  hasNoAccounts(): Promise<boolean>
  /** users: accounts that are not deactivated. */
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
  /** Channels in which it is not known yet whether something was committed. */
  doubts: Doubts
  channelOrder: ChannelOrder
  log: Log
  metrics: Metrics
  ports: Ports
  /** For tests and development: fails loudly if the data of an event is not what the contract says. */
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
 * State with a life (caches, batchers) that belongs to one server, made when first asked for. Its name and
 * why it need not be the same on all servers stand in docs/reference/per-process.md.
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
