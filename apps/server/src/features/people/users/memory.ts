/** A cache of accounts. */
import { openCache } from '../../../core/cache.ts'
import type { Context } from '../../../core/context.ts'
import { effect } from '../../../core/effects.ts'
import { perServer, type Server } from '../../../core/server.ts'
import { findUsers, type UserRow } from './store.ts'

/** Changes by the command line are seen after this time, as with sessions. */
const BELIEVED_MS = 60_000

/** Every post needs names of people, so the accounts used last are cached, and dropped when they change. */
const cacheOf = perServer(
  'accounts',
  'a cache of the database: effects drop changed entries on all servers',
  () => openCache<UserRow>(20_000, BELIEVED_MS),
)

/** Drops an account from the cache at the commit of its change. */
export const forgetUser = (context: Context, id: string): void => context.effect(dropUser, { id })

export const dropUser = effect<{ id: string }>('users.forget', (server, { id }) => cacheOf(server).forget(id))

export const forgetAll = (server: Server): void => cacheOf(server).forgetAll()

/** Accounts by id, from the cache if possible, as they were last committed; unknown ids are left out. */
export const usersByIds = (server: Server, ids: readonly string[]): Promise<UserRow[]> =>
  cacheOf(server).loadAll(
    ids,
    async (missing) => new Map((await findUsers(server.db, missing)).map((row) => [row.id, row])),
  )

/**
 * One account, from the cache. In a transaction from the database, which alone knows what the transaction has
 * changed.
 */
export const accountOf = async ({ server, db }: Context, id: string): Promise<UserRow | undefined> =>
  (db === server.db ? await usersByIds(server, [id]) : await findUsers(db, [id]))[0]
