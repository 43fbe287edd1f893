import { type ActionTable, act } from '../../../core/action.ts'
import { mayTypeAs } from './access.ts'
import { announceTyping } from './events.ts'

export const actions: ActionTable = {
  user_typing: act(
    mayTypeAs,
    (data, { actor }) => ({ params: { user_id: actor.userId }, body: data }),
    (context, { data }) => {
      announceTyping(context, data.channel_id, data.parent_id ?? '')
      return undefined
    },
  ),
}
