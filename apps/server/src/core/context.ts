/** What an operation gets: the actor, the database, and ways to tell others. No global state. */
import { type Db, isAgain } from './db.ts'
import type { Doubts } from './doubts.ts'
import { applyEffects } from './effects.ts'
import type { Audience } from './hub.ts'
import { wakeQueue } from './own-effects.ts'
import { insertJobs } from './queue-store.ts'
import type { Actor, Context, Effect, ReplyHead, RequestInfo, Server, Told } from './server.ts'
import { readStamp } from './stamps.ts'
import { channelsOf, throughJson, turnsOf } from './told.ts'

export type { Actor, ActorSession, Context, ReplyHead, RequestInfo } from './server.ts'

export const anonymous: Actor = { userId: '', session: null, roles: '', locale: '', can: () => false }

/** The server itself: for jobs, the first start, the command line. */
export const system: Actor = { userId: '', session: null, roles: 'system_admin', locale: '', can: () => true }

const nothing: ReplyHead = { header: () => undefined, cookie: () => undefined }

/** The request of operations that no client asked for. */
export const ownRequest: RequestInfo = {
  id: '',
  ip: '',
  userAgent: '',
  locale: 'en',
  isSecure: false,
  isBrowser: false,
  wantsPage: false,
  isLocal: false,
  connectionId: '',
  ifNoneMatch: '',
  origin: '',
  cookie: () => '',
}

export type Asking = { actor: Actor; request?: RequestInfo; head?: ReplyHead }

type Run<T> = (context: Context) => Promise<T>

const nothingYet = (): Told => ({ effects: [], events: [], stamp: 0 })

/** Runs in every case: if the connection is lost at the commit, nobody knows whether it happened. */
const forgetChannels = (server: Server, told: Told) => {
  for (const channel of channelsOf(told)) server.channelCache.forget(channel)
}

const contextOn = (server: Server, db: Db, asking: Asking, { effects, events }: Told): Context => {
  const context: Context = {
    server,
    db,
    actor: asking.actor,
    request: asking.request ?? ownRequest,
    head: asking.head ?? nothing,
    now: Date.now(),
    async emit(fact, payload, delaySeconds = 0) {
      for (const run of server.facts.within(fact.name)) await run(context, payload)
      const delayMs = delaySeconds * 1000
      const jobs = server.facts.after(fact.name).map((queue) => ({ queue, payload, delayMs }))
      if (jobs.length > 0) await insertJobs(db, jobs)
      for (const { queue } of jobs) context.effect(wakeQueue, { queue, in_ms: delayMs })
    },
    publish: (event, data, audience) => {
      server.checkEvent?.(event, data)
      events.push({ event, data, audience: audience as Audience })
    },
    effect: (effect, data) => {
      effects.push({ effect: effect as Effect<never>, data })
    },
  }
  return context
}

/**
 * After the commit, applies effects at once, and publishes events when the answer is on its way, in the order
 * of the commits. Events of a channel wait until no commit in it is in doubt, and for the posts before them.
 * Other servers are told at once, except of events that wait for a doubt: they get those together with the
 * clients here.
 */
const tell = (server: Server, told: Told, doubts: Pick<Doubts, 'of'> = server.doubts) => {
  const { bus } = server
  const { effects, events, stamp } = server.checkEvent ? throughJson(server.effects, told) : told
  applyEffects(server, effects, 'here')
  const inDoubt = channelsOf(told).flatMap((channel) => doubts.of(channel) ?? [])
  bus.tell({ effects, events: inDoubt.length === 0 ? events : [], stamp })
  if (events.length === 0) return
  const send = () => setImmediate(() => bus.publish(events, stamp))
  const inTurn = () => {
    const turns = turnsOf(server.channelOrder, told)
    if (turns.length === 0) send()
    else void Promise.all(turns).then(send)
  }
  if (inDoubt.length === 0) inTurn()
  else
    void Promise.all(inDoubt).then(() => {
      bus.tell({ effects: [], events, stamp })
      inTurn()
    })
}

/** Events wait for no doubt. */
const noDoubts = { of: () => undefined }

/**
 * Runs an operation in one transaction. A transaction that is retried starts with no effects and events. If
 * the answer to the commit is lost, nothing is published until it is known that the commit happened. Then it
 * is published, even if the caller has got 503 by that time. What happens meanwhile in the same channels is
 * published after it.
 */
export const change = async <T>(server: Server, asking: Asking, run: Run<T>): Promise<T> => {
  const told = nothingYet()
  let late: Promise<void> | undefined
  const work = server.db.transaction(
    async (db) => {
      told.effects.length = 0
      told.events.length = 0
      const done = await run(contextOn(server, db, asking, told))
      if (told.events.length > 0 && !server.bus.isAlone) told.stamp = await readStamp(db)
      return done
    },
    (outcome) => {
      late = outcome.then((isDone) => {
        forgetChannels(server, told)
        if (isDone) tell(server, told, noDoubts)
        else if (isDone === undefined) server.channelCache.forgetAll()
      })
      server.doubts.hold(channelsOf(told), late)
    },
  )
  const result = await work.finally(() => forgetChannels(server, told))
  // After a doubt, `late` publishes the events.
  if (late) await late
  else tell(server, told)
  return result
}

/**
 * Publishes the result of a commit that was shared with other operations, or whose outcome is known only
 * after the operation. `stamp` is its place in the order of commits, if that is known.
 */
export const announce = (
  server: Server,
  asking: Asking,
  say: (context: Context) => void,
  stamp = 0,
): void => {
  const told = { ...nothingYet(), stamp }
  say(contextOn(server, server.db, asking, told))
  forgetChannels(server, told)
  tell(server, told, noDoubts)
}

/** Runs an operation without a transaction: for reads, and for operations that manage their own commits. */
export const read = async <T>(server: Server, asking: Asking, run: Run<T>): Promise<T> => {
  const told = nothingYet()
  const result = await run(contextOn(server, server.db, asking, told)).finally(() =>
    forgetChannels(server, told),
  )
  tell(server, told)
  return result
}

/**
 * Runs an operation of one statement, which commits by itself: two round trips fewer than `change`. Retries
 * if the database aborted it for another transaction. If there are other servers it uses a transaction, to
 * get its place in their common order.
 */
export const single = async <T>(server: Server, asking: Asking, run: Run<T>): Promise<T> => {
  if (!server.bus.isAlone) return await change(server, asking, run)
  for (let tries = 1; ; tries += 1) {
    try {
      return await read(server, asking, run)
    } catch (error) {
      if (!isAgain(error) || tries === 4) throw error
    }
  }
}
