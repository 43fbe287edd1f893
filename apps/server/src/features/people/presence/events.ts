import { within } from '../../../core/facts.ts'
import { settingsChanged } from '../../ground/settings/index.ts'
import { type UserRow, userUpdated } from '../users/index.ts'
import { dropActivity, turnOut } from './service.ts'
import { forgetActivity } from './store.ts'

const isOut = ({ notify_props }: UserRow) => notify_props.auto_responder_active === 'true'
const isDiscreet = ({ props }: UserRow) => props.show_last_active === 'false'

export default [
  within(userUpdated, async (context, { user, before }) => {
    const { db, server } = context
    if (isDiscreet(user) && !isDiscreet(before)) {
      await forgetActivity(db, user.id)
      context.effect(dropActivity, { user_id: user.id })
    }
    const isOffered = server.settings().TeamSettings.ExperimentalEnableAutomaticReplies
    if (isOffered && isOut(user) !== isOut(before))
      context.effect(turnOut, { user_id: user.id, is_out: isOut(user) })
  }),
  within(settingsChanged, async (context, { names }) => {
    if (names.includes('TeamSettings.EnableLastActiveTime')) context.effect(dropActivity, { user_id: '' })
  }),
]
