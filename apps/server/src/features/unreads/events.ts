import { within } from '../../core/facts.ts'
import { membersAdded } from '../members/index.ts'
import { userCreated, userUpdated } from '../users/index.ts'
import { insertReads, saveWords } from './store.ts'
import { wordsOf } from './words.ts'

export default [
  within(userCreated, async ({ db }, { user }) => {
    await saveWords(db, user.id, wordsOf(user))
  }),
  within(userUpdated, async ({ db }, { user, before }) => {
    if (wordsOf(user).join('\n') !== wordsOf(before).join('\n')) await saveWords(db, user.id, wordsOf(user))
  }),
  within(membersAdded, async ({ db }, { channel, user_ids, by, isNew }) => {
    // Being added by somebody concerns a person as a mention does; joining oneself does not (semantics 23).
    const wasAdded = !isNew && user_ids.some((id) => id !== by)
    await insertReads(db, channel.id, user_ids, wasAdded ? 1 : 0)
  }),
]
