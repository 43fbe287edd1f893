/**
 * Local copies against a real server: a client that starts from its copy ends in the same state as a fresh
 * one, and what people wrote and changed without the server arrives once.
 */
import {
  ApiFault,
  type Call,
  createState,
  type Exclusive,
  memoryDatabases,
  type OpenDatabase,
  type Refusal,
  type State,
} from '@plausch/client'
import { channelOf, type Person, type Place, place, shown, write } from '@plausch/testkit'
import { type Channel, members, posts, reactions, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

/** A person's connection, which can be cut; it counts successful calls. */
const connectionOf = (person: Person) => {
  const calls: string[] = []
  const connection = {
    isCut: false,
    calls,
    call: (async (operation, ...input) => {
      if (connection.isCut) throw new ApiFault('client.offline', 0, 'cut')
      const reply = await person.call(operation, ...input)
      calls.push(operation.id)
      return reply
    }) as Call,
  }
  return connection
}

type Device = { openDatabase: OpenDatabase; exclusive: Exclusive }

/** A device with a database and locks, as several tabs share them. */
const deviceFor = (): Device => {
  const held = new Map<string, Promise<unknown>>()
  return {
    openDatabase: memoryDatabases(),
    async exclusive(name, work) {
      const before = held.get(name) ?? Promise.resolve()
      const mine = before.catch(() => undefined).then(work)
      held.set(name, mine)
      return await mine
    },
  }
}

const refusals: Refusal[] = []

/** A client that has read what its device has, and not yet asked the server. */
const begin = async (person: Person, device: Device, call: Call = person.call): Promise<State> => {
  const state = createState({
    call,
    ...device,
    onRefused: (refusal) => refusals.push(refusal),
    onProblem(problem) {
      if (!(problem instanceof ApiFault && problem.status === 0)) throw problem
    },
  })
  await state.device.open(person.id)
  await state.copies.restore(state.load, () => true)
  await state.writings.adopt()
  return state
}

/** The server answers: the state catches up with it. */
const goOnline = async (state: State, channels: readonly Channel[]): Promise<void> => {
  await state.reload()
  state.copies.stamp()
  state.writings.resume()
  for (const { id } of channels) if (state.channels.records.has(id)) await state.posts.open(id)
  await state.settled()
}

const end = async (state: State): Promise<void> => {
  await state.settled()
  await state.device.flush()
  await state.device.close()
  state.clear()
}

const fresh = async (person: Person, channels: readonly Channel[]): Promise<State> => {
  const state = createState({ call: person.call })
  await goOnline(state, channels)
  return state
}

const textsOf = (state: State, { id }: Channel): string[] =>
  (state.posts.timelines.one(id) ?? [])
    .flatMap(({ ids }) => ids)
    .flatMap((each) => state.posts.records.one(each)?.message ?? [])

describe('a client that starts from its copy', () => {
  it('shows what was there, and then what happened meanwhile', async () => {
    const { ana, bo, team } = at
    const [stays, leaves] = [await channelOf(ana, team, 'O', [bo]), await channelOf(ana, team, 'P', [bo])]
    const texts = []
    for (let n = 0; n < 70; n++) texts.push(await write(ana, stays, `text ${n}`))
    const reply = await write(ana, stays, 'an answer', texts[69]?.id)
    await write(ana, leaves, 'soon secret')
    const device = deviceFor()
    const first = await begin(bo, device)
    await goOnline(first, [leaves, stays])
    const before = textsOf(first, stays).slice(-60)
    await end(first)

    const changed = texts[60]?.id ?? ''
    await ana.call(posts.patch, { params: { post_id: changed }, body: { message: 'edited' } })
    await ana.call(posts.remove, { params: { post_id: texts[65]?.id ?? '' } })
    await ana.call(posts.remove, { params: { post_id: reply.id } })
    await ana.call(reactions.save, { body: { user_id: ana.id, post_id: changed, emoji_name: 'smile' } })
    await ana.call(posts.pin, { params: { post_id: changed } })
    await ana.call(users.patch, { params: { user_id: ana.id }, body: { nickname: 'Nan' } })
    await write(ana, stays, 'new')
    await ana.call(members.remove, { params: { channel_id: leaves.id, user_id: bo.id } })

    const second = await begin(bo, device)
    expect(second.loads.get()).toBe(1)
    await second.posts.kept.restore(stays.id)
    expect(textsOf(second, stays)).toEqual(before)
    await goOnline(second, [stays, leaves])
    const other = await fresh(bo, [stays, leaves])
    expect(shown(second, [stays, leaves])).toEqual(shown(other, [stays, leaves]))
    expect(second.users.records.one(ana.id)?.nickname).toBe('Nan')
    expect(textsOf(second, stays)).toContain('edited')
    await second.settled()
    await second.device.flush()
    const kept = [...(await second.device.readAll('posts')).values()] as { message: string }[]
    const messages = kept.map(({ message }) => message)
    for (const gone of ['text 60', 'text 65', 'an answer', 'soon secret'])
      expect(messages, gone).not.toContain(gone)
    expect(messages).toEqual(expect.arrayContaining(['new', 'edited', 'text 69']))
    await end(second)
  })

  it('drops a copy that is too old, or of another version, and keeps what was written', async () => {
    const { bo, townSquare } = at
    const device = deviceFor()
    for (const stamp of [
      { schema: 1, at: Date.now() - 15 * 24 * 3_600_000 },
      { schema: 0, at: Date.now() },
    ]) {
      const first = await begin(bo, device)
      await goOnline(first, [townSquare])
      first.drafts.write(townSquare.id, '', { message: 'half a sen', fileIds: [] })
      await first.settled()
      await first.device.flush()
      await first.device.write([{ table: 'home', key: 'stamp', value: stamp }])
      await first.device.close()
      const second = await begin(bo, device)
      expect(second.loads.get()).toBe(0)
      expect((await second.device.readAll('posts')).size).toBe(0)
      expect(second.drafts.read(townSquare.id).message).toBe('half a sen')
      await second.device.close()
    }
  })
})

describe('without the server', () => {
  it('changes show at once, outlive a restart, and are sent once and in order', async () => {
    const { ana, bo, team } = at
    const channel = await channelOf(ana, team, 'O', [bo])
    const [first, own] = [await write(ana, channel, 'first'), await write(bo, channel, 'own')]
    const device = deviceFor()
    const connection = connectionOf(bo)
    const before = await begin(bo, device, connection.call)
    await goOnline(before, [channel])

    connection.isCut = true
    for (const n of [1, 2, 3, 4, 5]) before.posts.outbox.send(channel.id, `later ${n}`)
    await before.posts.react(first.id, 'smile', true)
    await before.posts.react(first.id, 'tada', true)
    await before.posts.react(first.id, 'tada', false)
    await before.posts.edit(own.id, 'half changed')
    await before.posts.edit(own.id, 'changed')
    await before.marked.pin(own, true)
    await before.marked.save(first.id, true)
    await before.unreads.view(channel.id)
    const seen = (state: State) => ({
      text: state.posts.records.one(own.id)?.message,
      isPinned: state.posts.records.one(own.id)?.is_pinned,
      reactions: state.posts.records.one(first.id)?.metadata.reactions?.map((each) => each.emoji_name),
      isSaved: state.marked.isSaved(first.id).get(),
      unread: state.unreads.ofChannel(channel.id).get().messages,
    })
    const wanted = { text: 'changed', isPinned: true, reactions: ['smile'], isSaved: true, unread: 0 }
    expect(seen(before)).toEqual(wanted)
    await end(before)

    const after = await begin(bo, device, connection.call)
    await after.posts.kept.restore(channel.id)
    expect(seen(after)).toEqual(wanted)
    expect(after.posts.outbox.byChannel.one(channel.id)).toHaveLength(5)
    connection.isCut = false
    connection.calls.length = 0
    await goOnline(after, [channel])
    await expect.poll(() => after.changes.waiting.get()).toBe(0)
    await after.settled()
    const written = connection.calls.filter((id) =>
      /^(posts\.(create|patch|pin)|reactions|preferences|unreads)/.test(id),
    )
    expect(written.toSorted()).toEqual(
      [
        ...Array.from({ length: 5 }, () => 'posts.create'),
        ...['posts.patch', 'posts.pin', 'preferences.save', 'unreads.view'],
        ...['reactions.save', 'reactions.save', 'reactions.remove'],
      ].toSorted(),
    )
    expect(seen(after)).toEqual(wanted)
    await goOnline(after, [channel])
    const other = await fresh(bo, [channel])
    await other.settled()
    expect(textsOf(other, channel).slice(-5)).toEqual([1, 2, 3, 4, 5].map((n) => `later ${n}`))
    expect(shown(after, [channel])).toEqual(shown(other, [channel]))
    expect((await after.device.readAll('changes')).size).toBe(0)
    expect((await after.device.readAll('outbox')).size).toBe(0)
    await end(after)
  })

  it('two tabs that come back at the same time send each thing once', async () => {
    const { ana, bo, team } = at
    const channel = await channelOf(ana, team, 'O', [bo])
    const post = await write(ana, channel, 'first')
    const device = deviceFor()
    const connection = connectionOf(bo)
    const tabs = [await begin(bo, device, connection.call), await begin(bo, device, connection.call)]
    for (const tab of tabs) await goOnline(tab, [channel])
    connection.isCut = true
    connection.calls.length = 0
    const [one, other] = tabs
    one?.posts.outbox.send(channel.id, 'from one')
    other?.posts.outbox.send(channel.id, 'from the other')
    await one?.posts.react(post.id, 'smile', true)
    for (const tab of tabs) await tab.settled()
    connection.isCut = false
    for (const tab of tabs) await tab.writings.adopt()
    for (const tab of tabs) tab.writings.resume()
    for (const tab of tabs) await tab.settled()
    const sent = connection.calls.filter((id) => ['posts.create', 'reactions.save'].includes(id))
    expect(sent.toSorted()).toEqual(['posts.create', 'posts.create', 'reactions.save'])
    for (const tab of tabs) {
      expect(tab.posts.outbox.byChannel.keys()).toEqual([])
      expect(tab.changes.waiting.get()).toBe(0)
      await end(tab)
    }
  })

  it('a change that the server refuses later is undone and reported', async () => {
    const { ana, bo, team } = at
    const channel = await channelOf(ana, team, 'O', [bo])
    const post = await write(ana, channel, 'of ana')
    const connection = connectionOf(bo)
    const state = await begin(bo, deviceFor(), connection.call)
    await goOnline(state, [channel])
    await expect(state.posts.edit(post.id, 'not mine')).rejects.toThrow(ApiFault)
    expect([state.posts.records.one(post.id)?.message, refusals]).toEqual(['of ana', []])
    connection.isCut = true
    await state.posts.edit(post.id, 'not mine')
    await state.posts.remove(post.id)
    expect(state.posts.records.has(post.id)).toBe(false)
    connection.isCut = false
    await goOnline(state, [channel])
    expect(textsOf(state, channel)).toContain('of ana')
    expect(refusals.map(({ kind, fault }) => [kind, fault.status])).toEqual([
      ['edit', 403],
      ['deletion', 403],
    ])
    const other = await fresh(bo, [channel])
    expect(shown(state, [channel])).toEqual(shown(other, [channel]))
    await end(state)
  })
})
