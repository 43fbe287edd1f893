/**
 * Eve must not learn that a private channel exists: not as a stranger to the team, not as a member of it who
 * is not in the channel. The test sends every operation with the channel's id and name. The answer must be
 * the same as for a channel that does not exist, and no event may reach her. The one accepted exception is a
 * name that is taken in her own team.
 */
import {
  channelOf,
  type Listener,
  type Person,
  type Place,
  place,
  sendFile,
  signUp,
  write,
} from '@plausch/testkit'
import {
  actions,
  bookmarks,
  type Channel,
  channels,
  members,
  type Operation,
  type Post,
  posts,
  uploads,
} from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressOf, fullSampleOf, NOBODY, paramsOf, rows, sampleOf, takesRecord } from './rows.ts'

const MARK = 'xylophon'

let at: Place
let insider: Person
let secret: Channel
let post: Post
let file: string
let upload: string
let bookmark: string

beforeAll(async () => {
  at = await place()
  insider = await signUp(at.server, 'eva', at.team.invite_id)
  secret = await at.ana.call(channels.create, {
    body: { team_id: at.team.id, name: MARK, display_name: MARK, type: 'P', header: MARK, purpose: MARK },
  })
  await at.ana.call(members.add, { params: { channel_id: secret.id }, body: { user_id: at.bo.id } })
  post = await write(at.ana, secret, `${MARK} @${insider.username} @all`)
  file = (await sendFile(at.ana, secret, `${MARK}.txt`, MARK)).id
  await at.ana.call(posts.create, { body: { channel_id: secret.id, message: MARK, file_ids: [file] } })
  const begun = { channel_id: secret.id, filename: MARK, file_size: 9 }
  bookmark = (
    await at.ana.call(bookmarks.create, {
      params: { channel_id: secret.id },
      body: { type: 'link', display_name: MARK, link_url: `https://${MARK}.example` },
    })
  ).id
  upload = (await at.ana.call(uploads.create, { body: begun })).id
})
afterAll(() => at.stop())

type Ids = { channel: string; name: string; post: string; file: string; upload: string; bookmark: string }

/** Replaces the ids and names of one thing in a sample by those of another. */
const about = (value: unknown, key: string, ids: Ids): unknown => {
  if (Array.isArray(value))
    return value.length > 0 ? value.map((each) => about(each, key, ids)) : [ids.channel]
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, about(each, name, ids)]))
  }
  if (typeof value !== 'string') return value
  if (key === 'post_id' || key === 'root_id') return ids.post
  if (key.includes('channel') || value === NOBODY) return ids.channel
  if (key === 'term' || key === 'name') return ids.name
  return value
}

const paramsFor = (operation: Operation, ids: Ids): Record<string, string> =>
  Object.fromEntries(
    paramsOf(operation).map((name) => {
      if (name === 'user_id') return [name, 'me']
      if (name === 'team_id') return [name, at.team.id]
      if (name === 'team_name') return [name, at.team.name]
      if (name === 'channel_id') return [name, ids.channel]
      if (name === 'channel_name') return [name, ids.name]
      if (name === 'post_id') return [name, ids.post]
      if (name === 'file_id') return [name, ids.file]
      if (name === 'bookmark_id') return [name, ids.bookmark]
      if (name === 'upload_id') return [name, ids.upload]
      return [name, name.endsWith('_id') ? ids.channel : ids.name]
    }),
  )

const optionalOf = (operation: Operation): Record<string, unknown> => {
  const schema = operation.body as { properties?: Record<string, { pattern?: string }> } | undefined
  const names = Object.keys(schema?.properties ?? {})
  return Object.fromEntries(
    names.filter((name) => /channel|root_id|post/.test(name)).map((name) => [name, NOBODY]),
  )
}

/** A reply without the parts that always differ. */
const neutral = (text: string, ids: Ids): string =>
  text
    .replaceAll(ids.channel, '<channel>')
    .replaceAll(ids.post, '<post>')
    .replaceAll(ids.file, '<file>')
    .replaceAll(ids.bookmark, '<bookmark>')
    .replaceAll(ids.upload, '<upload>')
    .replaceAll(ids.name, '<name>')
    .replaceAll(/"request_id":"\w+"/g, '')
    .replaceAll(
      /"(last_activity_at|create_at|update_at|id|invite_id|expires_at|token|last_update_at|seq_reply|server_time)":("\w+"|\d+)/g,
      '',
    )

/** A record that repeats its own id, as the path has it. */
const withItsId = (operation: Operation, body: unknown, params: Record<string, string>): unknown => {
  if (typeof body !== 'object' || body === null || !('id' in body) || !operation.path.endsWith('_id}'))
    return body
  return { ...body, id: params[paramsOf(operation).at(-1) ?? ''] }
}

