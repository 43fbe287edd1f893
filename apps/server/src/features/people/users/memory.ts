/** Accounts in memory. */
import { openCache } from '../../../core/cache.ts'
import type { Context } from '../../../core/context.ts'
import { effect } from '../../../core/effects.ts'
import { perServer, type Server } from '../../../core/server.ts'
import { findUsers, type UserRow } from './store.ts'

/** What commands change beside the server is seen after so long, as with sessions. */
const BELIEVED_MS = 60_000

/** Names of people are needed for every post: the accounts last used are kept, and forgotten when they change. */
const cacheOf = perServer(
  'accounts',
  'memory of the database: effects of all servers forget what changes',
  () => openCache<UserRow>(20_000, BELIEVED_MS),
)

/** At the commit of what changed an account. */
export const forgetUser = (context: Context, id: string): void => context.effect(dropUser, { id })

export const dropUser = effect<{ id: string }>('users.forget', (server, { id }) => cacheOf(server).forget(id))

export const forgetAll = (server: Server): void => cacheOf(server).forgetAll()

/** Accounts by id from memory where possible, as they were last committed; unknown ids are left out. */
export const usersByIds = (server: Server, ids: readonly string[]): Promise<UserRow[]> =>
  cacheOf(server).loadAll(
    ids,
    async (missing) => new Map((await findUsers(server.db, missing)).map((row) => [row.id, row])),
  )

/** One account, from memory; within a transaction from the database, which alone knows what the transaction has changed. */
export const accountOf = async ({ server, db }: Context, id: string): Promise<UserRow | undefined> =>
  (db === server.db ? await usersByIds(server, [id]) : await findUsers(db, [id]))[0]
