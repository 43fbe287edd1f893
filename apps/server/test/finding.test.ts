/**
 * Everything with a name is found by it as messages are by their words: without accents, and with umlauts in
 * either spelling.
 */
import { channelOf, type Person, type Place, place, signUp } from '@plausch/testkit'
import { channels, groups, settings, teams, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nameForms } from '../src/core/folding.ts'

let at: Place
let anne: Person
let maria: Person
beforeAll(async () => {
  at = await place()
  anne = await signUp(at.server, 'xq1', at.team.invite_id)
  maria = await signUp(at.server, 'xq2', at.team.invite_id)
  const name = (person: Person, body: Record<string, string>) =>
    person.call(users.patch, { params: { user_id: person.id }, body })
  await name(anne, { first_name: 'Änne', last_name: 'Özdemir', nickname: 'Éva' })
  await name(maria, { first_name: 'Мария', last_name: 'Łukaszewska-Strauß', nickname: 'Søs' })
  for (const [n, display_name] of ['Größenplanung Süd', 'Ärztekammer'].entries())
    await at.ana.call(channels.create, {
      body: { team_id: at.team.id, name: `gr${n}`, display_name, type: 'O' },
    })
})
afterAll(() => at.stop())

const ofAnne = [
  'anne',
  'aenne',
  'änne',
  'ÄNNE',
  'a\u0308nne',
  'oez',
  'oz',
  'öz',
  'özdemir',
  'eva',
  'éva',
  'anne ozd',
  'aenne oezd',
  'Änne Özdemir',
]
const ofMaria = ['мария', 'МАР', 'lukas', 'łukas', 'sos', 'søs', 'lukaszewska-strauss']

describe.each([
  ...ofAnne.map((term): [string, () => Person] => [term, () => anne]),
  ...ofMaria.map((term): [string, () => Person] => [term, () => maria]),
])('%s finds somebody', (term, whom) => {
  it('in suggestions and in lists', async () => {
    const offered = await at.bo.call(users.autocomplete, { query: { name: term, in_team: at.team.id } })
    expect(offered.users.map(({ id }) => id)).toEqual([whom().id])
    const found = await at.bo.call(users.search, { body: { term } })
    expect(found.map(({ id }) => id)).toEqual([whom().id])
  })

  it('in a channel and among conversations', async () => {
    const room = await channelOf(at.ana, at.team, 'P', [whom()])
    const { users: inside } = await at.ana.call(users.autocomplete, {
      query: { name: term, in_channel: room.id, in_team: at.team.id },
    })
    expect(inside.map(({ id }) => id)).toEqual([whom().id])
    const group = await at.ana.call(channels.createGroup, { body: [at.ana.id, at.bo.id, whom().id] })
    const found = await at.ana.call(channels.searchGroups, { body: { term } })
    expect(found.map(({ id }) => id)).toContain(group.id)
  })
})

it.each(['grossen', 'groessen', 'größen', 'sued', 'SÜD'])('%s finds a channel', async (term) => {
  const body = { term }
  const params = { team_id: at.team.id }
  const names = (list: readonly { display_name: string }[]) => list.map(({ display_name }) => display_name)
  expect(names(await at.bo.call(channels.search, { params, body }))).toEqual(['Größenplanung Süd'])
  expect(names(await at.bo.call(channels.autocomplete, { params, query: { name: term } }))).toEqual([
    'Größenplanung Süd',
  ])
  expect(names(await at.ana.call(channels.autocompleteForSearch, { params, query: { name: term } }))).toEqual(
    ['Größenplanung Süd'],
  )
})

it('finds teams and groups', async () => {
  await at.root.call(teams.create, {
    body: { name: 'kueche-team', display_name: 'Bühne & Küche', type: 'O' },
  })
  const group = await at.root.call(groups.create, {
    body: {
      name: 'qgroup',
      display_name: 'Größen',
      source: 'custom',
      allow_reference: true,
      user_ids: [at.bo.id],
    },
  })
  for (const term of ['buehne', 'buhne', 'bühne', 'KÜCHE']) {
    const found = await at.root.call(teams.search, { body: { term } })
    expect(JSON.stringify(found), term).toContain('Bühne & Küche')
  }
  for (const q of ['groessen', 'grossen', 'größ']) {
    const found = await at.root.call(groups.list, { query: { q } })
    expect(
      found.map(({ id }) => id),
      q,
    ).toEqual([group.id])
  }
})

it('does not search full names if these are hidden', async () => {
  await at.root.call(settings.patch, { body: { PrivacySettings: { ShowFullName: false } } })
  const ids = async (term: string) => (await at.bo.call(users.search, { body: { term } })).map(({ id }) => id)
  expect(await ids('oezdemir')).toEqual([])
  expect(await ids('eva')).toEqual([anne.id])
  await at.root.call(settings.patch, { body: { PrivacySettings: { ShowFullName: true } } })
})

it('folds names in the database as the server does', async () => {
  const names = [
    'Änne',
    'ÖZ',
    'Straße',
    'STRAẞE',
    'Søren',
    'Łódź',
    'Đorđe',
    'Éva',
    'Ǽ',
    'Œuvre',
    'Мария',
    'ЁЖ',
    'Їжак',
    'Αθήνα',
    'ΟΔΟΣ',
    'a\u0308',
    'İstanbul',
    'ılgaz',
    'plain',
    'þ',
    'Ð',
  ]
  for (const name of names) {
    const row = await at.server.app.pool.row<{ forms: string }>('select name_forms($1) as forms', [name])
    expect([...new Set(row?.forms.split('\n'))], name).toEqual(nameForms(name))
  }
})
