import {
  asGuest,
  channelOf,
  direct,
  type Person,
  type Place,
  place,
  refused,
  sendFile,
  signUp,
  write,
} from '@plausch/testkit'
import {
  type Bookmark,
  bookmarks,
  type Channel,
  channels,
  type FaultCode,
  type NewBookmark,
  settings,
} from '@plausch/wire'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

let at: Place
let room: Channel
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())
beforeEach(async () => {
  room = await channelOf(at.ana, at.team, 'P', [at.bo])
})

const LINK: NewBookmark = { type: 'link', display_name: 'Wiki', link_url: 'https://example.org/wiki' }
const add = (by: Person, channel: Channel, body: Partial<NewBookmark> = {}) =>
  by.call(bookmarks.create, { params: { channel_id: channel.id }, body: { ...LINK, ...body } })
const list = (by: Person, channel: Channel, bookmarks_since = 0) =>
  by.call(bookmarks.list, { params: { channel_id: channel.id }, query: { bookmarks_since } })
const about = ({ channel_id, id }: Bookmark) => ({ channel_id, bookmark_id: id })
const patch = (by: Person, bookmark: Bookmark, body: object) =>
  by.call(bookmarks.patch, { params: about(bookmark), body })
const remove = (by: Person, bookmark: Bookmark) => by.call(bookmarks.remove, { params: about(bookmark) })
const sort = (by: Person, bookmark: Bookmark, body: number) =>
  by.call(bookmarks.sort, { params: about(bookmark), body })
const names = (found: Bookmark[]) => found.map(({ display_name }) => display_name)
const INVALID: FaultCode = 'api.context.invalid_body_param.app_error'

