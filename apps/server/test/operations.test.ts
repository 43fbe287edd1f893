/**
 * Input that every operation must refuse, generated from the route tables: new operations are tested
 * automatically.
 */
import { type Place, place, unlimited } from '@plausch/testkit'
import type { Operation } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { features } from '../src/features/index.ts'
import type { OpenApi } from '../src/reference.ts'
import { addressOf, answersInWords, NOBODY, paramsOf, rows, sampleOf, takesRecord } from './rows.ts'

let at: Place
beforeAll(async () => {
  at = await place({ fixed: unlimited })
})
afterAll(() => at.stop())

/** Path parameters of an operation: the actor for people, otherwise ids that do not exist. */
const unknownParams = (operation: Operation): Record<string, string> =>
  Object.fromEntries(
    paramsOf(operation).map((name) => [
      name,
      name.endsWith('_id') && name !== 'user_id' ? NOBODY : name === 'user_id' ? 'me' : 'nobody-knows-this',
    ]),
  )

const bodyOf = (operation: Operation) =>
  takesRecord(operation) ? JSON.stringify(sampleOf(operation.body as never)) : undefined

const send = (
  operation: Operation,
  params: Record<string, string>,
  body: string | undefined,
  headers: Record<string, string> = {},
) =>
  fetch(`${at.server.url}${addressOf(operation, params)}`, {
    method: operation.method,
    headers,
    ...(body === undefined ? {} : { body }),
  })

const asBo = () => ({ authorization: `Bearer ${at.bo.api.token()}` })

const expectV4Error = async (response: Response, operation: Operation) => {
  expect(response.headers.get('content-type'), operation.id).toBe('application/json')
  if (!answersInWords(operation)) return
  const body = (await response.json()) as Record<string, unknown>
  expect(Object.keys(body).sort(), operation.id).toEqual([
    'detailed_error',
    'id',
    'message',
    'request_id',
    'status_code',
  ])
  expect(body.status_code).toBe(response.status)
  expect(body.request_id).toBe(response.headers.get('x-request-id'))
  expect(body.detailed_error).toBe('')
}

it('has one row for each method and path, and one id for each row', () => {
  const places = rows.map(
    ({ operation }) => `${operation.method} ${operation.path.replaceAll(/\{\w+\}/g, '{}')}`,
  )
  expect(new Set(places).size).toBe(places.length)
  expect(new Set(rows.map(({ operation }) => operation.id)).size).toBe(rows.length)
})

/** For something that does not exist, these answer that it does not exist, or exists no longer. */
const isAnsweredWithNothing = new Set(['teams.exists', 'drafts.remove', 'drafts.removeOfThread'])

describe.each(rows.map((row) => [row.operation.id, row] as const))('%s', (_, { operation, route }) => {
  if (!route.isOpen)
    it('refuses people who are not signed in', async () => {
      const credentials: Record<string, string>[] = [
        {},
        { authorization: 'Bearer no-token' },
        { cookie: 'MMAUTHTOKEN=nonsense' },
      ]
      for (const headers of credentials) {
        const response = await send(operation, unknownParams(operation), bodyOf(operation), headers)
        expect(response.status).toBe(401)
        await expectV4Error(response, operation)
      }
    })

  if (paramsOf(operation).length > 0)
    it('refuses an invalid path', async () => {
      for (const name of paramsOf(operation)) {
        const params = {
          ...unknownParams(operation),
          [name]: name.endsWith('_id') ? 'Not An Id' : 'not a name',
        }
        const response = await send(operation, params, bodyOf(operation), asBo())
        expect(response.status, name).toBe(400)
        await expectV4Error(response, operation)
      }
    })

  if (takesRecord(operation))
    it('refuses an invalid body', async () => {
      const { type } = operation.body as { type?: string }
      const isArray = type === 'array'
      const { required = [] } = operation.body as { required?: string[] }
      for (const body of [
        '{',
        '"text"',
        type === 'integer' ? '7.5' : '7',
        isArray ? '{"a":1}' : '[7]',
        '{"__proto__":{"a":1}}',
        isArray ? '[{"a":[]}]' : required.length > 0 ? '' : '[]',
      ]) {
        const response = await send(operation, unknownParams(operation), body, asBo())
        expect(response.status, body).toBe(400)
        await expectV4Error(response, operation)
      }
    })

  it('answers a request for something that does not exist without an internal error', async () => {
    for (const token of [at.bo.api.token(), at.root.api.token()]) {
      if (['sessions.logout', 'sessions.revokeAll', 'passwords.change'].includes(operation.id)) continue
      const response = await send(operation, unknownParams(operation), bodyOf(operation), {
        authorization: `Bearer ${token}`,
      })
      const text = await response.text()
      expect([500, 503], text).not.toContain(response.status)
      const isAbout = paramsOf(operation).some((name) => name !== 'user_id' && name !== 'category')
      if (isAbout && !isAnsweredWithNothing.has(operation.id))
        expect(response.status, text).toBeGreaterThanOrEqual(400)
    }
  })
})

it('answers an unknown path, and an unknown method, with v4’s 404', async () => {
  for (const path of ['/api/v4/nothing', '/api/v4/users/me/nothing', '/api/v5/users', '/api/v4/']) {
    const response = await fetch(`${at.server.url}${path}`)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ id: 'api.context.404.app_error' })
  }
})

it('refuses input that is too long or too large', async () => {
  const long = await fetch(`${at.server.url}/api/v4/users?role=${'x'.repeat(3000)}`, { headers: asBo() })
  expect(long.status).toBe(414)
  const large = await fetch(`${at.server.url}/api/v4/posts`, {
    method: 'POST',
    headers: asBo(),
    body: 'x'.repeat(400_000),
  })
  expect(large.status).toBe(413)
})

it('does not let input reach a prototype', () => {
  expect(({} as Record<string, unknown>).a).toBeUndefined()
})

const refusals = features.flatMap((feature) => feature.refusals ?? [])

describe.each(refusals)('$operation', ({ operation, reason }) => {
  it('is refused on purpose, with the reason', async () => {
    const [method = '', path = ''] = operation.split(' ')
    const response = await fetch(`${at.server.url}${path.replaceAll(/\{\w+\}/g, NOBODY)}`, {
      method,
      headers: asBo(),
    })
    expect(response.status).toBe(501)
    const body = (await response.json()) as { id: string; message: string }
    expect(body.id).toBe('api.unsupported')
    expect(body.message).toContain(reason)
  })
})

it('tells robots to stay away', async () => {
  const response = await fetch(`${at.server.url}/robots.txt`)
  expect(await response.text()).toContain('Disallow: /')
})

describe('the API reference', () => {
  it('describes every operation, and no others', async () => {
    const document = (await (await fetch(`${at.server.url}/api/plausch/openapi.json`)).json()) as OpenApi
    const described = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    )
    expect(described.sort()).toEqual(rows.map(({ operation }) => operation.id).sort())
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)]
    for (const [, name = ''] of references) expect(document.components.schemas).toHaveProperty(name)
  })

  it('is a page for people, without scripts and without resources of other sites', async () => {
    const response = await fetch(`${at.server.url}/reference`)
    expect(response.headers.get('content-type')).toContain('text/html')
    const page = await response.text()
    for (const { operation } of rows) expect(page).toContain(`id="${operation.id}"`)
    expect(page).not.toMatch(/<script|https?:\/\//)
  })
})
