/**
 * Input that must break no operation: extreme numbers in bodies and URLs, words instead of numbers, and
 * missing bodies. Generated from the contract. The requests are permitted ones of the permission matrix, from
 * an administrator, so they reach the database.
 */
import { place, unlimited } from '@plausch/testkit'
import type { Operation } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { features } from '../src/features/index.ts'
import type { Draft } from './matrix/draft.ts'
import { draftOf, isSuccess, send } from './matrix/request.ts'
import { build, type Scene } from './matrix/scene.ts'
import { table } from './matrix/table.ts'
import type { Kase } from './matrix/who.ts'
import { NOBODY, operationNamed, paramsOf, rows, type Schema, sampleOf, takesRecord } from './rows.ts'

let scene: Scene
beforeAll(async () => {
  scene = await build(await place({ fixed: unlimited }))
})
afterAll(() => scene.at.stop())

const MALFORMED = 'api.context.invalid_body_param.app_error'

/** A request that an administrator may send, or else a member of the channel. */
const allowedDraft = (operation: Operation): Promise<Draft> => {
  const cases = Object.entries(table[operation.id] ?? {})
  for (const actor of ['root', 'inside', 'anonymous'] as const) {
    const found = cases.find(([, actors]) => actors.includes(actor))
    if (found) return draftOf(scene, operation, found[0] as Kase, actor)
  }
  return draftOf(scene, operation, (cases[0]?.[0] ?? 'any') as Kase, 'root')
}

/** Operations that end the caller's access, or the channels and teams that the others use. */
const endsTheScene = (id: string) =>
  /^(sessions\.(logout|revokeAll)|passwords\.change)$|\.(archive|remove|deactivate|demote|move|convertGroup)$/.test(
    id,
  )

const ask = async (operation: Operation, change: (draft: Draft) => void) => {
  const draft = await allowedDraft(operation)
  change(draft)
  const answer = await send(operation.id, draft)
  await draft.after?.()
  return answer
}

type Way = readonly (string | number)[]

/** The paths to all numbers in a body. */
const numbersIn = (schema: Schema, way: Way = []): Way[] => [
  ...(schema.type === 'integer' || schema.type === 'number' ? [way] : []),
  ...(schema.anyOf ?? []).flatMap((each) => numbersIn(each, way)),
  ...(schema.items ? numbersIn(schema.items, [...way, 0]) : []),
  ...Object.entries(schema.properties ?? {}).flatMap(([name, each]) => numbersIn(each, [...way, name])),
]

const put = (value: unknown, [key, ...rest]: Way, number: number): unknown => {
  if (key === undefined) return number
  if (typeof key === 'number') return [put(Array.isArray(value) ? value[0] : {}, rest, number)]
  const record = (value ?? {}) as Record<string, unknown>
  return { ...record, [key]: put(record[key], rest, number) }
}

const FAR = [1e308, -1e308, -1, 0.5, 2 ** 53, 2 ** 63]

const withNumbers = rows.flatMap(({ operation }) =>
  takesRecord(operation)
    ? numbersIn(operation.body as Schema).map((way) => [operation.id, way.join('.'), operation, way] as const)
    : [],
)

it('finds numbers in bodies', () => expect(withNumbers.length).toBeGreaterThan(15))

it.each(withNumbers)('%s refuses or survives any number in %s', async (_, _name, operation, way) => {
  for (const number of FAR) {
    const { status, text } = await ask(operation, (draft) => {
      draft.body = put(draft.body ?? sampleOf(operation.body as Schema), way, number)
    })
    expect([500, 503], `${number}: ${text}`).not.toContain(status)
  }
})

const parts = rows.flatMap(({ operation }) =>
  Object.entries(operation.query ?? {}).map(
    ([name, { schema }]) => [operation.id, name, operation, schema as Schema] as const,
  ),
)

/** Texts that cannot be parsed as such a value, and texts that can. */
const wordsFor = (schema: Schema) => {
  if (schema.type === 'integer')
    return {
      unreadable: ['abc', '1795941274972.5', '1.5e12', '1e308', 'Infinity', '0x10', ' ', '9'.repeat(40)],
      readable: ['-1', '0', '1', '9007199254740992', '9'.repeat(18), '-922337203685477580'],
    }
  if (schema.type === 'boolean')
    return { unreadable: ['maybe', '2', 'yes'], readable: ['true', 'false', '1', '0', 't', 'F', 'True'] }
  if (schema.anyOf) return { unreadable: ['nonsense'], readable: [] }
  if (schema.pattern) return { unreadable: ['Not An Id', 'abc'], readable: [] }
  return { unreadable: [], readable: ['x'] }
}

const isPaging = (name: string) => name === 'page' || name === 'per_page'

describe.each(parts)('%s ?%s', (_, name, operation, schema) => {
  const { unreadable, readable } = wordsFor(schema)
  const read = (word: string) =>
    ask(operation, (draft) => {
      draft.query[name] = word
    })

  if (isPaging(name))
    it('takes its default if it cannot be parsed', async () => {
      const { status, text } = await read('')
      for (const word of unreadable) expect((await read(word)).status, `${word}: ${text}`).toBe(status)
    })
  else if (unreadable.length > 0)
    it('is refused if it cannot be parsed', async () => {
      for (const word of unreadable) {
        const { status, text } = await read(word)
        expect(status, word).toBe(400)
        if (operation.method !== 'HEAD') expect(JSON.parse(text), word).toMatchObject({ id: MALFORMED })
      }
    })

  it('is accepted, however large, and may be empty', async () => {
    if (endsTheScene(operation.id)) return
    const absent = await ask(operation, (draft) => {
      delete draft.query[name]
    })
    expect((await read('')).status).toBe(absent.status)
    for (const word of readable) {
      const { status, text } = await read(word)
      expect([500, 503], `${word}: ${text}`).not.toContain(status)
      if (status === 400) expect(JSON.parse(text), word).not.toMatchObject({ id: MALFORMED })
    }
  })
})

