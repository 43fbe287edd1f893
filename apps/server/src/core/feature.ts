/** What a feature adds to the server. The ranked list in features/index.ts consists of these. */
import type { ActionTable } from './action.ts'
import type { Constraints } from './db.ts'
import type { Extension } from './extension.ts'
import type { Listener } from './facts.ts'
import type { Letter } from './mail.ts'
import type { Queue } from './queue.ts'
import type { Refusal, Row } from './route.ts'
import type { Schedule } from './schedules.ts'
import type { Effect, Server } from './server.ts'

export type Feature = {
  /** The noun; also the name of its folder, of its file in wire and of its folder in the web client. */
  name: string
  routes?: readonly Row[]
  /** Operations of v4 that this server refuses on purpose, with the reason for the caller (501). */
  refusals?: readonly Refusal[]
  listeners?: readonly Listener[]
  /** Changes of memory and sockets that its commits cause. */
  effects?: readonly Effect<never>[]
  /** What it adds to lower features. */
  extensions?: readonly Extension[]
  /** Its work that must survive a restart. */
  queues?: readonly Queue[]
  actions?: ActionTable
  /** The mails that it sends. */
  letters?: readonly Letter[]
  /** The faults that violations of its constraints mean. */
  constraints?: Constraints
  /** Fills ports and caches. Must be harmless beside a running server: commands start the features, too. */
  start?(server: Server): Promise<void> | void
  /** Repairs what an earlier run left behind, before clients are admitted. */
  beforeClients?(server: Server): Promise<void>
  /**
   * Effects of other servers were missed: forgets or reads again everything that its effects keep up to date.
   */
  resync?(server: Server): Promise<void> | void
  /** Ends its background work; the database is still there. */
  stop?(server: Server): Promise<void>
  /** What it does by the clock. */
  schedules?: readonly Schedule[]
}