/** The answer of the operation for these ids: status and body, without the parts that always differ. */
const answer = async (person: Person, operation: Operation, ids: Ids): Promise<string> => {
  const query = Object.keys(operation.query ?? {})
    .filter((name) => /channel|before|after|term|name/.test(name))
    .map(
      (name) =>
        `${name}=${name.includes('channel') ? ids.channel : /before|after/.test(name) ? ids.post : ids.name}`,
    )
  const sample = takesRecord(operation) ? sampleOf(operation.body as never) : undefined
  const full =
    Array.isArray(sample) || sample === undefined
      ? sample
      : { ...optionalOf(operation), ...(sample as object) }
  const params = paramsFor(operation, ids)
  const response = await fetch(`${at.server.url}${addressOf(operation, params)}?${query.join('&')}`, {
    method: operation.method,
    headers: { authorization: `Bearer ${person.api.token()}` },
    ...(full === undefined
      ? {}
      : { body: JSON.stringify(withItsId(operation, about(full, '', ids), params)) }),
  })
  const text = await response.text()
  return `${response.status} ${neutral(text, ids)}`
}

const real = (): Ids => ({ channel: secret.id, name: MARK, post: post.id, file, upload, bookmark })
const none: Ids = {
  channel: NOBODY,
  name: 'qwertzuiop',
  post: NOBODY,
  file: NOBODY,
  upload: NOBODY,
  bookmark: NOBODY,
}

/** Operations that end their own session, or change users. */
const notAsked = new Set([
  'sessions.logout',
  'sessions.revokeAll',
  'passwords.change',
  'sessions.login',
  'teams.removeMember',
])
/** The accepted exception: a channel name that is taken in her own team. */
const mayCollide = new Set(['channels.create'])

const cases: [string, () => Person][] = [
  ['a member of the team', () => insider],
  ['a stranger to the team', () => at.eve],
]

describe.each(cases)('%s', (_, who) => {
  it.each(
    rows
      .filter(({ operation }) => !notAsked.has(operation.id))
      .map(({ operation }) => [operation.id, operation] as const),
  )('gets the same answer from %s as for a missing channel', async (id, operation) => {
    const answered = await answer(who(), operation, real())
    if (!mayCollide.has(id)) expect(answered).toBe(await answer(who(), operation, none))
    expect(answered).not.toContain(MARK)
    expect(answered).not.toContain(secret.id)
    expect(answered).not.toContain(post.id)
  })

  it.each(Object.entries(actions))(
    'gets the same answer from the action %s as for a missing channel',
    async (name, schema) => {
      const [listener, known] = [await who().listen(), await at.bo.listen()]
      const ask = async (ids: Ids) =>
        neutral(JSON.stringify(await listener.act(name, about(fullSampleOf(schema), '', ids) as object)), ids)
      expect(await ask(real())).toBe(await ask(none))
      await known.settle()
      // And people in the channel hear nothing of her.
      const heard = known.events.filter(({ event }) => event !== 'hello')
      expect(JSON.stringify(heard)).not.toContain(who().id)
    },
  )

  it('gets no event of the channel', async () => {
    const listener: Listener = await who().listen()
    const known = await at.bo.listen()
    const written = await write(at.ana, secret, `again @${insider.username}`)
    await at.ana.call(posts.patch, { params: { post_id: written.id }, body: { message: 'changed' } })
    await at.ana.call(posts.remove, { params: { post_id: written.id } })
    await at.ana.call(channels.patch, {
      params: { channel_id: secret.id },
      body: { header: `${MARK} ${Math.random()}` },
    })
    await at.ana.call(channels.archive, { params: { channel_id: secret.id } })
    await at.root.call(channels.restore, { params: { channel_id: secret.id } })
    await known.next('channel_restored')
    await listener.settle()
    const heard = JSON.stringify(listener.events)
    for (const word of [secret.id, MARK, written.id]) expect(heard).not.toContain(word)
    await listener.act('user_typing', { channel_id: secret.id })
    await known.settle()
    expect(known.all('typing')).toEqual([])
  })
})

it('gets every event until she is removed, and nothing afterwards', async () => {
  const channel = await channelOf(at.ana, at.team, 'P', [insider])
  const listener = await insider.listen()
  await write(at.ana, channel, 'while in')
  await listener.next('posted', (data) => data.post.includes('while in'))
  await at.ana.call(members.remove, { params: { channel_id: channel.id, user_id: insider.id } })
  await write(at.ana, channel, 'once out')
  await listener.settle()
  expect(listener.all('posted').some((data) => data.post.includes('once out'))).toBe(false)
  expect(listener.all('user_removed')).toEqual([{ channel_id: channel.id, remover_id: at.ana.id }])
})
