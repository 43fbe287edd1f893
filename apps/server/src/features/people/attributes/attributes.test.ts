import { type Person, type Place, place, refused, signUp, unique } from '@plausch/testkit'
import { type AttributeField, type AttributeValues, attributes, settings } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
let lea: Person
beforeAll(async () => {
  at = await place()
  lea = await signUp(at.server, 'lea', at.team.invite_id)
})
afterAll(() => at.stop())

const define = (
  type: AttributeField['type'],
  attrs: object = {},
  name = unique('field'),
): Promise<AttributeField> => at.root.call(attributes.createField, { body: { name, type, attrs } })
const set = (person: Person, values: AttributeValues) => person.call(attributes.patchOwn, { body: values })
const seen = (by: Person, of: Person) => by.call(attributes.list, { params: { user_id: of.id } })
const remove = (field: AttributeField) =>
  at.root.call(attributes.removeField, { params: { field_id: field.id } })

describe('a field', () => {
  it('is defined by administrators, and everybody gets the event', async () => {
    const socket = await lea.listen()
    const field = await define('text', { visibility: 'always' })
    expect(field).toMatchObject({ type: 'text', group_id: 'custom_profile_attributes', delete_at: 0 })
    expect(await socket.next('custom_profile_attributes_field_created')).toEqual({ field })
    expect(await lea.call(attributes.listFields, {})).toContainEqual(field)
    const body = { name: unique('mine'), type: 'text' as const }
    await refused('api.context.permissions.app_error', lea.call(attributes.createField, { body }))
    await refused('attributes.name_taken', define('text', {}, field.name))
    await remove(field)
    expect(await socket.next('custom_profile_attributes_field_deleted')).toEqual({ field_id: field.id })
    socket.close()
  })

  it('with options gives each option an id, and refuses equal names', async () => {
    const field = await define('select', { options: [{ name: 'Blue' }, { name: 'Red' }] })
    expect(field.attrs.options).toMatchObject([
      { id: expect.stringMatching(/^[a-z0-9]{26}$/), name: 'Blue' },
      { name: 'Red' },
    ])
    await refused('attributes.options', define('select'))
    await refused('attributes.options', define('select', { options: [{ name: 'Blue' }, { name: 'blue ' }] }))
    await remove(field)
  })

  it('loses its values when its type changes', async () => {
    const field = await define('text')
    await set(lea, { [field.id]: 'Building 7' })
    const socket = await lea.listen()
    const params = { field_id: field.id }
    await at.root.call(attributes.patchField, { params, body: { name: `${field.name}x` } })
    expect(await seen(at.bo, lea)).toEqual({ [field.id]: 'Building 7' })
    await at.root.call(attributes.patchField, { params, body: { type: 'date' } })
    expect(await seen(at.bo, lea)).toEqual({})
    await socket.next('custom_profile_attributes_field_updated', (data) => data.delete_values)
    socket.close()
    await remove(field)
  })

  it('is refused beyond twenty', async () => {
    const made = []
    for (let n = 0; n < 20; n += 1) made.push(await define('text'))
    await refused('attributes.limit', define('text'))
    for (const field of made) await remove(field)
  })
})

describe('a value', () => {
  it.each<[AttributeField['type'], object, string | string[], boolean]>([
    ['text', {}, 'Building 7', true],
    ['text', {}, '', true],
    ['text', {}, 'x'.repeat(65), false],
    ['text', {}, ['a'], false],
    ['text', { value_type: 'email' }, 'a@b', true],
    ['text', { value_type: 'email' }, 'a', false],
    ['text', { value_type: 'url' }, 'https://example.org', true],
    ['text', { value_type: 'url' }, 'javascript:alert(1)', false],
    ['text', { value_type: 'phone' }, '+49 40 1234', true],
    ['text', { value_type: 'phone' }, 'call me', false],
    ['date', {}, '2026-02-28', true],
    ['date', {}, 'tomorrow', false],
    ['user', {}, 'a'.repeat(26), false],
    ['select', { options: [{ name: 'Blue' }] }, 'Blue', false],
    ['multiselect', { options: [{ name: 'Blue' }] }, [], true],
    ['multiselect', { options: [{ name: 'Blue' }] }, 'Blue', false],
  ])('of type %s %j takes %j: %s', async (type, attrs, value, isGood) => {
    const field = await define(type, attrs)
    const attempt = set(lea, { [field.id]: value })
    if (isGood) expect(await attempt).toEqual({ [field.id]: value })
    else await refused('attributes.value', attempt)
    await remove(field)
  })

  it('can refer to people and options', async () => {
    const [deputy, colour] = [
      await define('multiuser'),
      await define('select', { options: [{ name: 'Blue' }] }),
    ]
    const blue = colour.attrs.options?.[0]?.id ?? ''
    const values = { [deputy.id]: [at.bo.id], [colour.id]: blue }
    await set(lea, values)
    expect(await seen(at.bo, lea)).toEqual(values)
    await at.root.call(attributes.patchField, {
      params: { field_id: colour.id },
      body: { attrs: { options: [{ name: 'Red' }] } },
    })
    expect(await seen(at.bo, lea)).toEqual({ [deputy.id]: [at.bo.id], [colour.id]: '' })
    for (const field of [deputy, colour]) await remove(field)
  })

  it('that is hidden is for its person and administrators, in events too', async () => {
    const [hidden, open] = [await define('text', { visibility: 'hidden' }), await define('text')]
    const [other, admin] = [await at.bo.listen(), await at.root.listen()]
    await set(lea, { [hidden.id]: 'secret', [open.id]: 'open' })
    expect(await seen(lea, lea)).toMatchObject({ [hidden.id]: 'secret' })
    expect(await seen(at.bo, lea)).toEqual({ [open.id]: 'open' })
    const told = await other.next('custom_profile_attributes_values_updated')
    expect(told).toEqual({ user_id: lea.id, values: { [open.id]: 'open' } })
    expect((await admin.next('custom_profile_attributes_values_updated')).values).toMatchObject({
      [hidden.id]: 'secret',
    })
    for (const socket of [other, admin]) socket.close()
    for (const field of [hidden, open]) await remove(field)
  })

  it('of a managed field can be set by administrators only', async () => {
    const field = await define('text', { managed: 'admin' })
    await refused('api.context.permissions.app_error', set(lea, { [field.id]: 'mine' }))
    const params = { user_id: lea.id }
    await at.root.call(attributes.patchOfUser, { params, body: { [field.id]: 'theirs' } })
    expect(await seen(at.bo, lea)).toEqual({ [field.id]: 'theirs' })
    await refused(
      'api.context.permissions.app_error',
      at.bo.call(attributes.patchOfUser, { params, body: {} }),
    )
    await remove(field)
  })

  it('that is invalid makes the whole request fail', async () => {
    const [good, bad] = [await define('text'), await define('date')]
    await refused('attributes.value', set(lea, { [good.id]: 'fine', [bad.id]: 'never' }))
    await refused('attributes.not_found', set(lea, { [good.id]: 'fine', ['a'.repeat(26)]: 'x' }))
    expect(await seen(lea, lea)).toEqual({})
    for (const field of [good, bad]) await remove(field)
  })
})

it('the server refuses attributes while they are off', async () => {
  await at.root.call(settings.patch, { body: { FeatureFlags: { CustomProfileAttributes: false } } })
  await refused('attributes.off', lea.call(attributes.listFields, {}))
  await at.root.call(settings.patch, { body: { FeatureFlags: { CustomProfileAttributes: true } } })
})
