import { channelOf, type Person, type Place, place, refused, signIn, signUp, write } from '@plausch/testkit'
import { posts, presence, type StatusName, settings, users } from '@plausch/wire'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { sweep } from './service.ts'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())
afterEach(() => vi.useRealTimers())

/** A little longer than the server waits before a person without sockets counts as offline. */
const LONG = 10_000

const about = (person: Person) => ({ user_id: person.id })
const newcomer = () => signUp(at.server, 'pia', at.team.invite_id)
const statusOf = (person: Person, by: Person = at.bo) => by.call(presence.get, { params: about(person) })
const set = (person: Person, status: 'online' | 'away' | 'dnd' | 'offline', dnd_end_time = 0, by = person) =>
  by.call(presence.set, { params: about(person), body: { user_id: person.id, status, dnd_end_time } })
const becomes = (person: Person, status: StatusName) =>
  vi.waitFor(async () => expect(await statusOf(person)).toMatchObject({ status }), { timeout: 4000 })
/** Waits until the server has noticed that the person has no socket, and until its waiting time is over. */
const isGone = async (person: Person) => {
  await vi.waitFor(() => expect(at.server.app.server.hub.isOnline(person.id)).toBe(false))
  vi.advanceTimersByTime(LONG)
}
const sweepNow = () => sweep(at.server.app.server)

describe('the automatic status', () => {
  it('is online from the first socket to the last, also during a reload', async () => {
    const pia = await newcomer()
    expect(await statusOf(pia)).toEqual({
      user_id: pia.id,
      status: 'offline',
      manual: false,
      last_activity_at: 0,
      dnd_end_time: 0,
    })
    const [first, second] = [await pia.listen(), await pia.listen()]
    await becomes(pia, 'online')
    expect((await statusOf(pia)).last_activity_at).toBeGreaterThan(0)
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    first.close()
    second.close()
    await Promise.all([first.closed, second.closed])
    const third = await pia.listen()
    vi.advanceTimersByTime(LONG)
    expect(await statusOf(pia)).toMatchObject({ status: 'online' })
    expect(third.all('status_change').filter((data) => data.status === 'offline')).toEqual([])
    third.close()
    await isGone(pia)
    await becomes(pia, 'offline')
  })

  it('is away if a client says so, and online after input or writing', async () => {
    const pia = await newcomer()
    const socket = await pia.listen()
    await becomes(pia, 'online')
    await socket.act('user_update_active_status', { user_is_active: false, manual: false })
    expect(await statusOf(pia)).toMatchObject({ status: 'away', manual: false })
    await socket.act('user_update_active_status', { user_is_active: true })
    expect(await statusOf(pia)).toMatchObject({ status: 'online' })
    await socket.act('user_update_active_status', { user_is_active: false })
    await write(pia, at.townSquare, 'here I am')
    await becomes(pia, 'online')
  })

  it('is online after writing without a socket, until the time without input is over', async () => {
    const pia = await newcomer()
    const room = await channelOf(at.ana, at.team, 'O', [pia])
    const post = (set_online: boolean) =>
      pia.call(posts.create, { query: { set_online }, body: { channel_id: room.id, message: 'by a script' } })
    await post(false)
    await at.server.app.server.background.finished()
    expect(await statusOf(pia)).toMatchObject({ status: 'offline', last_activity_at: 0 })
    const { create_at } = await post(true)
    await becomes(pia, 'online')
    expect((await statusOf(pia)).last_activity_at).toBeGreaterThanOrEqual(create_at - 1)
    await sweepNow()
    expect(await statusOf(pia)).toMatchObject({ status: 'online' })
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(Date.now() + 61 * 60_000)
    await sweepNow()
    vi.useRealTimers()
    expect(await statusOf(pia)).toMatchObject({ status: 'offline' })
    await set(pia, 'dnd')
    await post(true)
    await at.server.app.server.background.finished()
    expect(await statusOf(pia)).toMatchObject({ status: 'dnd', manual: true })
  })

  it('is away after the time without input in the settings', async () => {
    const [pia, busy] = [await newcomer(), await newcomer()]
    const [socket] = [await pia.listen(), await busy.listen()]
    // A separate channel, because its clock will be far ahead.
    const ahead = await channelOf(busy, at.team, 'P')
    await Promise.all([becomes(pia, 'online'), becomes(busy, 'online')])
    const begin = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: begin + 3599_000 })
    await sweepNow()
    expect(await statusOf(pia)).toMatchObject({ status: 'online' })
    await write(busy, ahead, 'still here')
    await vi.waitFor(async () =>
      expect((await statusOf(busy)).last_activity_at).toBeGreaterThan(begin + 3_000_000),
    )
    vi.setSystemTime(begin + 3602_000)
    await sweepNow()
    expect(await statusOf(pia)).toMatchObject({ status: 'away', manual: false })
    expect(await statusOf(busy)).toMatchObject({ status: 'online' })
    expect(await socket.next('status_change', (data) => data.status === 'away')).toEqual({
      user_id: pia.id,
      status: 'away',
    })
    await at.root.call(settings.patch, { body: { TeamSettings: { UserStatusAwayTimeout: 60 } } })
    vi.setSystemTime(begin + 3599_000 + 61_000)
    await sweepNow()
    expect(await statusOf(busy)).toMatchObject({ status: 'away' })
    await at.root.call(settings.patch, { body: { TeamSettings: { UserStatusAwayTimeout: 3600 } } })
  })
})

