import { type ActionTable, act } from '../../core/action.ts'
import { mayTypeIn } from './access.ts'
import { announceTyping } from './publish.ts'

export const actions: ActionTable = {
  user_typing: act(mayTypeIn, (context, { data }) => {
    announceTyping(context, data.channel_id, data.parent_id ?? '')
    return undefined
  }),
}
