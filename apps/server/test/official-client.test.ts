/** The unmodified client from the registry, as bots and scripts use it. */
import { Client4, WebSocketClient } from '@mattermost/client'
import { type Place, place, write } from '@plausch/testkit'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'

let at: Place
let client: Client4
beforeAll(async () => {
  at = await place()
  // It prints to the console.
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  client = new Client4()
  client.setUrl(at.server.url)
  await client.login(at.bo.username, at.bo.password)
})
afterAll(async () => {
  vi.restoreAllMocks()
  await at.stop()
})

type Heard = { event: string; seq: number; data: { post?: string; connection_id?: string } }

/** Opens a socket of the official client; resolves when it is connected. */
const connect = async () => {
  const heard: Heard[] = []
  const socket = new WebSocketClient()
  socket.addMessageListener((message) => void heard.push(message as unknown as Heard))
  // Without a listener for missed messages it does not even try to resume.
  socket.addMissedMessageListener(() => undefined)
  const connected = new Promise<void>((resolve) => socket.addFirstConnectListener(() => resolve()))
  socket.initialize(`${at.server.url.replace('http', 'ws')}/api/v4/websocket`, client.getToken())
  onTestFinished(() => socket.close())
  await connected
  const posted = (text: string) =>
    heard.find((each) => each.event === 'posted' && each.data.post?.includes(text))
  return { socket, heard, posted }
}

const townSquareOf = async () => {
  const [team] = await client.getMyTeams()
  const channels = await client.getMyChannels(team?.id ?? '')
  return channels.find((channel) => channel.name === 'town-square')?.id ?? ''
}

it('signs in, and finds itself, its teams and its channels', async () => {
  expect((await client.getMe()).username).toBe(at.bo.username)
  expect((await client.getMyTeams()).map((team) => team.id)).toEqual([at.team.id])
  expect(await client.getMyTeamMembers()).toMatchObject([{ team_id: at.team.id, user_id: at.bo.id }])
  const channels = await client.getMyChannels(at.team.id)
  expect(channels.map((channel) => channel.name).sort()).toEqual(['off-topic', 'town-square'])
  expect(await client.getMyChannelMembers(at.team.id)).toHaveLength(2)
  expect(await client.getAllChannelsMembers('me')).toHaveLength(2)
  expect((await client.getClientConfig()).SiteName).toBe('Plausch')
  expect((await client.getClientLicenseOld()).IsLicensed).toBe('true')
  expect(
    (await client.getRolesByNames(['team_user', 'channel_user'])).map((role) => role.name).sort(),
  ).toEqual(['channel_user', 'team_user'])
  expect(await client.getStatusesByIds([at.bo.id])).toMatchObject([{ user_id: at.bo.id }])
})

it('posts, edits and deletes, and reads posts of others', async () => {
  const channelId = await townSquareOf()
  const post = await client.createPost({ channel_id: channelId, message: 'from their client' })
  expect(post).toMatchObject({ message: 'from their client', user_id: at.bo.id })
  expect((await client.patchPost({ id: post.id, message: 'changed' })).message).toBe('changed')
  const theirs = await write(at.ana, at.townSquare, 'from ours')
  const list = await client.getPosts(channelId)
  expect(list.posts[theirs.id]?.message).toBe('from ours')
  expect(list.order[0]).toBe(theirs.id)
  expect(await client.deletePost(post.id)).toEqual({ status: 'OK' })
  await expect(client.getPost(post.id)).rejects.toMatchObject({ status_code: 404 })
})

it('gets posts with sequence numbers without a gap', async () => {
  const { heard, posted } = await connect()
  for (let n = 0; n < 5; n += 1) await write(at.ana, at.townSquare, `heard ${n}`)
  await expect.poll(() => posted('heard 4')).toBeDefined()
  expect(heard[0]?.event).toBe('hello')
  expect(heard.map((each) => each.seq)).toEqual(heard.map((_, index) => index))
})

it('gets the events that it missed when its connection breaks', async () => {
  const { socket, heard, posted } = await connect()
  await write(at.ana, at.townSquare, 'before the break')
  await expect.poll(() => posted('before the break')).toBeDefined()
  const known = heard.length
  // The connection breaks without a close frame: the client does not know it and reconnects by itself.
  const { conn } = socket as unknown as { conn: WebSocket }
  conn.close()
  await write(at.ana, at.townSquare, 'during the break')
  await expect.poll(() => posted('during the break'), { timeout: 15_000 }).toBeDefined()
  expect(heard.slice(known).every((each) => each.event !== 'hello')).toBe(true)
  expect(heard.map((each) => each.seq)).toEqual(heard.map((_, index) => index))
})