describe('a status set by hand', () => {
  it.each(['away', 'dnd', 'offline'] as const)('%s stays, whatever happens automatically', async (status) => {
    const pia = await newcomer()
    const socket = await pia.listen()
    await becomes(pia, 'online')
    expect(await set(pia, status)).toMatchObject({ status, manual: true })
    await socket.act('user_update_active_status', { user_is_active: true })
    await write(pia, at.townSquare, 'do not mind me')
    await sweepNow()
    expect(await statusOf(pia)).toMatchObject({ status, manual: true })
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    socket.close()
    await socket.closed
    await isGone(pia)
    const again = await pia.listen()
    await again.settle()
    expect(await statusOf(pia)).toMatchObject({ status, manual: true })
    expect(await set(pia, 'online')).toMatchObject({ status: 'online', manual: false })
    await again.act('user_update_active_status', { user_is_active: false })
    expect(await statusOf(pia)).toMatchObject({ status: 'away', manual: false })
  })

  it('stays if it is set while the socket opens', async () => {
    const pia = await newcomer()
    const [socket] = await Promise.all([pia.listen(), set(pia, 'dnd')])
    await socket.act('user_update_active_status', { user_is_active: true })
    await socket.settle()
    expect(await statusOf(pia)).toMatchObject({ status: 'dnd', manual: true })
    const [row] = await at.server.app.pool.rows('select status, manual from statuses where user_id = $1', [
      pia.id,
    ])
    expect(row).toEqual({ status: 'dnd', manual: true })
  })

  it('can be set for oneself, by administrators for others, and by nobody else', async () => {
    const { ana, bo, root } = at
    await refused('api.context.permissions.app_error', set(ana, 'away', 0, bo))
    expect(await set(ana, 'away', 0, root)).toMatchObject({ user_id: ana.id, status: 'away' })
    const body = { user_id: bo.id, status: 'away' as const }
    await refused(
      'api.context.invalid_body_param.app_error',
      ana.call(presence.set, { params: about(ana), body }),
    )
    expect(await statusOf(bo)).toMatchObject({ status: 'offline' })
    await refused(
      'api.context.invalid_body_param.app_error',
      ana.call(presence.set, { params: about(ana), body: { user_id: ana.id, status: 'ooo' as 'away' } }),
    )
    await refused('users.not_found', root.call(presence.get, { params: { user_id: 'a'.repeat(26) } }))
    await set(ana, 'online')
  })
})

describe('do not disturb', () => {
  const SOON = () => Math.floor(Date.now() / 1000) + 3600

  it('takes an end in seconds, cut to the minute, and refuses one in the past', async () => {
    const pia = await newcomer()
    const end = SOON()
    expect(await set(pia, 'dnd', end)).toMatchObject({ status: 'dnd', dnd_end_time: end - (end % 60) })
    await refused('presence.end', set(pia, 'dnd', 1000))
    expect(await statusOf(pia)).toMatchObject({ dnd_end_time: end - (end % 60) })
    expect(await set(pia, 'dnd')).toMatchObject({ status: 'dnd', dnd_end_time: 0 })
    await sweepNow()
    expect(await statusOf(pia)).toMatchObject({ status: 'dnd' })
  })

  it('ends at its time: online for connected people, offline for others', async () => {
    const [here, gone, later] = [await newcomer(), await newcomer(), await newcomer()]
    for (const person of [here, gone, later]) await set(person, 'dnd', SOON())
    const past = 'update statuses set dnd_end_at = $2 where user_id = any($1::text[])'
    await at.server.app.pool.run(past, [[here.id, gone.id], Date.now() - 1])
    const socket = await here.listen()
    await vi.waitFor(() => expect(at.server.app.server.hub.isOnline(here.id)).toBe(true))
    expect(await statusOf(here)).toMatchObject({ status: 'dnd' })
    await sweepNow()
    expect(await statusOf(here)).toMatchObject({ status: 'online', manual: false, dnd_end_time: 0 })
    expect(await socket.next('status_change')).toEqual({ user_id: here.id, status: 'online' })
    expect(await statusOf(gone)).toMatchObject({ status: 'offline', manual: false, dnd_end_time: 0 })
    expect(await statusOf(later)).toMatchObject({ status: 'dnd', manual: true })
  })
})

