import { channelOf, unique } from '@plausch/testkit'
import { channels } from '@plausch/wire'
import { body, type Draft, isOwn, type Preparations, roomOf } from '../draft.ts'

/** A channel of the case that no other request uses. */
export const inFreshRoom = async (draft: Draft) => {
  const { scene, kase } = draft
  if (kase.includes('direct')) return
  const type = kase.includes('public') ? 'O' : 'P'
  draft.params.channel_id = (await channelOf(scene.owner, scene.closed, type, [scene.people.inside])).id
}

/**
 * A group conversation of the owner, the target and the actor `inside`; with `isChanged` a separate one,
 * because the actor will change it.
 */
const inGroup = (isChanged: boolean) => async (draft: Draft) => {
  const { owner, target, people, closed } = draft.scene
  const others = isChanged && draft.actor === 'inside' ? [people.teamAdmin] : []
  const ids = [owner, target, people.inside, ...others].map((person) => person.id)
  const group = await owner.call(channels.createGroup, { body: ids })
  draft.params.channel_id = group.id
  draft.body = { channel_id: group.id, team_id: closed.id, display_name: 'Made', name: unique('made') }
}

export const channelsPreparations: Preparations = {
  'channels.commonTeams': async (draft) => {
    if (draft.kase === 'group') await inGroup(false)(draft)
  },
  'channels.convertGroup': inGroup(true),
  'channels.update': (draft) => {
    draft.body = { id: draft.params.channel_id, display_name: 'Changed' }
  },
  'channels.move': async (draft) => {
    await inFreshRoom(draft)
    draft.body = { team_id: draft.scene.open.id, force: true }
  },
  'channels.memberCounts': (draft) => {
    const { id } = roomOf(draft)
    draft.body = [id]
    draft.sought = id
  },
  'channels.listPublicByIds': (draft) => {
    draft.body = [draft.scene.rooms.public.id]
  },
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
