/**
 * The contract of the bus: two servers on one database, connected by a driver, agree in the end, whatever the
 * driver does to their messages. Each driver must pass this test.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { ApiFault } from '@plausch/client'
import {
  channelOf,
  type Person,
  type Place,
  place,
  signIn,
  signUp,
  startServer,
  type TestServer,
  write,
} from '@plausch/testkit'
import {
  channels,
  members,
  posts,
  presence,
  reactions,
  roles,
  search,
  sessions,
  settings,
  users,
} from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { newTrigger, openTrigger } from '../../src/features/integrations/interactions/triggers.ts'
import { type Line, nastyLine, soundLine } from './lines.ts'
import { expectOrder, watch } from './watcher.ts'

const patience = { timeout: 120_000, interval: 50 }
const SEED = Number(process.env.BUS_SEED ?? 20_261_129)

const statusOf = (work: Promise<unknown>): Promise<number> =>
  work.then(
    () => 200,
    (fault: unknown) => {
      if (fault instanceof ApiFault) return fault.status
      throw fault
    },
  )

const lines: [string, () => Line][] = [
  ['a sound line', soundLine],
  ['a line that loses, doubles, delays and reorders', () => nastyLine(SEED)],
]

describe.each(lines)('two servers on %s', { timeout: 300_000 }, (_name, openLine) => {
  let at: Place
  let line: Line
  let second: TestServer
  /** The same people with a session on each server. */
  let ana: Person[]
  let bo: Person[]
  let root: Person[]

  const onBoth = async (person: Person): Promise<Person[]> => [person, await signIn(second, person.username)]
  const one = <T>(both: readonly T[], index: number): T => {
    const found = both[index % 2]
    if (found === undefined) throw new Error('there are two')
    return found
  }

  beforeAll(async () => {
    line = openLine()
    at = await place({ driver: line.driver() })
    second = await startServer(
      { driver: line.driver(), blobFolder: at.server.blobFolder },
      at.server.databaseUrl,
    )
    ana = await onBoth(at.ana)
    bo = await onBoth(at.bo)
    root = await onBoth(at.root)
  })
  afterAll(async () => {
    await second.stop()
    await at.stop()
  })

  it('show everybody the same in the end, in the order of the channel, and nothing twice', async () => {
    const room = await channelOf(one(ana, 0), at.team, 'O', [at.bo])
    const look = { channels: [room, at.townSquare], team: at.team }
    const watchers = await Promise.all(
      [at.server, second].flatMap((server) => [at.ana, at.bo].map((person) => watch(server, person, look))),
    )
    const busy = async (index: number) => {
      const [writer, reader] = [one(ana, index), one(bo, index)]
      const root = await write(writer, room, `root ${index}`)
      for (let n = 0; n < 12; n += 1) {
        const post = await write(reader, room, `message ${index} ${n} @${at.ana.username}`)
        const params = { post_id: post.id }
        if (n % 3 === 0) await reader.call(posts.patch, { params, body: { message: `edited ${index} ${n}` } })
        if (n % 4 === 0) await write(writer, room, `answer ${n}`, root.id)
        if (n % 5 === 0)
          await writer.call(reactions.save, {
            body: { user_id: writer.id, post_id: post.id, emoji_name: 'smile' },
          })
        if (n % 6 === 5) await reader.call(posts.remove, { params })
        if (n % 4 === 3)
          await writer.call(channels.patch, {
            params: { channel_id: room.id },
            body: { header: `${index} ${n}` },
          })
        await write(writer, at.townSquare, `elsewhere ${index} ${n}`)
      }
    }
    await Promise.all([busy(0), busy(1)])
    await one(ana, 1).call(users.patch, { params: { user_id: 'me' }, body: { nickname: 'A.' } })
    for (const watcher of watchers) await watcher.agrees()
    for (const watcher of watchers) expectOrder(watcher)
    for (const watcher of watchers) watcher.stop()
  })

  it('send a removed person nothing more, and an added person everything', async () => {
    const room = await channelOf(one(ana, 0), at.team, 'P', [at.bo])
    const look = { channels: [room], team: at.team }
    const own = await Promise.all([watch(at.server, at.bo, look), watch(second, at.bo, look)])
    const others = await watch(second, at.ana, look)
    const params = { channel_id: room.id, user_id: at.bo.id }
    await one(ana, 0).call(members.remove, { params })
    /** Did one of Bo's clients get a message that Ana got? */
    const isTold = async (word: string) => {
      await write(one(ana, 0), room, word)
      await vi
        .waitFor(() => expect(others.hasHeard(word)).toBe(true), { timeout: 5000, interval: 20 })
        .catch(() => undefined)
      return own.some((each) => each.hasHeard(word))
    }
    await vi.waitFor(async () => expect(await isTold(`wait ${Math.random()}`)).toBe(false), patience)
    for (let n = 0; n < 5; n += 1) await isTold(`secret ${n}`)
    await others.agrees()
    for (const each of own) {
      await each.agrees()
      expect(each.hasHeard('secret')).toBe(false)
      expect(each.client.channels.records.has(room.id)).toBe(false)
    }
    await one(ana, 1).call(members.add, { params: { channel_id: room.id }, body: { user_id: at.bo.id } })
    await vi.waitFor(async () => {
      const word = `back ${Math.random()}`
      await write(one(ana, 0), room, word)
      await vi.waitFor(() => expect(own.every((each) => each.hasHeard(word))).toBe(true), { timeout: 3000 })
    }, patience)
    for (const each of [...own, others]) each.stop()
  })

  it('agree on rights, settings and statuses', async () => {
    const look = { channels: [at.townSquare], team: at.team }
    const watchers = await Promise.all([watch(at.server, at.ana, look), watch(second, at.ana, look)])
    const role = await one(root, 0).call(roles.getByName, { params: { role_name: 'channel_user' } })
    const grant = (permissions: readonly string[]) =>
      one(root, 0).call(roles.patch, {
        params: { role_id: role.id },
        body: { permissions: [...permissions] },
      })
    await grant(role.permissions.filter((each) => each !== 'create_post'))
    const attempt = () => statusOf(write(one(bo, 1), at.townSquare, 'may I?'))
    await vi.waitFor(async () => expect(await attempt()).toBe(403), patience)
    await grant(role.permissions)
    await vi.waitFor(async () => expect(await attempt()).toBe(200), patience)
    await one(root, 1).call(settings.patch, { body: { TeamSettings: { SiteName: 'Two' } } })
    await vi.waitFor(
      () => expect(at.server.app.server.settings().TeamSettings.SiteName).toBe('Two'),
      patience,
    )
    const body = { user_id: at.ana.id, status: 'dnd' as const }
    await one(ana, 0).call(presence.set, { params: { user_id: 'me' }, body })
    await vi.waitFor(async () => {
      const told = await one(bo, 1).call(presence.get, { params: { user_id: at.ana.id } })
      expect(told.status).toBe('dnd')
    }, patience)
    for (const watcher of watchers) await watcher.agrees()
    for (const watcher of watchers) watcher.stop()
  })

  it('end a session on both', async () => {
    const kim = await signUp(at.server, 'kim', at.team.invite_id)
    const there = await signIn(second, kim.username)
    const look = { channels: [at.townSquare], team: at.team }
    const watcher = await watch(second, kim, look)
    await kim.call(sessions.revokeAll, { params: { user_id: kim.id } })
    await vi.waitFor(() => expect(watcher.client.connection.get()).not.toBe('open'), patience)
    const own = { params: { user_id: 'me' } }
    for (const call of [there.call, watcher.client.call])
      await vi.waitFor(async () => expect(await statusOf(call(users.get, own))).toBe(401), patience)
    watcher.stop()
  })

  it('know who is connected to the other server, and who types there', async () => {
    const look = { channels: [at.townSquare], team: at.team }
    const watcher = await watch(second, at.ana, look)
    const { hub } = at.server.app.server
    await vi.waitFor(() => expect(hub.isOnline(at.ana.id)).toBe(true), patience)
    const listener = await one(bo, 0).listen()
    await vi.waitFor(async () => {
      await listener.act('user_typing', { channel_id: at.townSquare.id, parent_id: '' })
      await sleep(50)
      expect(watcher.heard.flat().some(({ event }) => event === 'typing')).toBe(true)
    }, patience)
    listener.close()
    watcher.stop()
    await vi.waitFor(() => expect(hub.isOnline(at.ana.id)).toBe(false), patience)
  })

  it('find what the other server has indexed, in words that only it knows', async () => {
    const room = await channelOf(at.ana, at.team, 'P', [at.bo])
    const found = async (by: Person, terms: string): Promise<string[]> => {
      const result = await by.call(search.posts, { body: { terms } })
      return result.order.map((id) => result.posts[id]?.message ?? '')
    }
    await write(one(ana, 0), room, 'Quarz')
    // The second server has looked the word up, and could remember the answer.
    for (let round = 0; round < 2; round += 1) expect(await found(one(bo, 1), 'Quarz')).toEqual(['Quarz'])
    await write(one(ana, 0), room, 'Rosenquarzkette')
    expect(await found(one(bo, 0), 'Rosenquarzkette')).toEqual(['Rosenquarzkette'])
    expect(await found(one(bo, 1), 'Quarz')).toEqual(['Rosenquarzkette', 'Quarz'])
  })

  it('accept what the other server has signed', async () => {
    const signer = at.server.app.server
    const opener = second.app.server
    const { clientId, trigger } = await newTrigger(signer, at.ana.id, 1000)
    expect(await openTrigger({ db: opener.db, server: opener }, trigger, 1000)).toEqual({
      clientId,
      userId: at.ana.id,
    })
  })

  it('have lost messages if the driver loses some', () => {
    expect(line.lost() > 0).toBe(openLine !== soundLine)
  })
})
