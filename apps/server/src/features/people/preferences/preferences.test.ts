import { type Person, type Place, place, refused } from '@plausch/testkit'
import { type Preference, preferences, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const about = (person: Person) => ({ user_id: person.id })
const of = (person: Person, name: string, value: string, category = 'theme'): Preference => ({
  user_id: person.id,
  category,
  name,
  value,
})
const kept = async (person: Person) => await person.call(preferences.list, { params: about(person) })

describe('saving preferences', () => {
  it('returns what was saved, and sends the event to the person’s own clients only', async () => {
    const { ana, bo, root } = at
    const [own, others, admins] = [await ana.listen(), await bo.listen(), await root.listen()]
    const body = [of(ana, 'b', '1'), of(ana, 'a', 'ä\n"', 'display_settings'), of(ana, '', 'no name')]
    await ana.call(preferences.save, { params: about(ana), body })
    expect(await kept(ana)).toEqual([body[1], body[2], body[0]])
    const params = { ...about(ana), category: 'theme' }
    expect(await ana.call(preferences.listCategory, { params })).toEqual([body[2], body[0]])
    expect(JSON.parse((await own.next('preferences_changed')).preferences)).toEqual(body)
    for (const listener of [others, admins]) {
      await listener.settle()
      expect(listener.all('preferences_changed')).toEqual([])
    }
  })

  it('keeps the last of several values for one name, and distinguishes similar names', async () => {
    const { bo } = at
    const body = [
      of(bo, 'x', 'first'),
      of(bo, 'b\nc', 'one', 'a'),
      of(bo, 'c', 'two', 'a\nb'),
      of(bo, 'x', 'last'),
    ]
    await bo.call(preferences.save, { params: about(bo), body })
    const values = (await kept(bo)).map((each) => each.value).sort()
    expect(values).toEqual(['last', 'one', 'two'])
  })

  it('refuses preferences that belong to others, are empty, too long or too many', async () => {
    const { ana, bo } = at
    const before = await kept(bo)
    const save = (body: Preference[]) => bo.call(preferences.save, { params: about(bo), body })
    await refused('preferences.foreign', save([of(bo, 'good', '1'), of(ana, 'bad', '1')]))
    for (const body of [
      [],
      [of(bo, 'n'.repeat(33), '1')],
      [of(bo, 'n', '1', '')],
      [of(bo, 'n', 'v'.repeat(20_001))],
      [of(bo, 'n', 'a\0b')],
      Array.from({ length: 101 }, (_, n) => of(bo, `${n}`, '1')),
    ]) {
      await refused('api.context.invalid_body_param.app_error', save(body))
    }
    const hundred = Array.from({ length: 100 }, (_, n) => of(bo, `${n}`, 'v'.repeat(20_000)))
    await bo.call(preferences.save, { params: about(bo), body: hundred })
    await bo.call(preferences.remove, { params: about(bo), body: hundred })
    expect(await kept(bo)).toEqual(before)
  })
})

describe('removing preferences', () => {
  it('deletes the given ones and sends the event', async () => {
    const { ana } = at
    await ana.call(preferences.save, {
      params: about(ana),
      body: [of(ana, 'stays', '1'), of(ana, 'goes', '1')],
    })
    const listener = await ana.listen()
    const body = [of(ana, 'goes', ''), of(ana, 'was never there', '')]
    await ana.call(preferences.remove, { params: about(ana), body })
    const names = (await kept(ana)).map((each) => each.name)
    expect(names).toContain('stays')
    expect(names).not.toContain('goes')
    expect(JSON.parse((await listener.next('preferences_deleted')).preferences)).toEqual(body)
  })
})

describe('access to preferences', () => {
  it('is for the person, and for people who may edit accounts', async () => {
    const { ana, bo, root } = at
    await refused('api.context.permissions.app_error', bo.call(preferences.list, { params: about(ana) }))
    const body = [of(ana, 'x', '1')]
    await refused(
      'api.context.permissions.app_error',
      bo.call(preferences.save, { params: about(ana), body }),
    )
    await refused(
      'api.context.permissions.app_error',
      bo.call(preferences.remove, { params: about(ana), body }),
    )
    await root.call(preferences.save, { params: about(ana), body })
    expect(await kept(ana)).toContainEqual(body[0])
  })

  it('is answered with not found for a person who does not exist', async () => {
    const nobody = { user_id: 'a'.repeat(26) }
    const body = [{ ...nobody, category: 'theme', name: 'x', value: '1' }]
    await refused('users.not_found', at.root.call(preferences.save, { params: nobody, body }))
    expect((await at.root.call(users.get, { params: { user_id: 'me' } })).id).toBe(at.root.id)
  })
})
