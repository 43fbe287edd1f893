/** Messages, threads, files and search, with the official client. */
import { expect } from 'vitest'
import type { Day } from './cast.ts'
import { fetchAs, pixel } from './places.ts'

export const write = async ({ at, bo, ana, root, teamId, channelId }: Day) => {
  const post = await bo.createPost({ channel_id: channelId, message: 'Guten Morgen' })
  expect((await bo.getPost(post.id)).message).toBe('Guten Morgen')
  expect((await bo.patchPost({ id: post.id, message: 'Guten Tag' })).message).toBe('Guten Tag')
  expect((await bo.updatePost({ ...post, message: 'Guten Abend' })).message).toBe('Guten Abend')
  const [version] = await bo.getPostEditHistory(post.id)
  expect((await bo.restorePostVersion(post.id, version?.id ?? '', '')).data.id).toBe(post.id)
  expect((await bo.getPostsByIds([post.id])).map((each) => each.id)).toEqual([post.id])
  expect((await bo.getPosts(channelId)).order).toContain(post.id)
  const later = await ana.createPost({ channel_id: channelId, message: 'und jetzt?' })
  expect((await bo.getPostsBefore(channelId, later.id)).order).toContain(post.id)
  expect((await bo.getPostsAfter(channelId, post.id)).order).toEqual([later.id])
  expect((await bo.getPostsSince(channelId, post.create_at)).order).toContain(later.id)
  expect((await bo.getPostsUnread(channelId, at.bo.id)).order).toContain(later.id)
  expect(await bo.getPostInfo(post.id)).toMatchObject({
    channel_id: channelId,
    team_id: teamId,
    has_joined_channel: true,
  })
  expect(await bo.markPostAsUnread(at.bo.id, later.id)).toMatchObject({ channel_id: channelId })
  const hint = await root.createPostEphemeral(at.bo.id, { channel_id: channelId, message: 'only for you' })
  expect(hint.type).toBe('system_ephemeral')
  expect(await bo.deletePost(post.id)).toEqual({ status: 'OK' })
}

export const mark = async ({ at, bo, channelId }: Day) => {
  const me = at.bo.id
  const post = await bo.createPost({ channel_id: channelId, message: 'to be marked' })
  expect(await bo.addReaction(me, post.id, '+1')).toMatchObject({ emoji_name: '+1' })
  expect(await bo.getReactionsForPost(post.id)).toHaveLength(1)
  const headers = { authorization: `Bearer ${bo.getToken()}` }
  const bulk = await fetch(`${at.server.url}/api/v4/posts/ids/reactions`, {
    method: 'POST',
    headers,
    body: JSON.stringify([post.id]),
  })
  expect(await bulk.json()).toHaveProperty(post.id)
  await bo.removeReaction(me, post.id, '+1')
  await bo.pinPost(post.id)
  expect((await bo.getPinnedPosts(channelId)).order).toEqual([post.id])
  await bo.unpinPost(post.id)
  await bo.savePreferences(me, [{ user_id: me, category: 'flagged_post', name: post.id, value: 'true' }])
  expect((await bo.getFlaggedPosts(me)).order).toEqual([post.id])
  expect(await bo.acknowledgePost(post.id, me)).toMatchObject({ post_id: post.id })
  await bo.unacknowledgePost(post.id, me)
  await bo.addPostReminder(me, post.id, Math.floor(Date.now() / 1000) + 3600)
}

export const followThreads = async ({ at, bo, ana, teamId, channelId }: Day) => {
  const root = await bo.createPost({ channel_id: channelId, message: 'a question' })
  const reply = await ana.createPost({ channel_id: channelId, message: 'an answer', root_id: root.id })
  expect(Object.keys((await bo.getPostThread(root.id)).posts)).toHaveLength(2)
  const page = await bo.getPaginatedPostThread(root.id, {
    perPage: 10,
    direction: 'down',
    collapsedThreads: true,
  })
  expect(page.has_next).toBe(false)
  const { threads, total_unread_threads } = await bo.getUserThreads('me', teamId, { extended: true })
  expect(threads.map((thread) => thread.id)).toContain(root.id)
  expect(total_unread_threads).toBe(1)
  expect((await bo.getUserThread('me', teamId, root.id)).unread_replies).toBe(1)
  await bo.updateThreadReadForUser('me', teamId, root.id, reply.create_at)
  expect((await bo.markThreadAsUnreadForUser('me', teamId, root.id, reply.id)).unread_replies).toBe(1)
  await bo.updateThreadsReadForUser(at.bo.id, teamId)
  await bo.updateThreadFollowForUser(at.bo.id, teamId, root.id, false)
  await bo.updateThreadFollowForUser(at.bo.id, teamId, root.id, true)
}

