/** Actors without a request: the account of the server itself, and people in whose name jobs run. */
import type { Actor, Context } from '../../../core/context.ts'
import type { Server } from '../../../core/server.ts'
import { createAccount } from './service.ts'
import { findByUsernames, lockAccounts, type UserRow } from './store.ts'

/** A person as the actor of a job: with their rights, without a session. */
export const actorFor = (server: Server, { id, roles, locale }: UserRow): Actor => ({
  userId: id,
  session: null,
  roles,
  locale,
  can: (permission) => server.ports.grants(roles, permission),
})

/** The first name that no person has is used. */
const botNames = ['system-bot', 'plausch-system-bot', 'the-system-bot']

/** The account in whose name the server writes to people; created on first use. */
export const systemBot = async (context: Context): Promise<UserRow> => {
  const find = () => findByUsernames(context.db, botNames)
  const isBot = (user: UserRow) => user.is_bot
  const bot = (await find()).find(isBot)
  if (bot) return bot
  await lockAccounts(context.db)
  const taken = await find()
  const made = taken.find(isBot)
  if (made) return made
  const username = botNames.find((name) => taken.every((user) => user.username !== name))
  if (!username) throw new Error('the names of the system bot are all taken by people')
  const account = { username, email: `${username}@localhost`, first_name: 'System', roles: 'system_user' }
  return await createAccount(context, { ...account, is_bot: true })
}
