/**
 * Ends everything of an account at once. An account has a generation; sessions, personal tokens, invitations
 * and links carry the one in which they were made, and are valid in no other. So even something that is being
 * created while a generation ends does not outlive it. In addition, the nouns that own the rows delete them.
 */
import type { Context } from '../../../core/context.ts'
import { accessEnded, linksEnded } from './events.ts'
import { forgetUser } from './memory.ts'
import { moveGeneration } from './store.ts'

/** In a transaction: ends the links of an account. */
export const endLinks = async (context: Context, userId: string): Promise<void> => {
  await moveGeneration(context.db, userId, false)
  forgetUser(context, userId)
  await context.emit(linksEnded, { user_id: userId })
}

/**
 * In a transaction: ends everything that gives access to an account, except its password and its second
 * factor.
 */
export const endAccess = async (context: Context, userId: string): Promise<void> => {
  await moveGeneration(context.db, userId, true)
  forgetUser(context, userId)
  await context.emit(linksEnded, { user_id: userId })
  await context.emit(accessEnded, { user_id: userId })
}
