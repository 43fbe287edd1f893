/**
 * The official web app, call by call: its requests when it opens a channel, its socket, its requests after a
 * reconnect, and every field that it needs (protocol: boot). Plain requests, as a browser sends them, without
 * our own client.
 */
import { channelOf, type Person, type Place, place, signUp, write } from '@plausch/testkit'
import type { Channel, Post } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { open } from '../plain-socket.ts'
import { aChannel, aChannelMember, aPost, type Browser, browser, json, num, str } from './browser.ts'

let at: Place
let lea: Person
let room: Channel
beforeAll(async () => {
  at = await place()
  lea = await signUp(at.server, 'lea', at.team.invite_id)
  room = await channelOf(at.ana, at.team, 'O', [lea])
})
afterAll(() => at.stop())

const signedIn = async (person: Person): Promise<Browser> => {
  const app = browser(at.server.url)
  await app.post('/users/login', {
    login_id: person.username,
    password: person.password,
    token: '',
    deviceId: '',
  })
  return app
}

describe('opening a channel', () => {
  it('loads its stats, its posts from the first unread one on, and its people', async () => {
    const app = await signedIn(lea)
    const first = await write(at.ana, room, 'first')
    const reply = await write(at.ana, room, 'a reply', first.id)
    expect(await app.get(`/channels/${room.id}/stats?exclude_files_count=true`)).toMatchObject({
      channel_id: room.id,
      member_count: 2,
      guest_count: 0,
      pinnedpost_count: 0,
      files_count: num,
    })
    const unread =
      'limit_after=30&limit_before=30&skipFetchThreads=false&collapsedThreads=true&collapsedThreadsExtended=false'
    const page = await app.get(`/users/${lea.id}/channels/${room.id}/posts/unread?${unread}`)
    expect(page).toMatchObject({
      order: expect.any(Array),
      next_post_id: '',
      prev_post_id: '',
      first_inaccessible_post_time: 0,
    })
    expect(page.order).toContain(first.id)
    expect(page.order).not.toContain(reply.id)
    for (const post of Object.values(page.posts)) expect(post).toMatchObject(aPost)
    expect(page.posts[first.id]).toMatchObject({
      reply_count: 1,
      last_reply_at: reply.create_at,
      is_following: false,
    })
    expect(page.posts[first.id].participants).toEqual([{ id: at.ana.id }])
    const thread = await app.get(
      `/posts/${first.id}/thread?skipFetchThreads=false&collapsedThreads=true&collapsedThreadsExtended=false&direction=down&perPage=60`,
    )
    expect(Object.keys(thread.posts).sort()).toEqual([first.id, reply.id].sort())
    expect(thread.has_next).toBe(false)
    const since = await app.get(
      `/channels/${room.id}/posts?since=${first.create_at - 1}&collapsedThreads=true`,
    )
    expect(since.order).toContain(first.id)
    const before = await app.get(
      `/channels/${room.id}/posts?before=${first.id}&page=0&per_page=30&collapsedThreads=true`,
    )
    expect(before.order).not.toContain(first.id)
    expect(await app.post('/users/usernames', [at.ana.username])).toEqual([
      expect.objectContaining({ id: at.ana.id }),
    ])
    expect(await app.get(`/channels/${room.id}/bookmarks`)).toEqual([])
    expect(await app.get(`/channels/${room.id}/timezones`)).toEqual(expect.any(Array))
  })

  it('works by name or id, and joins public channels', async () => {
    const app = await signedIn(lea)
    const open = await channelOf(at.ana, at.team, 'O')
    const byName = `/teams/name/${at.team.name}/channels/name/${open.name}?include_deleted=true`
    expect(await app.get(byName)).toMatchObject({ id: open.id })
    expect((await app.ask('GET', `/channels/${open.id}/members/${lea.id}`)).status).toBe(404)
    const joined = await app.post(
      `/channels/${open.id}/members`,
      { user_id: lea.id, channel_id: open.id, post_root_id: '' },
      201,
    )
    expect(joined).toMatchObject(aChannelMember)
    expect((await app.ask('GET', `/channels/${'a'.repeat(26)}`)).status).toBe(404)
    const talk = await app.post('/channels/direct', [lea.id, at.bo.id], 201)
    expect(talk).toMatchObject({ ...aChannel, type: 'D', team_id: '' })
    expect(await app.get(`/users/username/${at.bo.username}`)).toMatchObject({ id: at.bo.id })
  })

  it('reads, writes, edits and deletes', async () => {
    const app = await signedIn(lea)
    const viewed = await app.post('/channels/members/me/view', {
      channel_id: room.id,
      collapsed_threads_supported: true,
    })
    expect(viewed).toEqual({ status: 'OK', last_viewed_at_times: { [room.id]: num } })
    await app.post('/channels/members/me/mark_read', [room.id])
    const pending = `${lea.id}:${Date.now()}`
    const post: Post = await app.post(
      '/posts',
      {
        channel_id: room.id,
        message: 'hello',
        root_id: '',
        file_ids: [],
        pending_post_id: pending,
        props: {},
        metadata: {},
      },
      201,
    )
    expect(post).toMatchObject({ ...aPost, pending_post_id: pending, message: 'hello', user_id: lea.id })
    expect(await app.get(`/posts/${post.id}`)).toMatchObject(aPost)
    const edited = await app.put(`/posts/${post.id}/patch`, { message: 'hello!' })
    expect(edited).toMatchObject({ ...aPost, message: 'hello!', edit_at: num })
    await app.post('/reactions', { user_id: lea.id, post_id: post.id, emoji_name: '+1' })
    expect((await app.get(`/posts/${post.id}`)).metadata.reactions).toEqual([
      expect.objectContaining({ user_id: lea.id, post_id: post.id, emoji_name: '+1', create_at: num }),
    ])
    await app.post(`/posts/${post.id}/pin`, {})
    expect((await app.get(`/channels/${room.id}/pinned`)).order).toEqual([post.id])
    expect(await json(await app.ask('DELETE', `/posts/${post.id}`), 'delete')).toEqual({ status: 'OK' })
    expect((await app.ask('GET', `/posts/${post.id}`)).status).toBe(404)
  })

  it('resolves a link to a message', async () => {
    const app = await signedIn(lea)
    const post = await write(at.ana, room, 'linked')
    expect(await app.get(`/posts/${post.id}/info`)).toMatchObject({
      channel_id: room.id,
      channel_type: 'O',
      channel_display_name: str,
      has_joined_channel: true,
      team_id: at.team.id,
      team_type: 'I',
      team_display_name: str,
      has_joined_team: true,
    })
  })
})

