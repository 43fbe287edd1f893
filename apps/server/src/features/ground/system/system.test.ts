import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Place, place, refused, stranger } from '@plausch/testkit'
import { settings, system } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

it('a ping is answered for everybody, and checks the database if asked to', async () => {
  const nobody = stranger(at.server)
  const answer = await nobody.call(system.ping)
  expect(answer).toEqual({
    status: 'OK',
    AndroidLatestVersion: '',
    AndroidMinVersion: '',
    IosLatestVersion: '',
    IosMinVersion: '',
    ActiveSearchBackend: 'database',
  })
  expect(await nobody.call(system.ping, { query: { get_server_status: true } })).toEqual({
    ...answer,
    database_status: 'OK',
  })
  expect(await nobody.call(system.ping, { query: { device_id: 'phone' } })).toEqual({
    ...answer,
    CanReceiveNotifications: 'false',
  })
})

it('the licence map has the one format that v4 knows', async () => {
  const nobody = stranger(at.server)
  expect(await nobody.call(system.license, { query: { format: 'old' } })).toMatchObject({
    IsLicensed: 'true',
    MFA: 'true',
  })
  await refused('api.context.invalid_url_param.app_error', nobody.call(system.license))
})

it('there are no limits, and only administrators get the number of accounts', async () => {
  const none = { maxUsersLimit: 0, maxUsersHardLimit: 0, postHistoryLimit: 0, lastAccessiblePostTime: 0 }
  expect(await at.root.call(system.limits)).toMatchObject({ ...none, activeUserCount: 4 })
  expect(await at.ana.call(system.limits)).toMatchObject({ ...none, activeUserCount: 0 })
  await refused('api.context.session_expired.app_error', stranger(at.server).call(system.limits))
})

it('administrators see the limit of accounts that they have set', async () => {
  await at.root.call(settings.patch, { body: { PlauschSettings: { MaxActiveUsers: 400 } } })
  expect(await at.root.call(system.limits)).toMatchObject({ maxUsersLimit: 400, activeUserCount: 4 })
  expect(await at.ana.call(system.limits)).toMatchObject({ maxUsersLimit: 0, activeUserCount: 0 })
  await at.root.call(settings.patch, { body: { PlauschSettings: { MaxActiveUsers: 0 } } })
})

it('there are no plugins', async () => {
  expect(await stranger(at.server).call(system.plugins)).toEqual([])
})

it('the time zones are listed', async () => {
  const zones = await at.ana.call(system.timezones)
  expect(zones).toEqual(expect.arrayContaining(['Europe/Berlin', 'America/New_York', 'UTC']))
  expect(new Set(zones).size).toBe(zones.length)
})

it('the replies about licences, agents and setup are empty', async () => {
  expect(await at.bo.call(system.agents)).toEqual([])
  expect(await at.bo.call(system.agentsStatus)).toEqual({ available: false })
  expect(await at.bo.call(system.licenseLoad)).toEqual({ load: 0 })
  expect(await at.bo.call(system.postsUsed)).toEqual({ count: 0 })
  expect(await at.bo.call(system.storageUsed)).toEqual({ bytes: 0 })
  expect(await at.bo.call(system.setUp)).toEqual({ name: 'FirstAdminSetupComplete', value: 'true' })
  expect(await at.root.call(system.completeSetUp)).toEqual({ status: 'OK' })
  await refused('api.context.permissions.app_error', at.bo.call(system.completeSetUp))
  const license = await at.bo.call(system.license, { query: { format: 'old' } })
  // Official clients warn if there are more accounts than this.
  expect(Number(license.Users)).toBe(2 ** 31 - 1)
})

it('the server is never busy, and only administrators may ask', async () => {
  expect(await at.root.call(system.busy)).toEqual({ busy: false, expires: 0 })
  await refused('api.context.permissions.app_error', at.ana.call(system.busy))
})