it('marks posts: reactions, pins, saving, acknowledging, reminders, earlier versions', async () => {
  const channelId = await townSquareOf()
  const me = at.bo.id
  const post = await client.createPost({ channel_id: channelId, message: 'to be marked' })
  expect(await client.addReaction(me, post.id, '+1')).toMatchObject({ emoji_name: '+1', user_id: me })
  expect(await client.getReactionsForPost(post.id)).toHaveLength(1)
  expect(await client.removeReaction(me, post.id, '+1')).toEqual({ status: 'OK' })
  await client.pinPost(post.id)
  expect((await client.getPinnedPosts(channelId)).order).toEqual([post.id])
  await client.unpinPost(post.id)
  await client.savePreferences(me, [{ user_id: me, category: 'flagged_post', name: post.id, value: 'true' }])
  expect((await client.getFlaggedPosts(me)).order).toEqual([post.id])
  expect(await client.acknowledgePost(post.id, me)).toMatchObject({ post_id: post.id, user_id: me })
  await client.unacknowledgePost(post.id, me)
  await client.addPostReminder(me, post.id, Math.floor(Date.now() / 1000) + 3600)
  await client.patchPost({ id: post.id, message: 'changed' })
  const [version] = await client.getPostEditHistory(post.id)
  const restored = await client.restorePostVersion(post.id, version?.id ?? '', '')
  expect(restored.data).toMatchObject({ message: 'to be marked' })
  expect(await client.getPostInfo(post.id)).toMatchObject({ channel_id: channelId, has_joined_channel: true })
  expect((await client.getPostsByIds([post.id])).map((each) => each.id)).toEqual([post.id])
})

it('is told that it may show features that need a licence elsewhere', async () => {
  expect(await client.getClientConfig()).toMatchObject({
    PostAcknowledgements: 'true',
    PostPriority: 'true',
    AllowPersistentNotifications: 'true',
    AllowSyncedDrafts: 'true',
    ScheduledPosts: 'true',
    UniqueEmojiReactionLimitPerPost: '50',
  })
})

it('keeps drafts and schedules posts', async () => {
  const channelId = await townSquareOf()
  const [team] = await client.getMyTeams()
  const teamId = team?.id ?? ''
  const times = { create_at: 0, update_at: 0, delete_at: 0 }
  const begun = {
    ...times,
    user_id: at.bo.id,
    channel_id: channelId,
    root_id: '',
    message: 'begun',
    props: {},
  }
  expect(await client.upsertDraft(begun, '')).toMatchObject({ message: 'begun', user_id: at.bo.id })
  expect(await client.getUserDrafts(teamId)).toHaveLength(1)
  await client.deleteDraft(channelId, undefined, '')
  expect(await client.getUserDrafts(teamId)).toEqual([])
  const scheduled_at = Date.now() + 3_600_000
  const planned = await client.createScheduledPost(
    { channel_id: channelId, message: 'later', scheduled_at },
    '',
  )
  const mine = await client.getScheduledPosts(teamId, true)
  expect(mine.data).toEqual({ [teamId]: [planned.data], directChannels: [] })
  const changed = await client.updateScheduledPost({ ...planned.data, message: 'much later' }, '')
  expect(changed.data.message).toBe('much later')
  await client.deleteScheduledPost(at.bo.id, planned.data.id, '')
})

it('sends files, shows them, and reads their metadata', async () => {
  const channelId = await townSquareOf()
  const form = new FormData()
  // The official client puts the fields after the file.
  form.append('files', new File(['Guten Tag'], 'Bericht.txt'))
  form.append('channel_id', channelId)
  form.append('client_ids', 'mine')
  const { file_infos: infos, client_ids } = await client.uploadFile(form)
  expect(client_ids).toEqual(['mine'])
  const [info] = infos
  const post = await client.createPost({
    channel_id: channelId,
    message: 'with a file',
    file_ids: [info?.id ?? ''],
  } as never)
  expect(post.metadata.files).toMatchObject([{ id: info?.id, name: 'Bericht.txt', post_id: post.id }])
  expect(await client.getFileInfosForPost(post.id)).toMatchObject([{ id: info?.id }])
  const url = client.getFileUrl(info?.id ?? '', 0)
  const shown = await fetch(url, { headers: { authorization: `Bearer ${client.getToken()}` } })
  expect(await shown.text()).toBe('Guten Tag')
})

it('sets a picture and removes it again', async () => {
  const pixel =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const picture = new File([Buffer.from(pixel, 'base64')], 'me.png')
  expect(await client.uploadProfileImage(at.bo.id, picture)).toEqual({ status: 'OK' })
  expect((await client.getMe()).last_picture_update).toBeGreaterThan(0)
  expect(await client.setDefaultProfileImage(at.bo.id)).toEqual({ status: 'OK' })
})
