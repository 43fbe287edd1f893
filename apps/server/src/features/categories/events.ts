import { within } from '../../core/facts.ts'
import { memberRemoved } from '../members/index.ts'
import { removePlacings } from './store.ts'

export default [
  within(memberRemoved, async ({ db }, { channel, user_id }) => {
    await removePlacings(db, user_id, channel.id)
  }),
]
