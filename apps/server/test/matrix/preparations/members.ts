import { members } from '@plausch/wire'
import { aboutWhom, body, isOwn, type Preparations } from '../draft.ts'
import { inFreshRoom } from './channels.ts'

export const membersPreparations: Preparations = {
  'members.add': async (draft) => {
    if (isOwn(draft)) await inFreshRoom(draft)
    draft.body = { user_id: aboutWhom(draft).id }
  },
  'members.remove': async (draft) => {
    const { owner, target } = draft.scene
    await inFreshRoom(draft)
    const params = { channel_id: draft.params.channel_id ?? '' }
    if (draft.kase !== 'direct') await owner.call(members.add, { params, body: { user_id: target.id } })
  },
  'members.setSchemeRoles': body(() => ({ scheme_user: true, scheme_admin: false })),
  'members.setRoles': body(() => ({ roles: 'channel_user' })),
  'members.setNotifyProps': body(() => ({ desktop: 'all' })),
}