describe('the socket', () => {
  it('sends hello and events, and answers every action', async () => {
    const app = await signedIn(lea)
    const socket = await open(at.server, {
      headers: { cookie: `MMAUTHTOKEN=${app.cookies.get('MMAUTHTOKEN')}`, origin: at.server.url },
      query: { connection_id: '', sequence_number: '0', posted_ack: 'true' },
    })
    const hello = await socket.until((frame) => 'event' in frame)
    expect(hello).toMatchObject({
      event: 'hello',
      seq: 0,
      data: {
        server_version: expect.stringMatching(/\.(true|false)$/),
        connection_id: expect.stringMatching(/^[a-z0-9]{26}$/),
      },
      broadcast: {
        omit_users: null,
        user_id: lea.id,
        channel_id: '',
        team_id: '',
        connection_id: str,
        omit_connection_id: '',
      },
    })
    const ping = await socket.ask({ seq: 1, action: 'ping' })
    expect(ping).toMatchObject({
      status: 'OK',
      seq_reply: 1,
      data: { text: 'pong', version: str, server_time: num, node_id: '' },
    })
    expect(await socket.ask({ seq: 2, action: 'presence', data: { channel_id: room.id } })).toMatchObject({
      status: 'OK',
    })
    expect(await socket.ask({ seq: 3, action: 'presence', data: { team_id: at.team.id } })).toMatchObject({
      status: 'OK',
    })
    const statuses = await socket.ask({ seq: 4, action: 'get_statuses_by_ids', data: { user_ids: [lea.id] } })
    expect(statuses).toMatchObject({ status: 'OK', data: { [lea.id]: 'online' } })
    await write(at.ana, room, `@${lea.username} hello`)
    const posted = await socket.until((frame) => 'event' in frame && frame.event === 'posted')
    expect(posted).toMatchObject({
      data: {
        channel_type: 'O',
        channel_name: room.name,
        channel_display_name: str,
        sender_name: `@${at.ana.username}`,
        team_id: at.team.id,
        mentions: JSON.stringify([lea.id]),
        should_ack: true,
        set_online: true,
        post: str,
      },
      broadcast: { channel_id: room.id },
    })
    const numbers = socket.events().map((frame) => frame.seq)
    expect(numbers).toEqual(numbers.map((_, index) => index))
  })
})

describe('reconnecting', () => {
  it('loads what was missed, and only what changed', async () => {
    const app = await signedIn(lea)
    const post = await write(at.ana, room, 'before')
    const gone = Date.now()
    await write(at.ana, room, 'meanwhile')
    const missed = await app.get(
      `/channels/${room.id}/posts?since=${post.create_at}&skipFetchThreads=false&collapsedThreads=true`,
    )
    expect(missed.order.map((id: string) => missed.posts[id].message)).toEqual(['meanwhile'])
    expect(await app.post(`/users/ids?since=${gone}`, [at.bo.id])).toEqual([])
    const query = `since=${gone}&extended=true&totalsOnly=false&threadsOnly=false`
    expect(await app.get(`/users/${lea.id}/teams/${at.team.id}/threads?${query}`)).toMatchObject({
      threads: expect.any(Array),
    })
    expect(await app.get('/users/me/teams/unread?include_collapsed_threads=true')).toHaveLength(1)
    expect(await app.get(`/users/me/teams/${at.team.id}/channels`)).toEqual(expect.any(Array))
    expect(await app.get(`/users/me/teams/${at.team.id}/channels/members`)).toEqual(expect.any(Array))
  })

  it('with a dead session is 401, with a living one never', async () => {
    const app = await signedIn(lea)
    expect((await app.ask('GET', `/users/${at.bo.id}/sessions`)).status).toBe(403)
    await app.ask('POST', '/users/logout')
    app.cookies.set('MMAUTHTOKEN', 'a'.repeat(26))
    expect((await app.ask('GET', '/users/me')).status).toBe(401)
  })

  it('to an unknown path gets a JSON error', async () => {
    const app = await signedIn(lea)
    const response = await app.ask('GET', '/no/such/thing')
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toMatchObject({ id: 'api.context.404.app_error' })
  })
})
