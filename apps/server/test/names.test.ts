/**
 * Names are readable for others: no invisible characters, none that change the direction of other text, and
 * at least one visible character.
 */
import { type Place, place, refused } from '@plausch/testkit'
import { bookmarks, categories, channels, groups, presence, readableName, teams, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rows } from './rows.ts'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

type Schema = { properties?: Record<string, Schema>; items?: Schema; type?: string; 'x-name'?: string }
const fieldsOf = (schema: Schema | undefined, path = ''): [string, Schema][] => [
  ...Object.entries(schema?.properties ?? {}).flatMap(([name, each]): [string, Schema][] => [
    [`${path}${name}`, each],
    ...fieldsOf(each, `${path}${name}.`),
  ]),
  ...(schema?.items ? fieldsOf(schema.items, `${path}[].`) : []),
]

describe('the contract', () => {
  const shown = /(^|\.)(display_name|nickname|first_name|last_name|position|company_name|header|purpose)$/
  /** Dialogs go from an integration to one person, and are not stored. */
  const isKept = (id: string) => !id.startsWith('interactions.')
  const fields = rows
    .filter(({ operation }) => isKept(operation.id))
    .flatMap(({ operation }) =>
      fieldsOf(operation.body as Schema | undefined)
        .filter(([name, { type }]) => type === 'string' && shown.test(name))
        .map(([name, schema]): [string, Schema] => [`${operation.id} ${name}`, schema]),
    )

  it('has such fields', () => {
    expect(fields.length).toBeGreaterThan(20)
  })

  it.each(fields)('marks %s as a name', (_, schema) => {
    expect(schema['x-name']).toBeDefined()
  })
})

describe('a name', () => {
  it.each([
    ['Eve\u202Egnp.exe', 'Evegnp.exe'],
    ['\u200BAna\u200E\u200F \u2066x\u2069', 'Ana x'],
    ['A\u206Ana\uFFF9\uFFFC\uFEFF\u{E0041}', 'Ana'],
    ['A\u0000n\u0007a\u00AD', 'Ana'],
    ['An\na', 'An a'],
    ['A\u200Dn\u200Ca', 'Ana'],
    ['👩\u200D💻 Ana', '👩\u200D💻 Ana'],
    ['👩🏽\u200D💻', '👩🏽\u200D💻'],
    ['❤\uFE0F\u200D🔥', '❤\uFE0F\u200D🔥'],
    [
      '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
      '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
    ],
    ['می\u200Cخواهم', 'می\u200Cخواهم'],
    ['क्\u200Dष', 'क्\u200Dष'],
    ['a\u0301', 'a\u0301'],
    [' \u200B\u202E\u3164', ''],
    ['\u2800\u00A0', ''],
    ['', ''],
  ])('%j is kept as %j', (given, expected) => {
    expect(readableName(given, 'name')).toBe(expected)
  })

  it('does not include texts: they keep their lines and joiners, but lose direction characters', () => {
    expect(readableName('eins\nzwei\u200D\u202E\u2067x', 'text')).toBe('eins\nzwei\u200Dx')
  })
})

const odd = 'N\u202Eame\u200B\u{E0041}'
const empty = '\u200B\u202E'

it('H37: is cleaned for people, and in their status', async () => {
  const body = { nickname: odd, first_name: odd, last_name: empty, position: odd }
  const user = await at.ana.call(users.patch, { params: { user_id: at.ana.id }, body })
  expect(user).toMatchObject({ nickname: 'Name', first_name: 'Name', last_name: '', position: 'Name' })
  await at.ana.call(presence.setCustom, {
    params: { user_id: at.ana.id },
    body: { emoji: 'tada', text: odd },
  })
  const again = await at.ana.call(users.get, { params: { user_id: at.ana.id } })
  expect(JSON.parse(again.props?.customStatus ?? '{}')).toMatchObject({ text: 'Name' })
})

it('is cleaned for things that people create, and refused without a visible character', async () => {
  const team = { name: 'namedteam', type: 'O' as const }
  expect(await at.root.call(teams.create, { body: { ...team, display_name: odd } })).toMatchObject({
    display_name: 'Name',
  })
  const invalid = 'api.context.invalid_body_param.app_error'
  await refused(
    invalid,
    at.root.call(teams.create, { body: { ...team, name: 'other', display_name: empty } }),
  )
  const channel = { team_id: at.team.id, type: 'O' as const }
  const made = await at.ana.call(channels.create, {
    body: { ...channel, name: 'named', display_name: odd, header: 'a\u202E\nb', purpose: 'p\u2067' },
  })
  expect(made).toMatchObject({ display_name: 'Name', header: 'a\nb', purpose: 'p' })
  await refused(
    invalid,
    at.ana.call(channels.create, { body: { ...channel, name: 'no', display_name: empty } }),
  )
  await refused(
    invalid,
    at.ana.call(channels.patch, { params: { channel_id: made.id }, body: { display_name: empty } }),
  )
  const group = { source: 'custom', allow_reference: true, user_ids: [at.bo.id] }
  expect(
    await at.root.call(groups.create, { body: { ...group, name: 'named', display_name: odd } }),
  ).toMatchObject({ display_name: 'Name' })
  await refused(invalid, at.root.call(groups.create, { body: { ...group, name: 'no', display_name: empty } }))
  const params = { user_id: at.ana.id, team_id: at.team.id }
  const category = { ...params, channel_ids: [], type: 'custom' as const }
  expect(
    await at.ana.call(categories.create, { params, body: { ...category, display_name: odd } }),
  ).toMatchObject({ display_name: 'Name' })
  const bookmark = { type: 'link' as const, link_url: 'https://a.example' }
  expect(
    await at.ana.call(bookmarks.create, {
      params: { channel_id: made.id },
      body: { ...bookmark, display_name: odd },
    }),
  ).toMatchObject({ display_name: 'Name' })
})
