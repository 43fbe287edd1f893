import { within } from '../../core/facts.ts'
import { settingsChanged } from '../settings/index.ts'
import { type UserRow, userUpdated } from '../users/index.ts'
import { forgetUnwanted, setOut } from './service.ts'
import { forgetActivity } from './store.ts'

const isOut = ({ notify_props }: UserRow) => notify_props.auto_responder_active === 'true'
const isDiscreet = ({ props }: UserRow) => props.show_last_active === 'false'

export default [
  within(userUpdated, async (context, { user, before }) => {
    const { committed, db, server } = context
    if (isDiscreet(user) && !isDiscreet(before)) await forgetActivity(db, user.id)
    const isOffered = server.settings().TeamSettings.ExperimentalEnableAutomaticReplies
    if (isOffered && isOut(user) !== isOut(before)) committed(() => setOut(server, user.id, isOut(user)))
  }),
  within(settingsChanged, async ({ committed, server }, { names }) => {
    if (names.includes('TeamSettings.EnableLastActiveTime')) committed(() => forgetUnwanted(server))
  }),
]
