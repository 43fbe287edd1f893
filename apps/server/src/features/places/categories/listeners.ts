import { within } from '../../../core/facts.ts'
import { preferencesRemoved, preferencesSaved } from '../../people/preferences/index.ts'
import { channelChanged } from '../channels/index.ts'
import { memberRemoved } from '../members/index.ts'
import { followPreferences } from './effects.ts'
import { removeOtherPlacings, removePlacings } from './store.ts'

export const listeners = [
  within(preferencesSaved, (context, { user_id, some }) => followPreferences(context, user_id, some, false)),
  within(preferencesRemoved, (context, { user_id, some }) => followPreferences(context, user_id, some, true)),
  within(channelChanged, async ({ db }, { channel, change }) => {
    if (change.kind === 'moved' || change.kind === 'converted') await removeOtherPlacings(db, channel)
  }),
  within(memberRemoved, async ({ db }, { channel, user_id }) => {
    await removePlacings(db, user_id, channel.id)
  }),
]