describe('do not disturb with an end', () => {
  it('goes back to the earlier status by hand, even if the end was moved several times', async () => {
    const [away, open, ended] = [await newcomer(), await newcomer(), await newcomer()]
    const end = Math.floor(Date.now() / 1000) + 3600
    await set(away, 'away')
    await set(away, 'dnd', end)
    await set(away, 'dnd', end + 600)
    await set(open, 'dnd')
    await set(open, 'dnd', end)
    await set(ended, 'away')
    await set(ended, 'dnd', end)
    await set(ended, 'online')
    const ids = [away.id, open.id, ended.id]
    await at.server.app.pool.run(
      'update statuses set dnd_end_at = 1 where dnd_end_at > 0 and user_id = any($1::text[])',
      [ids],
    )
    await sweepNow()
    expect(await statusOf(away)).toMatchObject({ status: 'away', manual: true, dnd_end_time: 0 })
    expect(await statusOf(open)).toMatchObject({ status: 'dnd', manual: true, dnd_end_time: 0 })
    expect(await statusOf(ended)).toMatchObject({ status: 'online', manual: false })
  })
})

describe('privacy', () => {
  const config = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })
  const kept = async (person: Person) => {
    const sql = 'select last_activity_at from statuses where user_id = $1'
    const [row] = await at.server.app.pool.rows<{ last_activity_at: number }>(sql, [person.id])
    return row?.last_activity_at
  }

  it('the last activity of people who refuse it is neither shown nor stored', async () => {
    const pia = await newcomer()
    const socket = await pia.listen()
    await becomes(pia, 'online')
    await vi.waitFor(async () => expect(await kept(pia)).toBeGreaterThan(0))
    const wish = (value: string) =>
      pia.call(users.patch, { params: about(pia), body: { props: { show_last_active: value } } })
    await wish('false')
    expect(await kept(pia)).toBe(0)
    expect((await statusOf(pia, at.root)).last_activity_at).toBe(0)
    await socket.act('user_update_active_status', { user_is_active: false })
    await socket.act('user_update_active_status', { user_is_active: true })
    expect(await statusOf(pia)).toMatchObject({ status: 'online', last_activity_at: 0 })
    expect(await kept(pia)).toBe(0)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_700_000 })
    await sweepNow()
    expect(await statusOf(pia)).toMatchObject({ status: 'away' })
    await wish('true')
    expect((await statusOf(pia)).last_activity_at).toBeGreaterThan(0)
  })

  it('nobody’s last activity is stored if the settings say so', async () => {
    const pia = await newcomer()
    await pia.listen()
    await becomes(pia, 'online')
    await config({ TeamSettings: { EnableLastActiveTime: false } })
    expect((await statusOf(pia)).last_activity_at).toBe(0)
    await vi.waitFor(async () => expect(await kept(pia)).toBe(0), { timeout: 10_000 })
    await config({ TeamSettings: { EnableLastActiveTime: true } })
  })

  it('what is being stored while the settings change is not kept either', async () => {
    const { pool } = at.server.app
    await pool.run(`create function wait_for_gate() returns trigger language plpgsql
      as $$ begin perform pg_advisory_xact_lock(4711); return new; end $$`)
    await pool.run(
      'create trigger gate before insert on statuses for each row execute function wait_for_gate()',
    )
    const pia = await newcomer()
    const gate = await pool.connect()
    await gate.query('select pg_advisory_lock(4711)')
    await pia.listen()
    const waiting = `select 1 as n from pg_locks where locktype = 'advisory' and objid = 4711 and not granted`
    await expect.poll(async () => (await pool.rows(waiting)).length).toBe(1)
    await config({ TeamSettings: { EnableLastActiveTime: false } })
    expect((await statusOf(pia)).last_activity_at).toBe(0)
    await gate.end()
    await expect.poll(() => kept(pia)).toBe(0)
    await pool.run('drop function wait_for_gate() cascade')
    await config({ TeamSettings: { EnableLastActiveTime: true } })
  })

  it('statuses can be switched off altogether', async () => {
    const pia = await newcomer()
    await set(pia, 'dnd')
    await config({ ServiceSettings: { EnableUserStatuses: false } })
    await refused('presence.off', set(pia, 'away'))
    expect(await statusOf(pia)).toMatchObject({ status: 'offline' })
    expect(await at.bo.call(presence.listByIds, { body: [pia.id] })).toEqual([])
    await config({ ServiceSettings: { EnableUserStatuses: true } })
    expect(await statusOf(pia)).toMatchObject({ status: 'dnd' })
  })
})

