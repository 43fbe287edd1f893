/** The full pass against a real OpenLDAP with 3,000 people. */
import {
  dnOf,
  hurry,
  type Laboratory,
  laboratory,
  ldifPerson,
  type Person,
  refused,
  signIn,
  signUp,
} from '@plausch/testkit'
import { directory, type Job, jobs, settings, teams, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const PEOPLE = 3000
/** On a machine that is ten times slower. */
const LONG = { timeout: 600_000 }
const PASSWORD = 'directory password'
const uid = (n: number) => `p${n}`

let at: Laboratory
beforeAll(async () => {
  at = await laboratory()
  await at.root.call(settings.patch, {
    body: {
      LdapSettings: { EnableSync: true },
      PlauschSettings: { LdapConfirmMissingMinutes: 0 },
      TeamSettings: { ExperimentalPrimaryTeam: at.team.name },
    },
  })
  await at.ldap.load(
    Array.from({ length: PEOPLE }, (_, n) => ldifPerson({ uid: uid(n), family: `Müller ${n}` })).join(''),
  )
})
afterAll(() => at.stop())

const rows = <T>(sql: string, values: unknown[] = []) =>
  at.server.app.pool.rows<T & Record<string, unknown>>(sql, values)

/** Runs a pass to its end. */
const pass = async (start: () => Promise<unknown> = () => at.root.call(directory.sync, {})): Promise<Job> => {
  await start()
  await hurry(at.server, 'jobs.run')
  const [job] = await at.root.call(jobs.listOfType, { params: { job_type: 'ldap_sync' } })
  if (!job) throw new Error('no pass has run')
  return job
}

const change = (n: number, lines: string) => `dn: ${dnOf({ uid: uid(n) })}\nchangetype: modify\n${lines}\n\n`
const switchOff = (n: number) =>
  change(n, 'add: objectClass\nobjectClass: shadowAccount\n-\nadd: shadowExpire\nshadowExpire: 1')
const account = async (n: number) => {
  const [found] = await at.root.call(users.search, {
    body: { term: uid(n), allow_inactive: true, limit: 100 },
  })
  return found
}
const isActive = async (name: string): Promise<boolean> => {
  const [row] = await rows<{ delete_at: number }>('select delete_at from users where username = $1', [name])
  return row !== undefined && row.delete_at === 0
}

describe('the first pass', () => {
  it('makes an account for everybody, in the primary team, without notes and mails', LONG, async () => {
    const started = performance.now()
    const job = await pass()
    const took = performance.now() - started
    expect(job).toMatchObject({ status: 'success', progress: 100 })
    expect(job.data).toMatchObject({ ldap_users_count: String(PEOPLE), created_count: String(PEOPLE) })
    const [count] = await rows<{ n: number }>(
      `select count(*) as n from users u join team_members m on m.user_id = u.id
       where u.auth_service = 'ldap' and u.delete_at = 0 and m.team_id = $1`,
      [at.team.id],
    )
    expect(count?.n).toBe(PEOPLE)
    const notes = await rows(
      `select p.id from posts p join users u on u.id = p.user_id where u.auth_service = 'ldap'`,
    )
    expect(notes).toEqual([])
    process.stdout.write(`first pass, ${PEOPLE} people: ${(took / 1000).toFixed(1)} s\n`)
  })

  it('changes nothing the second time', LONG, async () => {
    const written = async () => {
      const stamps = await rows<{ t: string; s: string }>(
        `select 'users' as t, md5(string_agg(xmin::text || id, '' order by id)) as s from users
         union all select 'team_members', md5(string_agg(xmin::text || user_id || team_id, '' order by team_id, user_id)) from team_members
         union all select 'channel_members', md5(string_agg(xmin::text || user_id || channel_id, '' order by channel_id, user_id)) from channel_members
         union all select 'posts', md5(coalesce(string_agg(xmin::text || id, '' order by id), '')) from posts
         union all select 'directory_people', md5(coalesce(string_agg(xmin::text || user_id, '' order by user_id), '')) from directory_people
         union all select 'directory_held', md5(coalesce(string_agg(xmin::text || user_id, '' order by user_id), '')) from directory_held`,
      )
      return Object.fromEntries(stamps.map(({ t, s: stamp }) => [t, stamp]))
    }
    const before = await written()
    const started = performance.now()
    const job = await pass()
    const took = performance.now() - started
    expect(job.data).toMatchObject({ created_count: '0', update_count: '0', delete_count: '0' })
    expect(await written()).toEqual(before)
    process.stdout.write(`pass without changes, ${PEOPLE} people: ${(took / 1000).toFixed(1)} s\n`)
  })
})

describe('later passes', () => {
  it('follow changes of names and addresses, and say what they did', async () => {
    await at.ldap.change(
      change(1, 'replace: sn\nsn: Neu') + change(2, 'replace: mail\nmail: new@lab.example'),
    )
    const job = await pass()
    expect(job.data).toMatchObject({ update_count: '2', delete_count: '0' })
    expect(await account(1)).toMatchObject({ last_name: 'Neu' })
    expect(await account(2)).toMatchObject({ email: 'new@lab.example' })
  })

  it('tell what they would do before they do it', async () => {
    await at.ldap.add(ldifPerson({ uid: 'newcomer', password: PASSWORD }))
    await at.ldap.change(switchOff(3))
    const preview = await at.root.call(directory.preview, {})
    expect(preview).toMatchObject({ create_count: 1, deactivate_count: 1, missing_count: 0, triggers: [] })
    expect(preview.create[0]).toMatchObject({ username: 'newcomer' })
    expect(preview.deactivate[0]).toMatchObject({ username: 'p3', reason: 'disabled' })
    expect(await isActive('newcomer')).toBe(false)
    expect(await isActive('p3')).toBe(true)
  })

  it('count only accounts in which they wrote something', async () => {
    const [five] = await rows<{ id: string }>(
      `update users set roles = 'system_user system_admin' where username = 'p5' returning id`,
    )
    // Nobody else could get in, so the directory takes the role from nobody.
    await rows(`update users set auth_service = 'saml' where id = $1`, [at.root.id])
    const filter = (EnableAdminFilter: boolean) =>
      at.root.call(settings.patch, {
        body: { LdapSettings: { EnableAdminFilter, AdminFilter: '(uid=nobody)' } },
      })
    await filter(true)
    expect((await pass()).data).toMatchObject({ update_count: '0' })
    await filter(false)
    await rows(`update users set auth_service = '' where id = $1`, [at.root.id])
    await rows(`update users set roles = 'system_user' where id = $1`, [five?.id])
  })

  it('take out at once who is switched off, with all sessions, and bring them back', async () => {
    await pass()
    expect(await isActive('newcomer')).toBe(true)
    expect(await isActive('p3')).toBe(false)
    await at.ldap.change(change(3, 'delete: shadowExpire'))
    expect((await pass()).data).toMatchObject({ update_count: '1' })
    expect(await isActive('p3')).toBe(true)
  })

  it('take out who is missing only the second time, and end their sessions', async () => {
    const newcomer: Person = await signIn(at.server, 'newcomer', PASSWORD)
    await at.ldap.change(`dn: ${dnOf({ uid: 'newcomer' })}\nchangetype: delete\n\n`)
    expect((await pass()).data).toMatchObject({ missing_count: '1', delete_count: '0' })
    await newcomer.call(users.get, { params: { user_id: 'me' } })
    expect((await pass()).data).toMatchObject({ missing_count: '0', delete_count: '1' })
    await refused(
      'api.context.session_expired.app_error',
      newcomer.call(users.get, { params: { user_id: 'me' } }),
    )
    expect(await isActive('newcomer')).toBe(false)
  })

  it('leave alone whom an administrator switched off', async () => {
    const four = await account(4)
    await at.root.call(users.setActive, { params: { user_id: four?.id ?? '' }, body: { active: false } })
    await pass()
    expect(await isActive('p4')).toBe(false)
    await at.root.call(users.setActive, { params: { user_id: four?.id ?? '' }, body: { active: true } })
  })

  it('tell addresses that an account of this server has, and join nothing', async () => {
    const local = await signUp(at.server, 'local', at.team.invite_id)
    await at.ldap.add(ldifPerson({ uid: 'twin', mail: local.user.email }))
    const job = await pass()
    expect(job.data).toMatchObject({ problem_count: '1', created_count: '0' })
    expect(JSON.parse(job.data.problems ?? '')).toEqual([
      { dn: dnOf({ uid: 'twin' }), problem: 'address_taken' },
    ])
    await at.ldap.change(`dn: ${dnOf({ uid: 'twin' })}\nchangetype: delete\n\n`)
  })

  it('list who has to wait for a seat', async () => {
    await at.ldap.add(ldifPerson({ uid: 'waiting' }))
    // Whether or not the refusal names a help desk.
    for (const HelpDeskPhone of ['', '+49 40 8998']) {
      await at.root.call(settings.patch, { body: { PlauschSettings: { MaxActiveUsers: 1, HelpDeskPhone } } })
      const job = await pass()
      expect(JSON.parse(job.data.problems ?? '[]')).toEqual([
        { dn: dnOf({ uid: 'waiting' }), problem: 'no_seat' },
      ])
    }
    const PlauschSettings = { MaxActiveUsers: 0, HelpDeskPhone: '' }
    await at.root.call(settings.patch, { body: { PlauschSettings } })
    expect((await pass()).data).toMatchObject({ created_count: '1' })
  })
})

const letGo = async () => {
  const { seen } = await at.root.call(directory.held, {})
  return await at.root.call(directory.release, { body: { seen } })
}

describe('the brake', () => {
  const going = Array.from({ length: 80 }, (_, n) => 100 + n)

  it('holds many removals back, tells them, and lets additions go on', async () => {
    await at.ldap.change(going.map(switchOff).join(''))
    await at.ldap.add(ldifPerson({ uid: 'meanwhile' }))
    const job = await pass()
    expect(job.status).toBe('warning')
    expect(job.data).toMatchObject({
      held_count: '80',
      triggers: 'too_many',
      delete_count: '0',
      created_count: '1',
    })
    const held = await at.root.call(directory.held, {})
    expect(held).toMatchObject({ job_id: job.id, triggers: ['too_many'] })
    expect(held.people).toHaveLength(80)
    expect(await isActive('p100')).toBe(true)
    // They stay with the pass that held them first, so an administrator who looks may still release them.
    await pass()
    expect(await at.root.call(directory.held, {})).toEqual(held)
  })

  it('forgets them if an administrator discards them, and holds them again while they are to go', async () => {
    await at.root.call(directory.discard, {})
    expect((await at.root.call(directory.held, {})).people).toEqual([])
    await refused('directory.nothing_held', releaseOfNothing())
    expect((await pass()).data).toMatchObject({ held_count: '80' })
  })

  const releaseOfNothing = async () => {
    // The last pass was held back, so there is something to release until a good one has run.
    await rows(`update jobs set status = 'success' where type = 'ldap_sync'`)
    return letGo()
  }

  it('lets go what an administrator releases, and nobody who came later', async () => {
    await at.ldap.change(switchOff(99))
    const job = await pass(letGo)
    expect(job.data).toMatchObject({ delete_count: '80', held_count: '1' })
    expect(await isActive('p100')).toBe(false)
    expect(await isActive('p99')).toBe(true)
    expect((await at.root.call(directory.held, {})).people).toMatchObject([{ username: 'p99' }])
  })

  it('does not believe an answer that is halved or empty', async () => {
    const body = (UserFilter: string) => ({ body: { LdapSettings: { UserFilter } } })
    await at.root.call(settings.patch, body('(uid=p1*)'))
    expect(await pass()).toMatchObject({
      status: 'warning',
      data: { triggers: expect.stringContaining('halved') },
    })
    await at.root.call(settings.patch, body('(uid=nobody)'))
    const job = await pass()
    expect(job).toMatchObject({ status: 'warning', data: { missing_count: '0', delete_count: '0' } })
    expect(job.data.triggers).toContain('empty')
    await at.root.call(settings.patch, body('(objectClass=inetOrgPerson)'))
    await pass()
    const [missing] = await rows<{ n: number }>(
      'select count(*) as n from directory_people where missing_since > 0',
    )
    expect(missing?.n).toBe(0)
  })

  it('an answer that the directory cuts ends the pass, and changes nothing', async () => {
    await at.root.call(settings.patch, { body: { LdapSettings: { BaseDN: `ou=nowhere,${at.ldap.base}` } } })
    const job = await pass()
    expect(job.status).toBe('error')
    expect(job.data.error).not.toBe('')
    await at.root.call(settings.patch, { body: { LdapSettings: { BaseDN: at.ldap.base } } })
  })

  it('nothing happens while the directory is away', async () => {
    await at.ldap.pause()
    try {
      expect(await pass()).toMatchObject({ status: 'error' })
      expect(await isActive('p5')).toBe(true)
    } finally {
      await at.ldap.start()
    }
    await at.root.call(directory.test, {})
  })
})

describe('who is no administrator', () => {
  it('learns nothing of the directory and its jobs', async () => {
    for (const person of [at.ana, at.bo, at.eve]) {
      const NO = 'api.context.permissions.app_error'
      await refused(NO, person.call(directory.sync, {}))
      await refused(NO, person.call(directory.preview, {}))
      await refused(NO, person.call(directory.held, {}))
      await refused(NO, person.call(directory.release, { body: { seen: 'x' } }))
      await refused(NO, person.call(directory.discard, {}))
      await refused(NO, person.call(jobs.list, {}))
      await refused(NO, person.call(jobs.listOfType, { params: { job_type: 'ldap_sync' } }))
      await refused(NO, person.call(jobs.create, { body: { type: 'ldap_sync' } }))
    }
    const members = await at.bo.call(teams.listOfUser, { params: { user_id: 'me' } })
    expect(members).toHaveLength(1)
  })
})

describe('jobs', () => {
  it('are started, read and canceled as in v4; clients cannot release anything by their data', async () => {
    const job = await at.root.call(jobs.create, { body: { type: 'ldap_sync', data: { release: 'x' } } })
    expect(job).toMatchObject({ type: 'ldap_sync', data: {} })
    expect(await at.root.call(jobs.get, { params: { job_id: job.id } })).toMatchObject({ id: job.id })
    await hurry(at.server, 'jobs.run')
    await refused(
      'app.job.request_cancellation.status.error',
      at.root.call(jobs.cancel, { params: { job_id: job.id } }),
    )
    await refused(
      'api.job.unable_to_create_job.incorrect_job_type',
      at.root.call(jobs.create, { body: { type: 'x' } }),
    )
    await refused('jobs.not_found', at.root.call(jobs.get, { params: { job_id: at.team.id } }))
    await refused('api.job.retrieve.nopermissions', at.root.call(jobs.list, { query: { job_type: 'x' } }))
    expect(await at.root.call(jobs.list, { query: { job_type: 'ldap_sync', per_page: 2 } })).toHaveLength(2)
  })

  it('that were canceled before they began do nothing', async () => {
    await rows(
      `insert into jobs (id, type, create_at, last_activity_at, status) values ($1, 'ldap_sync', 1, 1, 'pending')`,
      ['waitingwaitingwaitingwait1'],
    )
    const params = { job_id: 'waitingwaitingwaitingwait1' }
    await at.root.call(jobs.cancel, { params })
    expect(await at.root.call(jobs.get, { params })).toMatchObject({ status: 'canceled' })
    await refused(
      'api.job.status.invalid',
      at.root.call(jobs.setStatus, { params, body: { status: 'success' } }),
    )
  })
})
