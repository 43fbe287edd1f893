/** What a feature brings to the server. The ranked list in features/index.ts is made of these. */
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
  /** Operations of v4 that this server refuses on purpose, with the reason that callers are told (501). */
  refusals?: readonly Refusal[]
  listeners?: readonly Listener[]
  /** What its commits do to memory and sockets. */
  effects?: readonly Effect<never>[]
  /** What it adds to features below. */
  extensions?: readonly Extension[]
  /** Its work that must survive a restart. */
  queues?: readonly Queue[]
  actions?: ActionTable
  /** Mails that it has sent. */
  letters?: readonly Letter[]
  /** Faults that its constraints mean. */
  constraints?: Constraints
  /** Fills ports and caches. Must do no harm beside a running server: commands start the features, too. */
  start?(server: Server): Promise<void> | void
  /** Puts right what an earlier run left behind, before clients are let in. */
  beforeClients?(server: Server): Promise<void>
  /** Effects of other servers were missed: forgets or reads anew whatever its effects keep up to date. */
  resync?(server: Server): Promise<void> | void
  /** Ends what it does beside requests; the database is still there. */
  stop?(server: Server): Promise<void>
  /** What it does by the clock. */
  schedules?: readonly Schedule[]
}