it('H23: refuses with v4’s id, which names the URL parameter that could not be parsed', async () => {
  const { at, rooms, people } = scene
  for (const [name = '', word = ''] of [
    ['since', '1795941274972.5'],
    ['since', '1.5e12'],
    ['before', 'abc'],
    ['include_deleted', 'maybe'],
  ]) {
    const response = await fetch(
      `${at.server.url}/api/v4/channels/${rooms.public.id}/posts?${name}=${word}`,
      {
        headers: { authorization: `Bearer ${people.inside.api.token()}` },
      },
    )
    const answer = (await response.json()) as { id: string; message: string }
    expect([response.status, answer.id]).toEqual([400, MALFORMED])
    expect(answer.message).toContain(name)
  }
})

it('logs a request for something that is not offered in one line, and not as a failure', async () => {
  const { server } = scene.at
  const [refusal] = features.flatMap((feature) => feature.refusals ?? [])
  const [method = '', path = ''] = refusal?.operation.split(' ') ?? []
  const response = await fetch(`${server.url}${path.replaceAll(/\{\w+\}/g, NOBODY)}`, { method })
  expect(response.status).toBe(501)
  const id = response.headers.get('x-request-id') ?? ''
  const lines = server.logged.filter((line) => line.includes(id)).map((line) => JSON.parse(line) as object)
  expect(lines).toEqual([expect.objectContaining({ level: 30, msg: 'answered api.unsupported' })])
  expect(JSON.stringify(lines)).not.toContain('stack')
})

const optional = rows.filter(({ operation }) => {
  const { properties, required = [] } = (operation.body ?? {}) as Schema
  return takesRecord(operation) && properties && required.length === 0
})

describe('a body without required fields', () => {
  it('exists in several operations', () => expect(optional.length).toBeGreaterThan(5))

  it.each(optional.map((row) => [row.operation.id, row.operation] as const))(
    'H24: may be absent from %s',
    async (id, operation) => {
      const empty = await ask(operation, (draft) => {
        draft.body = {}
      })
      const absent = await ask(operation, (draft) => {
        draft.body = undefined
      })
      expect(absent.status, absent.text).toBe(empty.status)
      if (['unreads.markUnread', 'interactions.press'].includes(id)) expect(isSuccess(absent)).toBe(true)
    },
  )
})

const contradicting = rows.flatMap(({ operation }) => {
  const names = Object.keys(((operation.body ?? {}) as Schema).properties ?? {})
  const inPath = paramsOf(operation).filter((name) => name.endsWith('_id'))
  const repeated = names.filter(
    (name) => inPath.includes(name) || (name === 'id' && operation.path.endsWith('_id}')),
  )
  return repeated.map((name) => [operation.id, name, operation] as const)
})

describe('an id that the path has as well', () => {
  it('is in several bodies', () => expect(contradicting.length).toBeGreaterThan(8))

  it.each(contradicting)('must not differ in %s: %s', async (_, name, operation) => {
    const { status, text } = await ask(operation, (draft) => {
      draft.body = { ...(draft.body as object), [name]: NOBODY }
    })
    expect(status).toBe(400)
    expect(JSON.parse(text)).toMatchObject({ id: MALFORMED, message: expect.stringContaining(`: ${name}.`) })
  })

  it('must not differ in a list of new members', async () => {
    const { status, text } = await ask(operationNamed('teams.addMembers'), (draft) => {
      draft.body = (draft.body as object[]).map((each) => ({ ...each, team_id: NOBODY }))
    })
    expect([status, text]).toEqual([400, expect.stringContaining(MALFORMED)])
  })
})

it.each([
  ['users.listByIds', []],
  ['users.listByUsernames', []],
  ['users.search', { term: '' }],
  ['roles.listByNames', []],
  ['presence.listByIds', []],
  ['posts.listByIds', []],
  ['members.listByIds', []],
  ['members.listGroupProfiles', []],
  ['teams.listMembersByIds', []],
  ['channels.listPublicByIds', []],
  ['search.posts', { terms: '' }],
  ['search.postsInTeam', { terms: '' }],
  ['search.files', { terms: '' }],
  ['search.filesInTeam', { terms: '' }],
])('%s asks for something', async (id, body) => {
  const { status, text } = await ask(operationNamed(id), (draft) => {
    draft.body = body
  })
  expect(status).toBe(400)
  expect(JSON.parse(text)).toMatchObject({ id: MALFORMED })
})

describe('an empty value', () => {
  it.each([
    ['users.search', { term: '' }],
    ['users.listByIds', []],
    ['users.listByUsernames', []],
    ['roles.listByNames', []],
    ['presence.listByIds', []],
    ['posts.listByIds', []],
    ['reactions.listOfPosts', []],
    ['channels.listPublicByIds', []],
    ['emoji.search', { term: '' }],
    ['search.posts', { terms: '' }],
    ['search.postsInTeam', { terms: '' }],
    ['search.files', { terms: '' }],
    ['search.filesInTeam', { terms: '' }],
  ])('is refused by %s: %j', async (id, body) => {
    const { status, text } = await ask(operationNamed(id), (draft) => {
      draft.body = body
    })
    expect([status, JSON.parse(text)]).toEqual([400, expect.objectContaining({ id: MALFORMED })])
  })

  it('is refused as the name of a channel', async () => {
    const { status } = await ask(operationNamed('channels.create'), (draft) => {
      draft.body = { ...(draft.body as object), name: '' }
    })
    expect(status).toBe(400)
  })
})