describe('reports of clients', () => {
  const configure = (EnableDeveloper: boolean) =>
    at.root.call(settings.patch, { body: { ServiceSettings: { EnableDeveloper } } })
  const reports = () =>
    at.server.logged
      .map((line) => JSON.parse(line) as { level: number; msg: string; message?: string; user?: string })
      .filter(({ msg }) => msg === 'a client reports')

  it('become plain text in the log: short, harmless, and errors only from administrators', async () => {
    const body = { level: 'ERROR', message: `\u001b[31mred\nline\u202e ${'x'.repeat(900)}` }
    const answer = await at.bo.call(system.log, { body })
    expect(answer.message).toHaveLength(400)
    expect(answer.message).toMatch(/^ \[31mred line /)
    expect(reports().at(-1)).toMatchObject({ level: 20, user: at.bo.id, message: answer.message })
    await at.root.call(system.log, { body: { level: 'ERROR', message: 'of root' } })
    expect(reports().at(-1)).toMatchObject({ level: 50, message: 'of root' })
  })

  it('need a session, except in developer mode', async () => {
    const log = () => stranger(at.server).call(system.log, { body: { level: 'ERROR', message: 'before' } })
    await refused('api.context.permissions.app_error', log())
    await configure(true)
    await log()
    expect(reports().at(-1)).toMatchObject({ level: 50, message: 'before', user: '' })
    await configure(false)
  })

  it('are dropped if one person sends too many', async () => {
    const log = () => at.ana.call(system.log, { body: { message: 'again' } })
    const flood = async () => {
      for (let n = 0; n < 122; n += 1) await log()
    }
    await refused('limits.too_many_requests', flood())
    await at.bo.call(system.log, { body: { message: 'still heard' } })
  })
})

describe('the target of a link', () => {
  const serve = async (answer: RequestListener) => {
    const server = createServer(answer)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const ask = (url: string) => at.bo.call(system.redirectLocation, { query: { url } })
  const configure = (body: Record<string, unknown>) =>
    at.root.call(settings.patch, { body: { ServiceSettings: body } })

  it('follows one redirect, and never one to internal addresses', async () => {
    const methods: (string | undefined)[] = []
    const short = await serve((request, reply) => {
      methods.push(request.method)
      reply.writeHead(302, { location: 'https://example.org/long' }).end()
    })
    expect(await ask(`${short}/inside`)).toEqual({ location: '' })
    expect(methods).toEqual([])
    await configure({ AllowedUntrustedInternalConnections: '127.0.0.1' })
    expect(await ask(`${short}/a`)).toEqual({ location: 'https://example.org/long' })
    expect(await ask(`${short}/a`)).toEqual({ location: 'https://example.org/long' })
    expect(methods).toEqual(['HEAD'])
    expect(await ask('file:///etc/passwd')).toEqual({ location: '' })
    await refused('api.context.invalid_url_param.app_error', ask(''))
    await configure({ EnableLinkPreviews: false })
    expect(await ask(`${short}/a`)).toEqual({ location: '' })
    await configure({ EnableLinkPreviews: true, AllowedUntrustedInternalConnections: '' })
  })

  it('is limited to a number of parallel requests per person, without affecting others', async () => {
    await configure({ AllowedUntrustedInternalConnections: '127.0.0.1' })
    const waiting: ServerResponse[] = []
    const slow = await serve((_request, reply) => void waiting.push(reply))
    const answers = Array.from({ length: 60 }, (_, n) =>
      at.bo
        .fetch(`/api/v4/redirect_location?url=${encodeURIComponent(`${slow}/${n}`)}`)
        .then(({ status }) => status),
    )
    // Requests above the limit are refused while the others wait.
    const refusals = () => Promise.all(answers.map((answer) => Promise.race([answer, undefined])))
    await expect.poll(async () => (await refusals()).filter((status) => status === 429).length).toBe(44)
    await expect.poll(() => waiting.length).toBe(16)
    const other = at.ana.call(system.redirectLocation, { query: { url: `${slow}/ana` } })
    await expect.poll(() => waiting.length).toBe(17)
    for (const reply of waiting) reply.writeHead(302, { location: 'https://example.org/' }).end()
    expect(await other).toEqual({ location: 'https://example.org/' })
    expect((await Promise.all(answers)).filter((status) => status === 200).length).toBe(16)
    // A refusal is not cached as an answer.
    const later = at.bo.call(system.redirectLocation, { query: { url: `${slow}/59` } })
    await expect.poll(() => waiting.length).toBe(18)
    waiting.at(-1)?.writeHead(302, { location: 'https://example.org/' }).end()
    expect(await later).toEqual({ location: 'https://example.org/' })
    await configure({ AllowedUntrustedInternalConnections: '' })
  })
})