describe('adding', () => {
  it('shows the bookmark to everybody in the channel and tells the others', async () => {
    const [sender, other] = [await at.ana.listen(), await at.bo.listen()]
    const outside = [await at.eve.listen(), await at.root.listen()]
    const response = await at.ana.fetch(`/api/v4/channels/${room.id}/bookmarks`, {
      method: 'POST',
      headers: { 'connection-id': sender.connectionId },
      body: JSON.stringify({ ...LINK, emoji: ':tada:', image_url: 'https://example.org/x.png' }),
    })
    expect(response.status).toBe(201)
    const made = (await response.json()) as Bookmark
    expect(made).toEqual({
      ...LINK,
      emoji: ':tada:',
      image_url: 'https://example.org/x.png',
      id: expect.stringMatching(/^[a-z0-9]{26}$/),
      create_at: expect.any(Number),
      update_at: made.create_at,
      delete_at: 0,
      channel_id: room.id,
      owner_id: at.ana.id,
      sort_order: 0,
      file_id: '',
    })
    const told = await other.next('channel_bookmark_created')
    expect(Object.keys(told)).toEqual(['bookmark'])
    expect(JSON.parse(told.bookmark)).toEqual(made)
    for (const listener of [sender, ...outside]) {
      await listener.settle()
      expect(listener.all('channel_bookmark_created')).toEqual([])
    }
    expect(await list(at.bo, room)).toEqual([made])
  })

  it('a file: takes the person’s own file, and deletes it with the bookmark', async () => {
    const file = await sendFile(at.ana, room, 'plan.txt', 'the plan')
    const link = { display_name: 'Plan', type: 'file', link_url: '', file_id: file.id } as const
    await refused('files.not_yours', add(at.bo, room, link))
    const made = await add(at.ana, room, link)
    expect(made.file).toEqual({ ...file, post_id: made.id, update_at: made.file?.update_at })
    expect((await at.bo.fetch(`/api/v4/files/${file.id}`)).status).toBe(200)
    expect((await at.eve.fetch(`/api/v4/files/${file.id}`)).status).toBe(404)
    await refused('files.not_yours', add(at.ana, room, link))
    expect((await list(at.bo, room))[0]?.file?.name).toBe('plan.txt')
    await remove(at.bo, made)
    expect((await at.ana.fetch(`/api/v4/files/${file.id}`)).status).toBe(404)
    expect(await at.server.app.pool.rows('select from files where id = $1', [file.id])).toEqual([])
  })

  it('refuses malformed bookmarks', async () => {
    const wrong: [Partial<NewBookmark>, FaultCode][] = [
      [{ display_name: '' }, INVALID],
      [{ display_name: 'x'.repeat(65) }, INVALID],
      [{ link_url: `https://example.org/${'x'.repeat(1024)}` }, INVALID],
      [{ emoji: 'a b' }, INVALID],
      [{ type: 'board' as 'link' }, INVALID],
      [{ link_url: '' }, 'bookmarks.link_only'],
      [{ file_id: 'x'.repeat(26) }, 'bookmarks.link_only'],
      [{ link_url: 'javascript:alert(1)' }, 'bookmarks.link'],
      [{ link_url: 'https:example.org' }, 'bookmarks.link'],
      [{ link_url: 'https://bank.example@evil.example' }, 'bookmarks.link'],
      [{ link_url: 'no address' }, 'bookmarks.link'],
      [{ image_url: 'data:image/png;base64,xx' }, 'bookmarks.link'],
      [{ type: 'file' }, 'bookmarks.file_only'],
      [{ parent_id: 'x'.repeat(26) }, 'bookmarks.not_found'],
    ]
    for (const [body, code] of wrong) await refused(code, add(at.ana, room, body))
    expect(await list(at.ana, room)).toEqual([])
  })

  it('stops at fifty, even if several people add at once', async () => {
    for (let n = 0; n < 48; n += 1) await add(at.ana, room)
    const tries = await Promise.allSettled([at.ana, at.bo, at.ana, at.bo].map((person) => add(person, room)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    await refused('bookmarks.limit', add(at.ana, room))
    expect((await list(at.ana, room)).map(({ sort_order }) => sort_order)).toEqual([...Array(50).keys()])
  })
})

describe('changing', () => {
  it('one’s own bookmark keeps it; somebody else’s is replaced by one’s own', async () => {
    const made = await add(at.ana, room)
    const heard = await at.bo.listen()
    const own = await patch(at.ana, made, { display_name: 'Handbook' })
    expect(own).toEqual({ updated: { ...made, display_name: 'Handbook', update_at: expect.any(Number) } })
    expect(JSON.parse((await heard.next('channel_bookmark_updated')).bookmarks)).toEqual(own)
    const told = await at.ana.listen()
    const { updated, deleted } = await patch(at.bo, own.updated, { link_url: 'http://example.org/' })
    expect(updated).toMatchObject({
      owner_id: at.bo.id,
      original_id: made.id,
      link_url: 'http://example.org/',
    })
    expect(updated.id).not.toBe(made.id)
    expect(deleted).toMatchObject({ id: made.id, owner_id: at.ana.id, delete_at: expect.any(Number) })
    const event = await told.next('channel_bookmark_updated')
    expect(JSON.parse(event.bookmarks)).toEqual({ updated, deleted })
    expect(await list(at.ana, room)).toEqual([updated])
    await refused('bookmarks.not_found', patch(at.ana, made, { display_name: 'x' }))
  })

  it('keeps the file of somebody else’s bookmark, and erases a file that is replaced', async () => {
    const [first, second] = [
      await sendFile(at.ana, room, 'one.txt', '1'),
      await sendFile(at.bo, room, 'two.txt', '2'),
    ]
    const body = { type: 'file', link_url: '', file_id: first.id } as const
    const made = await add(at.ana, room, body)
    const { updated } = await patch(at.bo, made, { display_name: 'Taken over' })
    expect(updated.file).toMatchObject({ id: first.id, post_id: updated.id })
    const changed = await patch(at.bo, updated, { file_id: second.id })
    expect(changed.updated.file?.name).toBe('two.txt')
    expect((await at.ana.fetch(`/api/v4/files/${first.id}`)).status).toBe(404)
    await refused('bookmarks.file_only', patch(at.bo, updated, { file_id: '' }))
    await refused('bookmarks.file_only', patch(at.bo, updated, { link_url: 'https://example.org' }))
  })

  it('stores nothing of a refused change', async () => {
    const made = await add(at.ana, room)
    await refused('bookmarks.link', patch(at.bo, made, { link_url: 'ftp://example.org' }))
    expect(await list(at.ana, room)).toEqual([made])
  })
})

describe('the order', () => {
  it('changes for everybody, and the event has the whole list', async () => {
    const made = []
    for (const display_name of ['a', 'b', 'c']) made.push(await add(at.ana, room, { display_name }))
    const [a, , c] = made
    if (!a || !c) throw new Error('there are three')
    const heard = await at.ana.listen()
    const sorted = await sort(at.bo, c, 0)
    expect(names(sorted)).toEqual(['c', 'a', 'b'])
    expect(sorted.map(({ sort_order }) => sort_order)).toEqual([0, 1, 2])
    expect(JSON.parse((await heard.next('channel_bookmark_sorted')).bookmarks)).toEqual(sorted)
    expect(await list(at.ana, room)).toEqual(sorted)
    expect(names(await sort(at.bo, c, 2))).toEqual(['a', 'b', 'c'])
    await remove(at.ana, a)
    expect(names(await sort(at.bo, c, 0))).toEqual(['c', 'b'])
    await refused('bookmarks.place', sort(at.bo, c, 2))
    await refused('bookmarks.not_found', sort(at.bo, a, 0))
    await refused(INVALID, sort(at.bo, c, -1))
  })
})

describe('deleting', () => {
  it('leaves ids and times for clients that catch up, and no content', async () => {
    const [gone, kept] = [await add(at.ana, room, { display_name: 'secret' }), await add(at.ana, room)]
    const heard = await at.bo.listen()
    const since = kept.update_at
    const reply = await remove(at.ana, gone)
    expect(reply).toMatchObject({ id: gone.id, display_name: 'secret', delete_at: expect.any(Number) })
    expect(JSON.parse((await heard.next('channel_bookmark_deleted')).bookmark)).toEqual(reply)
    expect(await list(at.bo, room)).toEqual([kept])
    const changed = await list(at.bo, room, since)
    expect(changed).toMatchObject([{ id: gone.id, display_name: '', delete_at: expect.any(Number) }])
    expect(JSON.stringify(changed)).not.toContain('example')
    await refused('bookmarks.not_found', remove(at.ana, gone))
  })
})

describe('who may change bookmarks', () => {
  it('needs permissions in channels, and membership in conversations', async () => {
    const open = await channelOf(at.ana, at.team, 'O')
    const made = await add(at.ana, open)
    // Bo may read the public channel, but is not a member of it.
    expect(await list(at.bo, open)).toEqual([made])
    await refused('api.context.permissions.app_error', add(at.bo, open))
    await refused('channels.not_found', list(at.eve, open))
    const talk = await direct(at.ana, at.bo)
    const ours = await add(at.bo, talk)
    expect(await list(at.ana, talk)).toEqual([ours])
    await refused('channels.not_found', list(at.root, talk))
    await refused('channels.not_found', remove(at.root, ours))
  })

  it('cannot change a bookmark through another channel', async () => {
    const other = await channelOf(at.ana, at.team, 'P')
    const made = await add(at.ana, other)
    const params = { channel_id: room.id, bookmark_id: made.id }
    await refused('bookmarks.not_found', at.bo.call(bookmarks.remove, { params }))
    await refused('bookmarks.not_found', at.bo.call(bookmarks.patch, { params, body: { display_name: 'x' } }))
  })

  it('includes nobody in an archived channel', async () => {
    const made = await add(at.ana, room)
    await at.ana.call(channels.archive, { params: { channel_id: room.id } })
    await refused('channels.archived', add(at.ana, room))
    await refused('channels.archived', patch(at.ana, made, { display_name: 'x' }))
    await refused('channels.archived', remove(at.ana, made))
    await refused('channels.archived', sort(at.ana, made, 0))
    expect(await list(at.ana, room)).toEqual([made])
  })

  it('excludes guests in conversations', async () => {
    const visitor = await signUp(at.server, 'gast', at.team.invite_id)
    const talk = await direct(at.ana, visitor)
    await refused('api.context.permissions.app_error', add(await asGuest(at, visitor), talk))
  })
})

describe('when bookmarks are off', () => {
  const switchTo = (ChannelBookmarks: boolean) =>
    at.root.call(settings.patch, { body: { FeatureFlags: { ChannelBookmarks } } })
  afterEach(() => switchTo(true))

  it('the server refuses every operation', async () => {
    await switchTo(false)
    await refused('bookmarks.off', list(at.ana, room))
    await refused('bookmarks.off', add(at.ana, room))
    await write(at.ana, room, 'still here')
  })
})
