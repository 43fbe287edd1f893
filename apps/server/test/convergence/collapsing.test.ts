/**
 * Where replies are collapsed and where they are not, a client counts and lists the same as a fresh one, and
 * its numbers are those of the server.
 */
import { createState, type State } from '@plausch/client'
import {
  channelOf,
  converge,
  direct,
  type Person,
  type Place,
  place,
  unlimited,
  write,
} from '@plausch/testkit'
import { type Channel, type Post, posts, preferences, threads, unreads } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const fresh = async (person: Person, at: Place): Promise<State> => {
  const state = createState({ call: person.call })
  await state.reload()
  await state.threads.open(at.team.id)
  await state.settled()
  return state
}

/** The numbers of the server for a team and for conversations, as clients without our start bundle get them. */
const ofServer = async (person: Person, at: Place, conversation: Channel, isCollapsed: boolean) => {
  const [team] = await person.call(unreads.ofTeams, {
    params: { user_id: 'me' },
    query: { include_collapsed_threads: true },
  })
  const list = await person.call(threads.list, {
    params: { user_id: 'me', team_id: at.team.id },
    query: { totalsOnly: true },
  })
  const direct = await person.call(unreads.ofChannel, {
    params: { user_id: 'me', channel_id: conversation.id },
  })
  const open = list.total_unread_threads
  return isCollapsed
    ? { messages: (team?.msg_count_root ?? 0) + direct.msg_count_root + open, threads: open }
    : { messages: (team?.msg_count ?? 0) + direct.msg_count, threads: open }
}

describe.each(['always_on', 'disabled'] as const)('threads %s', (CollapsedThreads) => {
  const isCollapsed = CollapsedThreads === 'always_on'
  let at: Place
  let channel: Channel
  let conversation: Channel
  let root: Post
  beforeAll(async () => {
    at = await place({ fixed: { ...unlimited, ServiceSettings: { CollapsedThreads } } })
    channel = await channelOf(at.ana, at.team, 'O', [at.bo])
    conversation = await direct(at.ana, at.bo)
    root = await write(at.ana, channel, 'question')
  })
  afterAll(() => at.stop())

  const probe = <T>(act: () => Promise<T>): Promise<T> =>
    converge([at.ana, at.bo], act, { channels: [channel, conversation], teams: [at.team], roots: [root] })

  it('the client knows the mode', async () => {
    expect((await fresh(at.ana, at)).isCollapsed.get()).toBe(isCollapsed)
  })

  it('replies are listed and counted in one place, whatever happens to them', async () => {
    const { ana, bo } = at
    const first = await probe(() => write(bo, channel, 'answer', root.id))
    const named = await probe(() => write(bo, channel, `more for @${ana.username}`, root.id))
    await probe(() => write(bo, channel, 'beside it'))
    const other = await write(ana, conversation, 'between us')
    await probe(() => write(bo, conversation, 'yes', other.id))

    const state = await fresh(ana, at)
    await state.posts.open(channel.id)
    const listed = state.posts.timelines.one(channel.id)?.flatMap(({ ids }) => ids) ?? []
    expect(listed.includes(first.id)).toBe(!isCollapsed)
    expect(state.unreads.ofChannel(channel.id).get()).toEqual({
      messages: isCollapsed ? 1 : 3,
      mentions: isCollapsed ? 0 : 1,
      isMuted: false,
    })
    expect(state.unreads.ofChannel(conversation.id).get().mentions).toBe(isCollapsed ? 0 : 1)
    // A mention in the channel and a reply in the conversation, wherever they count.
    expect(state.unreads.everything.get().mentions).toBe(2)

    await probe(() => state.unreads.view(channel.id))
    const afterwards = await fresh(ana, at)
    expect(afterwards.unreads.ofChannel(channel.id).get().messages).toBe(0)
    expect(afterwards.threads.records.one(root.id)?.unread_replies).toBe(isCollapsed ? 2 : 0)
    await probe(() => state.threads.markUnread(at.team.id, named))
    expect((await fresh(ana, at)).threads.records.one(root.id)).toMatchObject({
      unread_replies: 1,
      unread_mentions: 1,
    })
    await probe(() => state.threads.read(at.team.id, root.id, named.create_at))
    await probe(() => bo.call(posts.remove, { params: { post_id: first.id } }))
    await probe(() => state.threads.follow(at.team.id, root.id, false))
    await probe(() => state.threads.follow(at.team.id, root.id, true))
    await probe(() => state.threads.readAll(at.team.id))
    const { messages, threads: open } = await ofServer(ana, at, conversation, isCollapsed)
    const now = (await fresh(ana, at)).unreads.everything.get()
    expect({ messages: now.messages, threads: open }).toEqual({ messages, threads: 0 })
  })
})

describe('threads default_off', () => {
  it('each person chooses, and the list of the channel follows at once', async () => {
    const at = await place({ fixed: { ...unlimited, ServiceSettings: { CollapsedThreads: 'default_off' } } })
    try {
      const root = await write(at.ana, at.townSquare, 'question')
      const reply = await write(at.bo, at.townSquare, 'answer', root.id)
      const state = await fresh(at.ana, at)
      await state.posts.open(at.townSquare.id)
      const listed = () => state.posts.timelines.one(at.townSquare.id)?.flatMap(({ ids }) => ids) ?? []
      expect(state.isCollapsed.get()).toBe(false)
      expect(listed()).toContain(reply.id)
      await state.preferences.save('display_settings', 'collapsed_reply_threads', 'on')
      expect(state.isCollapsed.get()).toBe(true)
      await state.posts.open(at.townSquare.id)
      expect(listed()).toContain(root.id)
      expect(listed()).not.toContain(reply.id)
      await at.ana.call(preferences.remove, {
        params: { user_id: 'me' },
        body: [
          { user_id: at.ana.id, category: 'display_settings', name: 'collapsed_reply_threads', value: '' },
        ],
      })
      expect((await fresh(at.ana, at)).isCollapsed.get()).toBe(false)
    } finally {
      await at.stop()
    }
  })
})
