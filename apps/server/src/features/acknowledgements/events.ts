import type { Acknowledgement } from '@plausch/wire'
import type { Context } from '../../core/context.ts'
import { within } from '../../core/facts.ts'
import { postsDeleted } from '../posts/index.ts'
import { eraseAcknowledgements } from './store.ts'

/** To the channel: who has taken note. */
export const announceAdded = (context: Context, acknowledgement: Acknowledgement): void =>
  context.publish(
    'post_acknowledgement_added',
    { acknowledgement: JSON.stringify(acknowledgement) },
    { channel: acknowledgement.channel_id },
  )

export const announceRemoved = (context: Context, acknowledgement: Acknowledgement): void =>
  context.publish(
    'post_acknowledgement_removed',
    { acknowledgement: JSON.stringify(acknowledgement) },
    { channel: acknowledgement.channel_id },
  )

export default [
  within(postsDeleted, async ({ db }, { ids }) => {
    await eraseAcknowledgements(db, ids)
  }),
]
