import { channelOf, unique } from '@plausch/testkit'
import { body, type Draft, isOwn, type Preparations } from '../draft.ts'

/** A channel of the case that nothing else is about. */
export const inFreshRoom = async (draft: Draft) => {
  const { scene, kase } = draft
  if (kase.includes('direct')) return
  const type = kase.includes('public') ? 'O' : 'P'
  draft.params.channel_id = (await channelOf(scene.owner, scene.closed, type, [scene.people.inside])).id
}

export const channelsPreparations: Preparations = {
  'channels.create': body(({ kase, scene }) => ({
    team_id: scene.closed.id,
    name: unique('made'),
    display_name: 'Made',
    type: kase === 'public' ? 'O' : 'P',
  })),
  'channels.createDirect': body((draft) => [
    isOwn(draft) && draft.person ? draft.person.id : draft.scene.owner.id,
    draft.scene.target.id,
  ]),
  'channels.createGroup': body(({ scene }) => [scene.owner.id, scene.target.id]),
  'channels.patch': body(() => ({ header: unique('header') })),
  'channels.setPrivacy': body(({ kase }) => ({ privacy: kase === 'public' ? 'O' : 'P' })),
  'channels.archive': inFreshRoom,
}
