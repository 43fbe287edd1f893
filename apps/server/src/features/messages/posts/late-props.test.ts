import { createApi } from '@plausch/client'
import { channelOf, type Person, type Place, place, refused, signIn, signUp, write } from '@plausch/testkit'
import {
  type Channel,
  drafts,
  members,
  type Post,
  posts,
  scheduled,
  search,
  settings,
  threads,
  tokens,
  users,
} from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
let room: Channel
/** Bo with a personal access token, the way his integration would work. */
let script: Person

beforeAll(async () => {
  at = await place()
  room = await channelOf(at.ana, at.team, 'O', [at.bo])
  await at.root.call(settings.patch, { body: { ServiceSettings: { EnableUserAccessTokens: true } } })
  const roles = 'system_user system_user_access_token'
  await at.root.call(users.setRoles, { params: { user_id: at.bo.id }, body: { roles } })
  at.bo = await signIn(at.server, at.bo.username)
  const { token } = await at.bo.call(tokens.create, {
    params: { user_id: at.bo.id },
    body: { description: 'script' },
  })
  const api = createApi({ baseUrl: at.server.url, token })
  script = { ...at.bo, api, call: api.call }
})
afterAll(() => at.stop())

const SIZE = 140_000
const large = (word: string) => ({
  note: word.padEnd(SIZE, 'ä"\\'),
  attachments: [
    { text: 'Press', actions: [{ id: 'go', name: 'Go', integration: { url: 'http://10.0.0.1/secret' } }] },
  ],
})

const post = (by: Person, message: string, props: Record<string, unknown>, rootId = '') =>
  by.call(posts.create, { body: { channel_id: room.id, message, props, root_id: rootId } })

describe('large properties', () => {
  let root: Post
  let reply: Post
  beforeAll(async () => {
    root = await post(script, 'Heidelbeere', large('root'))
    reply = await post(script, 'Brombeere', large('reply'), root.id)
  })

  const expectWhole = (shown: Post | undefined, word: string) => {
    expect(shown?.props).toEqual({
      note: large(word).note,
      attachments: [{ text: 'Press', actions: [{ id: 'go', name: 'Go' }] }],
    })
    expect(shown?.metadata.embeds).toEqual([{ type: 'message_attachment', url: '' }])
  }

  it('appear whole in every list, without data between the integration and the server', async () => {
    const params = { channel_id: room.id }
    const lists = [
      await at.ana.call(posts.listInChannel, { params }),
      await at.ana.call(posts.listInChannel, { params, query: { since: root.create_at - 1 } }),
      await at.ana.call(posts.listInChannel, { params, query: { per_page: 200, page: 0, before: '' } }),
      await at.ana.call(posts.thread, { params: { post_id: root.id } }),
      await at.ana.call(search.postsInTeam, {
        params: { team_id: at.team.id },
        body: { terms: 'Heidelbeere Brombeere', is_or_search: true },
      }),
    ]
    for (const list of lists) expectWhole(list.posts[root.id], 'root')
    expectWhole(lists[3]?.posts[reply.id], 'reply')
    const byId = await at.ana.call(posts.listByIds, { body: [root.id, reply.id] })
    expectWhole(
      byId.find(({ id }) => id === reply.id),
      'reply',
    )
    expectWhole(await at.ana.call(posts.get, { params: { post_id: root.id } }), 'root')
  })

  it('appear in the list of threads and in the events for followers', async () => {
    const heard = await at.bo.listen()
    await write(at.ana, room, 'one more', root.id)
    const { thread } = await heard.next('thread_updated')
    expectWhole((JSON.parse(thread) as { post: Post }).post, 'root')
    const { threads: listed } = await at.bo.call(threads.list, {
      params: { user_id: 'me', team_id: at.team.id },
      query: { extended: true },
    })
    expectWhole(listed.find(({ id }) => id === root.id)?.post, 'root')
  })

  it('do not hide changes: the page has another ETag after an edit', async () => {
    const path = `/api/v4/channels/${room.id}/posts`
    const tag = async () => (await at.ana.fetch(path)).headers.get('etag') ?? ''
    const before = await tag()
    expect((await at.ana.fetch(path, { headers: { 'if-none-match': before } })).status).toBe(304)
    await script.call(posts.patch, { params: { post_id: root.id }, body: { props: large('root again') } })
    expect(await tag()).not.toBe(before)
    const list = await at.ana.call(posts.listInChannel, { params: { channel_id: room.id } })
    expectWhole(list.posts[root.id], 'root again')
  })

  it('stay unchanged when a person edits the post in their own client', async () => {
    const shown = await at.bo.call(posts.get, { params: { post_id: root.id } })
    const edited = await at.bo.call(posts.patch, {
      params: { post_id: root.id },
      body: { message: 'Himbeere', props: shown.props },
    })
    expect(edited.message).toBe('Himbeere')
    await refused(
      'posts.props_too_large',
      at.bo.call(posts.patch, {
        params: { post_id: root.id },
        body: { props: { ...shown.props, more: 'x'.repeat(1000) } },
      }),
    )
  })
})

it('a person may write 64 KiB of properties and no more, wherever they write', async () => {
  const member = await signUp(at.server, 'mia', at.team.invite_id)
  await at.ana.call(members.add, {
    params: { channel_id: room.id },
    body: { user_id: member.id },
  })
  const props = (size: number) => ({ a: 'x'.repeat(size - '{"a":""}'.length) })
  const own = await post(member, 'as much as may be', props(65_536))
  expect(JSON.stringify(own.props)).toHaveLength(65_536)
  const tooMuch = props(65_537)
  const body = { channel_id: room.id, message: 'too much', props: tooMuch }
  const scheduled_at = Date.now() + 3_600_000
  await refused('posts.props_too_large', member.call(posts.create, { body }))
  await refused('posts.props_too_large', member.call(drafts.save, { body }))
  await refused('posts.props_too_large', member.call(scheduled.create, { body: { ...body, scheduled_at } }))
  await refused(
    'posts.props_too_large',
    member.call(posts.patch, { params: { post_id: own.id }, body: { props: tooMuch } }),
  )
})
