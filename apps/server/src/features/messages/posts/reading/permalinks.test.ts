import { channelOf, direct, type Person, type Place, place, write } from '@plausch/testkit'
import { type Channel, type Post, type PostEmbed, posts, search, settings } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
let secret: Channel
let original: Post
const SITE = 'https://chat.example'
const set = (ServiceSettings: Record<string, unknown>) =>
  at.root.call(settings.patch, { body: { ServiceSettings } })

beforeAll(async () => {
  at = await place()
  await set({ SiteURL: SITE, EnableLinkPreviews: false })
  secret = await channelOf(at.ana, at.team, 'P')
  original = await write(at.ana, secret, 'the xylophon')
})
afterAll(() => at.stop())

const linkTo = (post: Post) => `${SITE}/${at.team.name}/pl/${post.id}`
const get = (by: Person, { id }: Post) => by.call(posts.get, { params: { post_id: id } })
const embedsOf = async (by: Person, post: Post): Promise<PostEmbed[]> =>
  (await get(by, post)).metadata.embeds ?? []

describe('a link to another post', () => {
  it('shows the post to those who may read it, and to nobody else, wherever it appears', async () => {
    const heard = await at.bo.listen()
    const post = await write(at.ana, at.townSquare, `as I said: ${linkTo(original)}.`)
    const told = await heard.next('posted', (data) => data.post.includes(post.id))
    expect(told.post).not.toContain('xylophon')
    expect(await embedsOf(at.ana, post)).toEqual([
      {
        type: 'permalink',
        url: linkTo(original),
        data: {
          post_id: original.id,
          post: original,
          team_name: at.team.name,
          channel_display_name: secret.display_name,
          channel_type: 'P',
          channel_id: secret.id,
        },
      },
    ])
    const params = { channel_id: at.townSquare.id }
    await at.ana.call(posts.pin, { params: { post_id: post.id } })
    const readings = (by: Person) => [
      get(by, post),
      by.call(posts.listByIds, { body: [post.id] }),
      by.call(posts.listInChannel, { params }),
      by.call(posts.listInChannel, { params, query: { since: post.create_at - 1 } }),
      by.call(posts.listPinned, { params }),
      by.call(posts.thread, { params: { post_id: post.id } }),
      by.call(search.posts, { body: { terms: 'said' } }),
    ]
    for (const reading of readings(at.ana)) expect(JSON.stringify(await reading)).toContain('xylophon')
    for (const reading of readings(at.bo)) {
      const text = JSON.stringify(await reading)
      expect(text).toContain(post.id)
      expect(text).not.toContain('xylophon')
      expect(text).not.toContain(secret.id)
      expect(text).not.toContain('embeds')
    }
  })

  it('shows the post in the reply to its writer, also after a repeated request or an edit', async () => {
    const message = `again: ${linkTo(original)}`
    const body = { channel_id: at.townSquare.id, message, pending_post_id: 'once' }
    for (const [by, found] of [
      [at.ana, [original.id]],
      [at.bo, []],
    ] as const) {
      const first = await by.call(posts.create, { body })
      const answers = [
        first,
        await by.call(posts.create, { body }),
        await by.call(posts.patch, { params: { post_id: first.id }, body: { message: `${message}!` } }),
      ]
      for (const { metadata } of answers)
        expect(
          (metadata.embeds ?? []).map((embed) => (embed.type === 'permalink' ? embed.data.post_id : '')),
        ).toEqual(found)
    }
  })

  it('shows posts of conversations only to their members, not even to administrators', async () => {
    const talk = await direct(at.ana, at.bo)
    const said = await write(at.bo, talk, 'between us')
    const post = await write(at.ana, at.townSquare, linkTo(said))
    expect(await embedsOf(at.bo, post)).toMatchObject([{ type: 'permalink', data: { team_name: '' } }])
    expect(await embedsOf(at.root, post)).toEqual([])
  })

  it('shows nothing of deleted posts, of other servers, and while the setting is off', async () => {
    const gone = await write(at.ana, secret, 'soon gone')
    const post = await write(at.ana, at.townSquare, linkTo(gone))
    expect(await embedsOf(at.ana, post)).toHaveLength(1)
    await at.ana.call(posts.remove, { params: { post_id: gone.id } })
    expect(await embedsOf(at.ana, post)).toEqual([])
    const other = await write(at.ana, at.townSquare, `https://evil.example/${at.team.name}/pl/${original.id}`)
    expect(await embedsOf(at.ana, other)).toEqual([])
    const link = await write(at.ana, at.townSquare, linkTo(original))
    await set({ EnablePermalinkPreviews: false })
    expect(await embedsOf(at.ana, link)).toEqual([])
    await set({ EnablePermalinkPreviews: true })
  })
})
