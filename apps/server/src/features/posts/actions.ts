import { type ActionTable, act } from '../../core/action.ts'
import { mayTypeIn } from './access.ts'

export const actions: ActionTable = {
  user_typing: act(mayTypeIn, ({ actor, publish }, { data }) => {
    publish(
      'typing',
      { user_id: actor.userId, parent_id: data.parent_id ?? '' },
      { channel: data.channel_id, omitUsers: [actor.userId], onlyWhereShown: data.channel_id },
    )
    return undefined
  }),
}
