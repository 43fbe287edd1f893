import {
  converge,
  dropDatabase,
  freshDatabase,
  type Person,
  type Place,
  place,
  refused,
  signUp,
  startServer,
  stranger,
} from '@plausch/testkit'
import { audit, settings, terms, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
  await config(true)
})
afterAll(() => at.stop())

const config = (isOn: boolean) =>
  at.root.call(settings.patch, { body: { SupportSettings: { CustomTermsOfServiceEnabled: isOn } } })
const about = (person: Person) => ({ user_id: person.id })
const write = (text: string, translations = {}) =>
  at.root.call(terms.create, { body: { text, translations } })
const confirm = (by: Person, termsOfServiceId: string, accepted = true, whom = by) =>
  by.call(terms.confirm, { params: about(whom), body: { termsOfServiceId, accepted } })
const confirmed = (by: Person, whom = by) => by.call(terms.ofUser, { params: about(whom) })
const me = (by: Person) => by.call(users.get, { params: { user_id: 'me' } })
const told = async (by: Person) => (await by.call(settings.client)).CustomTermsOfServiceId

describe('the terms', () => {
  it('exist after an administrator has written some, and clients learn of each version', async () => {
    await refused('terms.not_found', at.bo.call(terms.latest))
    expect(await told(at.bo)).toBe('')
    const socket = await at.eve.listen()
    const first = await write('Be kind.')
    expect(first).toMatchObject({ text: 'Be kind.', user_id: at.root.id })
    await socket.next('config_changed', ({ config: map }) => map.CustomTermsOfServiceId === first.id)
    expect(await at.bo.call(terms.latest)).toEqual(first)
    expect(await told(at.bo)).toBe(first.id)
    expect((await write('Be kind.')).id).toBe(first.id)
    const second = await write('Be kind to all.')
    expect(second.id).not.toBe(first.id)
    expect(await at.bo.call(terms.latest)).toEqual(second)
    await config(true)
    expect(await told(at.bo)).toBe(second.id)
  })

  it('are listed for administrators, in all languages, also while they are off', async () => {
    await write('Read this.', { de: 'Lesen Sie dies.' })
    const newest = await write('Read that.', { de: 'Lesen Sie das.' })
    await config(false)
    const found = await at.root.call(terms.list)
    expect(found[0]).toMatchObject({ id: newest.id, text: 'Read that.', user_id: at.root.id })
    expect(found.slice(0, 2).map(({ translations }) => translations)).toEqual([
      { de: 'Lesen Sie das.' },
      { de: 'Lesen Sie dies.' },
    ])
    expect(await at.root.call(terms.list, { query: { page: 1 } })).toEqual([])
    for (const page of [-1, 0]) expect(await at.root.call(terms.list, { query: { page } })).toEqual(found)
    await refused('api.context.permissions.app_error', at.bo.call(terms.list))
    await config(true)
  })

  it('are in the language of the reader, if a translation exists', async () => {
    const dora = await signUp(at.server, 'dora', at.team.invite_id)
    await dora.call(users.patch, { params: about(dora), body: { locale: 'de' } })
    await write('Please read.', { de: 'Bitte lesen.' })
    expect((await dora.call(terms.latest)).text).toBe('Bitte lesen.')
    expect((await at.bo.call(terms.latest)).text).toBe('Please read.')
    await write('Please read again.')
    expect((await dora.call(terms.latest)).text).toBe('Please read again.')
  })

  it('can be written by administrators, and must not be empty', async () => {
    await refused('api.context.permissions.app_error', at.ana.call(terms.create, { body: { text: 'Mine.' } }))
    await refused('api.context.invalid_body_param.app_error', write(''))
    await refused('api.context.invalid_body_param.app_error', write(' \n '))
    await refused('api.context.invalid_body_param.app_error', write('x'.repeat(16_384)))
  })

  it('are still the latest after a restart', async () => {
    const databaseUrl = await freshDatabase()
    const before = await startServer({}, databaseUrl)
    const root = await signUp(before, 'root')
    const { id } = await root.call(terms.create, { body: { text: 'For good.' } })
    await before.stop()
    const after = await startServer({}, databaseUrl)
    expect(await stranger(after).call(settings.client)).toMatchObject({ CustomTermsOfServiceId: id })
    await after.stop()
    await dropDatabase(databaseUrl)
  })
})

describe('accepting the terms', () => {
  it('is for oneself only, and is shown to administrators but nobody else', async () => {
    const { id } = await write('Confirm me.')
    const { ana, bo, eve, root } = at
    await refused('terms.not_confirmed', confirmed(bo))
    await converge([bo], () => confirm(bo, id))
    const mine = await confirmed(bo)
    expect(mine).toMatchObject({ user_id: bo.id, terms_of_service_id: id })
    expect(await me(bo)).toMatchObject({
      terms_of_service_id: id,
      terms_of_service_create_at: mine.create_at,
    })
    for (const by of [ana, eve, root]) {
      await refused('api.context.permissions.app_error', confirmed(by, bo))
      await refused('api.context.permissions.app_error', confirm(by, id, true, bo))
    }
    expect(await eve.call(users.get, { params: about(bo) })).toMatchObject({
      terms_of_service_id: '',
      terms_of_service_create_at: 0,
    })
    const [entry] = await bo.call(audit.listOfUser, { params: about(bo) })
    expect(entry).toMatchObject({ extra_info: `terms=${id} accepted=true` })
  })

  it('can be taken back, and needs an existing version', async () => {
    const { bo } = at
    const { id } = await write('And me.')
    await confirm(bo, id)
    await confirm(bo, id, false)
    await refused('terms.not_confirmed', confirmed(bo))
    expect((await me(bo)).terms_of_service_id).toBe('')
    await refused('terms.not_found', confirm(bo, 'a'.repeat(26)))
  })

  it('is refused if there are no terms', async () => {
    const { id } = await write('Off.')
    await config(false)
    await refused('terms.off', at.bo.call(terms.latest))
    await refused('terms.off', confirm(at.bo, id))
    await config(true)
  })
})
