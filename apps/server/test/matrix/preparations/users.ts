import { signUp } from '@plausch/testkit'
import { users } from '@plausch/wire'
import { aboutWhom, body, type Draft, type Preparations, roomOf, teamOf } from '../draft.ts'

/** The team or the channel in which the request searches for people. */
const placeOf = (draft: Draft): { team?: string; channel?: string } => {
  if (draft.kase === 'any') return {}
  return draft.kase === 'closed' || draft.kase === 'open'
    ? { team: teamOf(draft).id }
    : { channel: roomOf(draft).id }
}

const inPlace = (draft: Draft) => {
  const { team, channel } = placeOf(draft)
  if (team) draft.query.in_team = team
  if (channel) draft.query.in_channel = channel
}

export const usersPreparations: Preparations = {
  'users.list': inPlace,
  'users.autocomplete': inPlace,
  'users.filteredStats': inPlace,
  'users.search': body((draft) => {
    const { team, channel } = placeOf(draft)
    return { term: 'x', team_id: team, in_channel_id: channel }
  }),
  'users.update': body((draft) => {
    const { id, username } = aboutWhom(draft)
    return { id, username, position: 'somewhere' }
  }),
  // A person who is no actor, and is not needed afterwards.
  'users.deactivate': async (draft) => {
    const { scene } = draft
    draft.params.user_id = (await signUp(scene.at.server, 'short', scene.closed.invite_id)).id
  },
  'users.demote': async (draft) => {
    const { scene } = draft
    draft.params.user_id = (await signUp(scene.at.server, 'short', scene.closed.invite_id)).id
  },
  'users.promote': async (draft) => {
    const { scene } = draft
    const params = { user_id: (await signUp(scene.at.server, 'short', scene.closed.invite_id)).id }
    await scene.owner.call(users.demote, { params })
    draft.params.user_id = params.user_id
  },
  'users.patch': body(() => ({ position: 'somewhere' })),
  'users.setRoles': body(() => ({ roles: 'system_user' })),
  'users.setActive': body(() => ({ active: true })),
}
