/** A pass that is interrupted: by an administrator, or by the end of the server. */
import {
  dropDatabase,
  freshDatabase,
  hurry,
  ldapSettings,
  ldifPerson,
  type Slapd,
  signUp,
  startServer,
  startSlapd,
  type TestServer,
  unique,
} from '@plausch/testkit'
import { directory, jobs, settings, teams } from '@plausch/wire'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'

const PEOPLE = 400
const LONG_MS = 120_000
const LONG = { timeout: 3 * LONG_MS }

let ldap: Slapd
beforeAll(async () => {
  ldap = await startSlapd()
  await ldap.load(Array.from({ length: PEOPLE }, (_, n) => ldifPerson({ uid: `p${n}` })).join(''))
})
afterAll(() => ldap.stop())

const connected = async (server: TestServer) => {
  const root = await signUp(server, 'root')
  const team = await root.call(teams.create, {
    body: { name: unique('team'), display_name: 'Team', type: 'I' },
  })
  await root.call(settings.patch, {
    body: { LdapSettings: ldapSettings(ldap), TeamSettings: { ExperimentalPrimaryTeam: team.name } },
  })
  return root
}

const countOf = async (server: TestServer) =>
  (await server.app.pool.row<{ people: number; ids: number; members: number }>(
    `select count(*) as people, count(distinct u.auth_data) as ids, count(m.user_id) as members
       from users u left join team_members m on m.user_id = u.id where u.auth_service = 'ldap'`,
  )) ?? { people: 0, ids: 0, members: 0 }

const someCame = (server: TestServer) =>
  vi.waitFor(async () => expect((await countOf(server)).people).toBeGreaterThan(0), {
    timeout: LONG_MS,
    interval: 5,
  })

const everybody = { people: PEOPLE, ids: PEOPLE, members: PEOPLE }

it('ends between two steps when somebody cancels it, and the next one does the rest', LONG, async () => {
  const server = await startServer()
  try {
    const root = await connected(server)
    const job = await root.call(jobs.create, { body: { type: 'ldap_sync' } })
    await someCame(server)
    // On a machine that stops this test at the wrong moment, the pass has ended meanwhile.
    const isLate = await root.call(jobs.cancel, { params: { job_id: job.id } }).then(
      () => false,
      () => true,
    )
    await hurry(server, 'jobs.run')
    const { status } = await root.call(jobs.get, { params: { job_id: job.id } })
    expect(status).toBe(isLate ? 'success' : 'canceled')
    await root.call(directory.sync, {})
    await hurry(server, 'jobs.run')
    expect(await countOf(server)).toEqual(everybody)
  } finally {
    await server.stop()
  }
})

it('goes on after the server was started again, and doubles nobody', LONG, async () => {
  const databaseUrl = await freshDatabase()
  const first = await startServer({}, databaseUrl)
  const root = await connected(first)
  await root.call(directory.sync, {})
  await someCame(first)
  await first.stop()
  const second = await startServer({}, databaseUrl)
  try {
    await hurry(second, 'jobs.run')
    expect(await countOf(second)).toEqual(everybody)
    const last = await second.app.pool.row<{ status: string }>(
      `select status from jobs where type = 'ldap_sync' order by create_at desc limit 1`,
    )
    expect(last?.status).toBe('success')
  } finally {
    await second.stop()
    await dropDatabase(databaseUrl)
  }
})
