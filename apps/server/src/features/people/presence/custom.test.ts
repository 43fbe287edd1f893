/** Custom statuses: their form, their end, and their events. */
import { converge, type Person, type Place, place, refused, signUp } from '@plausch/testkit'
import { type CustomStatus, preferences, presence, settings, users } from '@plausch/wire'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { endCustom } from './custom.ts'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())
afterEach(() => vi.useRealTimers())

const about = (person: Person) => ({ user_id: person.id })
const newcomer = () => signUp(at.server, 'carla', at.team.invite_id)
const set = (person: Person, body: CustomStatus, by = person) =>
  by.call(presence.setCustom, { params: about(person), body })
const clear = (person: Person, by = person) => by.call(presence.clearCustom, { params: about(person) })
const statusOf = async (person: Person) => {
  const { props } = await at.bo.call(users.get, { params: about(person) })
  return props.customStatus ? (JSON.parse(props.customStatus) as CustomStatus) : null
}
const recentOf = async (person: Person) => {
  const params = {
    ...about(person),
    category: 'custom_status',
    preference_name: 'recent_custom_statuses',
  }
  const { value } = await person.call(preferences.get, { params })
  return (JSON.parse(value) as CustomStatus[]).map(({ text }) => text)
}
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
const MALFORMED = 'api.context.invalid_body_param.app_error'

describe('a custom status', () => {
  it('is sent to everybody as a change of the account, and is in its props', async () => {
    const carla = await newcomer()
    const [own, other] = [await carla.listen(), await at.eve.listen()]
    await converge([carla, at.bo], () => set(carla, { emoji: 'palm_tree', text: 'Urlaub' }))
    const kept = { emoji: 'palm_tree', text: 'Urlaub', duration: '', expires_at: '0001-01-01T00:00:00Z' }
    expect(await statusOf(carla)).toEqual(kept)
    for (const socket of [own, other]) {
      const { user } = await socket.next('user_updated', (data) => data.user.id === carla.id)
      expect(typeof user.props).toBe('object')
      expect(JSON.parse((user.props as Record<string, string>).customStatus ?? '')).toEqual(kept)
    }
    await other.settle()
    expect(other.all('preferences_changed')).toEqual([])
    await clear(carla)
    expect(await statusOf(carla)).toBeNull()
    await clear(carla)
    await other.settle()
    expect(other.all('user_updated').filter(({ user }) => user.id === carla.id)).toHaveLength(2)
  })

  it('has an emoji or a text of at most 100 characters, and an end in the future', async () => {
    const carla = await newcomer()
    const wrong: CustomStatus[] = [
      {},
      { emoji: '', text: '  ' },
      { emoji: 'no such sign' },
      { text: 'x', duration: 'forever' },
      { text: 'x', duration: 'one_hour' },
      { text: 'x', duration: 'one_hour', expires_at: inHours(-1) },
      { text: 'x', expires_at: 'tomorrow' },
    ]
    for (const body of wrong) await refused(MALFORMED, set(carla, body))
    expect(await statusOf(carla)).toBeNull()
    await set(carla, { text: 'ü'.repeat(150), expires_at: inHours(1) })
    expect(await statusOf(carla)).toMatchObject({
      emoji: 'speech_balloon',
      text: 'ü'.repeat(100),
      duration: 'date_and_time',
    })
  })

  it('is cleared after its end, unless it was set again', async () => {
    const [carla, later] = [await newcomer(), await newcomer()]
    const socket = await at.eve.listen()
    await set(carla, { text: 'at lunch', duration: 'one_hour', expires_at: inHours(1) })
    await set(later, { text: 'away', duration: 'today', expires_at: inHours(5) })
    await at.bo.call(users.patch, { params: about(at.bo), body: { props: { customStatus: 'not JSON' } } })
    await endCustom(at.server.app.server)
    expect(await statusOf(carla)).not.toBeNull()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 3_600_000 })
    await endCustom(at.server.app.server)
    const isOver = ({ user }: { user: { id?: unknown; props?: unknown } }) =>
      user.id === carla.id && (user.props as Record<string, string>).customStatus === ''
    await socket.next('user_updated', isOver)
    expect(await statusOf(carla)).toBeNull()
    expect(await statusOf(later)).toMatchObject({ text: 'away' })
    await at.bo.call(users.patch, { params: about(at.bo), body: { props: {} } })
  })

  it('can be set by the person or by administrators, and is refused while the setting is off', async () => {
    const carla = await newcomer()
    await refused('api.context.permissions.app_error', set(carla, { text: 'x' }, at.bo))
    await refused('api.context.permissions.app_error', clear(carla, at.bo))
    await set(carla, { text: 'of root' }, at.root)
    expect(await statusOf(carla)).toMatchObject({ text: 'of root' })
    const config = (isOn: boolean) =>
      at.root.call(settings.patch, { body: { TeamSettings: { EnableCustomUserStatuses: isOn } } })
    await config(false)
    await refused('presence.custom_off', set(carla, { text: 'x' }))
    await config(true)
  })
})

describe('recent custom statuses', () => {
  it('are the last five, each once, newest first', async () => {
    const carla = await newcomer()
    for (const text of ['a', 'b', 'c', 'd', 'e', 'f', 'd']) await set(carla, { emoji: 'tea', text })
    expect(await recentOf(carla)).toEqual(['d', 'f', 'e', 'c', 'b'])
    const body = { emoji: 'tea', text: 'f' }
    await carla.call(presence.removeRecent, { params: about(carla), body })
    await carla.call(presence.removeRecentByPost, { params: about(carla), body: { ...body, text: 'b' } })
    expect(await recentOf(carla)).toEqual(['d', 'e', 'c'])
    await refused(
      'presence.no_such_status',
      carla.call(presence.removeRecent, { params: about(carla), body }),
    )
    await refused(
      'api.context.permissions.app_error',
      at.bo.call(presence.removeRecent, { params: about(carla), body }),
    )
  })

  it('can be read again after a client has stored invalid ones', async () => {
    const carla = await newcomer()
    const name = 'recent_custom_statuses'
    const one = { user_id: carla.id, category: 'custom_status', name, value: '{' }
    await carla.call(preferences.save, { params: about(carla), body: [one] })
    await set(carla, { text: 'again' })
    expect(await recentOf(carla)).toEqual(['again'])
  })
})
