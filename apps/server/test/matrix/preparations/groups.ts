import { unique } from '@plausch/testkit'
import { groups } from '@plausch/wire'
import type { Draft, Preparations } from '../draft.ts'

const inFreshGroup = async (draft: Draft) => {
  const { owner } = draft.scene
  const group = await owner.call(groups.create, { body: { name: unique('group'), display_name: 'Group' } })
  draft.params.group_id = group.id
}

const withPeople = async (draft: Draft) => {
  await inFreshGroup(draft)
  draft.body = { user_ids: [draft.scene.target.id] }
}

export const groupsPreparations: Preparations = {
  'groups.create': (draft) => {
    draft.body = { name: unique('group'), display_name: 'Group' }
  },
  'groups.get': inFreshGroup,
  'groups.patch': async (draft) => {
    await inFreshGroup(draft)
    draft.body = { description: 'changed' }
  },
  'groups.archive': inFreshGroup,
  'groups.restore': inFreshGroup,
  'groups.stats': inFreshGroup,
  'groups.listMembers': inFreshGroup,
  'groups.addMembers': withPeople,
  'groups.removeMembers': withPeople,
}