describe('out of office', () => {
  const answer = (person: Person, isOn: boolean) => {
    const notify_props = { auto_responder_active: String(isOn), auto_responder_message: 'Bin im Urlaub.' }
    return person.call(users.patch, { params: about(person), body: { notify_props } })
  }

  it('follows the auto-responder, and setting a status by hand switches that off', async () => {
    const pia = await newcomer()
    await answer(pia, true)
    expect(await statusOf(pia)).toMatchObject({ status: 'offline' })
    await answer(pia, false)
    const config = (isOn: boolean) =>
      at.root.call(settings.patch, { body: { TeamSettings: { ExperimentalEnableAutomaticReplies: isOn } } })
    await config(true)
    const [socket, other] = [await pia.listen(), await at.eve.listen()]
    await becomes(pia, 'online')
    await answer(pia, true)
    expect(await socket.next('status_change', ({ status }) => status === 'ooo')).toMatchObject({
      user_id: pia.id,
    })
    await socket.act('user_update_active_status', { user_is_active: true })
    expect(await statusOf(pia)).toMatchObject({ status: 'ooo', manual: true })
    expect(await set(pia, 'dnd')).toMatchObject({ status: 'dnd' })
    const me = await pia.call(users.get, { params: { user_id: 'me' } })
    expect(me.notify_props.auto_responder_active).toBe('false')
    await answer(pia, true)
    await becomes(pia, 'ooo')
    await answer(pia, false)
    await becomes(pia, 'online')
    await other.settle()
    expect(other.all('status_change')).toEqual(
      other.all('status_change').filter(({ user_id }) => user_id === at.eve.id),
    )
    await config(false)
  })
})

describe('events about a status', () => {
  it('go to all clients of the person and to nobody else; others ask', async () => {
    const { bo, root } = at
    const pia = await newcomer()
    const [one, two] = [await pia.listen(), await (await signIn(at.server, pia.username)).listen()]
    const [friend, admin] = [await bo.listen(), await root.listen()]
    await becomes(pia, 'online')
    await set(pia, 'away')
    for (const socket of [one, two]) {
      expect(await socket.next('status_change', (data) => data.status === 'away')).toEqual({
        user_id: pia.id,
        status: 'away',
      })
    }
    for (const socket of [friend, admin]) {
      await socket.settle()
      expect(socket.all('status_change').filter((data) => data.user_id === pia.id)).toEqual([])
    }
    await set(pia, 'away')
    await one.settle()
    expect(one.all('status_change').filter((data) => data.status === 'away')).toHaveLength(1)
  })

  it('are complemented by requests for many people at once, over HTTP and socket', async () => {
    const { ana, bo } = at
    const pia = await newcomer()
    await set(pia, 'dnd')
    const body = [pia.id, ana.id, pia.id]
    expect(
      (await bo.call(presence.listByIds, { body })).map(({ user_id, status }) => [user_id, status]),
    ).toEqual([
      [pia.id, 'dnd'],
      [ana.id, (await statusOf(ana)).status],
    ])
    const socket = await bo.listen()
    expect((await socket.act('get_statuses_by_ids', { user_ids: [pia.id] })).data).toEqual({
      [pia.id]: 'dnd',
    })
    await vi.waitFor(async () => expect((await socket.act('get_statuses')).data).toHaveProperty(bo.id))
    expect((await socket.act('get_statuses')).data).not.toHaveProperty(pia.id)
    expect((await socket.act('get_statuses_by_ids', { user_ids: 'all' })).error?.id).toBe(
      'api.context.invalid_body_param.app_error',
    )
  })
})