export const writeLater = async ({ at, bo, teamId, channelId }: Day) => {
  const times = { create_at: 0, update_at: 0, delete_at: 0 }
  const begun = {
    ...times,
    user_id: at.bo.id,
    channel_id: channelId,
    root_id: '',
    message: 'begun',
    props: {},
  }
  expect(await bo.upsertDraft(begun, '')).toMatchObject({ message: 'begun' })
  expect(await bo.getUserDrafts(teamId)).toHaveLength(1)
  await bo.deleteDraft(channelId, undefined, '')
  const root = await bo.createPost({ channel_id: channelId, message: 'a root' })
  await bo.upsertDraft({ ...begun, root_id: root.id }, '')
  await bo.deleteDraft(channelId, root.id, '')
  const scheduled_at = Date.now() + 3_600_000
  const planned = await bo.createScheduledPost({ channel_id: channelId, message: 'later', scheduled_at }, '')
  expect((await bo.getScheduledPosts(teamId, true)).data).toHaveProperty(teamId)
  await bo.updateScheduledPost({ ...planned.data, message: 'much later' }, '')
  await bo.deleteScheduledPost(at.bo.id, planned.data.id, '')
}

export const sendFiles = async ({ at, bo, channelId }: Day) => {
  const form = new FormData()
  form.append('files', new File([Buffer.from(pixel, 'base64')], 'Bild.png'))
  form.append('channel_id', channelId)
  form.append('client_ids', 'mine')
  const [info] = (await bo.uploadFile(form)).file_infos
  const id = info?.id ?? ''
  const post = await bo.createPost({ channel_id: channelId, message: 'with a file', file_ids: [id] } as never)
  expect(await bo.getFileInfosForPost(post.id)).toMatchObject([{ id, name: 'Bild.png' }])
  const base = `${at.server.url}/api/v4/files/${id}`
  for (const part of ['', '/thumbnail', '/preview']) {
    await fetchAs(bo, `${base}${part}`)
    await fetchAs(bo, `${base}${part}`, 'HEAD')
  }
  await fetchAs(bo, `${base}/info`)
  const { link } = await bo.getFilePublicLink(id)
  const open = link.replace(new URL(link).origin, at.server.url)
  for (const method of ['GET', 'HEAD']) expect((await fetch(open, { method })).ok).toBe(true)
  const headers = { authorization: `Bearer ${bo.getToken()}` }
  const body = JSON.stringify({ channel_id: channelId, filename: 'a.txt', file_size: 3, type: 'attachment' })
  const upload = (await (
    await fetch(`${at.server.url}/api/v4/uploads`, { method: 'POST', headers, body })
  ).json()) as { id: string }
  await fetchAs(bo, `${at.server.url}/api/v4/uploads/${upload.id}`)
  await fetchAs(bo, `${at.server.url}/api/v4/users/me/uploads`)
  const sent = await fetch(`${at.server.url}/api/v4/uploads/${upload.id}`, {
    method: 'POST',
    headers,
    body: 'abc',
  })
  expect(await sent.json()).toMatchObject({ name: 'a.txt', size: 3 })
}

export const search = async ({ bo, teamId, channelId }: Day) => {
  const post = await bo.createPost({ channel_id: channelId, message: 'Strahlzeitantrag' })
  expect((await bo.searchPosts(teamId, 'Antrag', false)).order).toEqual([post.id])
  expect((await bo.searchPostsWithParams(teamId, { terms: 'Antrag', is_or_search: true })).order).toEqual([
    post.id,
  ])
  expect((await bo.searchPostsWithParams('', { terms: 'Antrag', is_or_search: true })).order).toEqual([
    post.id,
  ])
}
