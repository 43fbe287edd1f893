import { write } from '@plausch/testkit'
import { threads } from '@plausch/wire'
import { type Draft, type Preparations, roomOf } from '../draft.ts'

/** A thread of the owner, with a reply. */
const inThread = async (draft: Draft) => {
  const { owner } = draft.scene
  const root = await write(owner, roomOf(draft), 'of the owner')
  const reply = await write(owner, roomOf(draft), 'and more', root.id)
  Object.assign(draft.params, { thread_id: root.id, post_id: reply.id, timestamp: '1' })
}

/** Only a follower has anything to read. */
const inFollowedThread = async (draft: Draft) => {
  await inThread(draft)
  if (draft.actor !== 'inside' || draft.kase.includes('direct')) return
  const { team_id = '', thread_id = '' } = draft.params
  await draft.scene.people.inside.call(threads.follow, { params: { user_id: 'me', team_id, thread_id } })
}

export const threadsPreparations: Preparations = {
  'threads.get': inFollowedThread,
  'threads.follow': inThread,
  'threads.unfollow': inThread,
  'threads.read': inFollowedThread,
  'threads.markUnread': inFollowedThread,
}
