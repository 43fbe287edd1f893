import { createApi } from '@plausch/client'
import {
  type Mailbox,
  mailbox,
  type Person,
  type Place,
  place,
  refused,
  signIn,
  signUp,
  stranger,
  unique,
} from '@plausch/testkit'
import { accounts, invitations, onboarding, passwords, settings, tokens, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { change, read, system } from '../../../core/context.ts'
import { createToken } from '../tokens/index.ts'
import { verifyAddress } from './letters.ts'
import { issueToken } from './tokens.ts'

let at: Place
let box: Mailbox & { stop(): Promise<void> }
beforeAll(async () => {
  at = await place()
  box = await mailbox()
  const ServiceSettings = {
    ...box.settings.ServiceSettings,
    EnableEmailInvitations: true,
    EnableUserAccessTokens: true,
  }
  await config({ ...box.settings, ServiceSettings })
})
afterAll(async () => {
  await at.stop()
  await box.stop()
})

const NEW = 'another horse battery'
const about = (person: Person) => ({ user_id: person.id })
const config = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })
const out = () => stranger(at.server)
const me = (api: Pick<Person, 'call'>) => api.call(users.get, { params: { user_id: 'me' } })
const DEAD = 'api.context.session_expired.app_error'

/** A person with one of everything that gives access to an account, or that an account has created. */
const wealthy = async () => {
  const person = await signUp(at.server, 'rita', at.team.invite_id)
  const roles = 'system_user system_user_access_token'
  await at.root.call(users.setRoles, { params: about(person), body: { roles } })
  const other = await signIn(at.server, person.username)
  const made = await other.call(tokens.create, { params: about(person), body: { description: 'script' } })
  const script = createApi({ baseUrl: at.server.url, token: made.token ?? '' })
  const issue = async (kind: 'verify' | 'reset' | 'desktop') =>
    (await change(at.server.app.server, { actor: system }, (context) =>
      issueToken(context, kind, person.id, person.user.email),
    )) ?? ''
  const links = {
    verify: await issue('verify'),
    reset: await issue('reset'),
    desktop: await issue('desktop'),
  }
  const guest = `${unique('invited')}@example.org`
  await other.call(invitations.create, { params: { team_id: at.team.id }, body: { emails: [guest] } })
  const invitation = (await box.next(guest)).link.get('t') ?? ''
  return { person, other, script, links, invitation }
}
type Wealth = Awaited<ReturnType<typeof wealthy>>

const expectLinksEnded = async ({ links }: Wealth) => {
  const token = (kind: keyof typeof links) => ({ token: links[kind] })
  await refused(
    'api.user.verify_email.bad_link.app_error',
    out().call(accounts.verify, { body: token('verify') }),
  )
  await refused(
    'api.user.reset_password.invalid_link.app_error',
    out().call(accounts.resetPassword, { body: { ...token('reset'), new_password: `${NEW}!` } }),
  )
  await refused(
    'app.desktop_token.validate.invalid',
    out().call(accounts.desktopLogin, { body: token('desktop') }),
  )
}

const follow = (t: string) => {
  const username = unique('invited')
  const body = { username, email: `${username}@example.org`, password: NEW }
  return out().call(onboarding.signUp, { query: { t }, body })
}

const expectAllEnded = async (wealth: Wealth) => {
  for (const each of [wealth.person, wealth.other, wealth.script]) await refused(DEAD, me(each))
  await expectLinksEnded(wealth)
  await refused('api.user.create_user.signup_link_invalid.app_error', follow(wealth.invitation))
}

const tables = ['sessions', 'tokens', 'account_tokens', 'invitations']
/**
 * The current rows of these tables, and a function that inserts deleted ones again, as if they had been
 * written a moment too late.
 */
const keep = async () => {
  const kept: [string, unknown][] = []
  for (const table of tables) {
    const [row] = await at.server.app.pool.rows<{ all: unknown }>(
      `select coalesce(jsonb_agg(t), '[]') as all from ${table} t`,
    )
    kept.push([table, row?.all])
  }
  return async () => {
    for (const [table, all] of kept)
      await at.server.app.pool.run(
        `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb) on conflict do nothing`,
        [JSON.stringify(all)],
      )
  }
}

const setBy = (by: Person, whom: Person) =>
  by.call(passwords.change, {
    params: about(whom),
    body: { current_password: whom.password, new_password: NEW },
  })

describe('resetting a password', () => {
  it('by the link of a mail ends sessions, tokens, links and invitations, and closes sockets', async () => {
    const wealth = await wealthy()
    const socket = await wealth.other.listen()
    await me(wealth.script)
    const body = { token: wealth.links.reset, new_password: NEW }
    await out().call(accounts.resetPassword, { body })
    expect(await socket.closed).toBe(4000)
    await expectAllEnded(wealth)
    await me(await signIn(at.server, wealth.person.username, NEW))
  })

  it('by an administrator ends the same', async () => {
    const wealth = await wealthy()
    const socket = await wealth.person.listen()
    await me(wealth.script)
    await setBy(at.root, wealth.person)
    expect(await socket.closed).toBe(4000)
    await expectAllEnded(wealth)
    await me(await signIn(at.server, wealth.person.username, NEW))
  })

  it('H27: invalidates everything of the former generation, even if it is written later', async () => {
    const wealth = await wealthy()
    const putBack = await keep()
    await setBy(at.root, wealth.person)
    await putBack()
    await expectAllEnded(wealth)
  })

  it('prevents older sessions from creating anything that outlives them', async () => {
    const { other } = await wealthy()
    const { server } = at.server.app
    const actor = await server.ports.authenticateToken(other.api.token())
    if (!actor) return expect.fail('the session is not there')
    await setBy(at.root, other)
    const late = change(server, { actor }, (context) => createToken(context, other.id, 'too late'))
    await expect(late).rejects.toMatchObject({ code: DEAD })
    const left = await at.server.app.pool.rows('select id from tokens where user_id = $1', [other.id])
    expect(left).toEqual([])
  })

  it('cancels a pending change of the address whose mail is not written yet', async () => {
    const { person } = await wealthy()
    const compose = (generation: number) =>
      read(at.server.app.server, { actor: system }, (context) =>
        verifyAddress.compose(context, { user_id: person.id, email: 'thief@example.org', generation }),
      )
    expect(await compose(0)).toMatchObject({ to: 'thief@example.org' })
    await setBy(at.root, person)
    expect(await compose(0)).toBeNull()
  })
})

describe('changing one’s own password', () => {
  it('ends the other sessions and all links, but not personal tokens and invitations', async () => {
    const wealth = await wealthy()
    const putBack = await keep()
    await setBy(wealth.person, wealth.person)
    await me(wealth.person)
    await refused(DEAD, me(wealth.other))
    await expectLinksEnded(wealth)
    await putBack()
    await expectLinksEnded(wealth)
    await me(wealth.script)
    expect((await follow(wealth.invitation)).email_verified).toBe(true)
  })

  it('keeps the other sessions if the settings say so, but ends the links', async () => {
    const wealth = await wealthy()
    await config({ ServiceSettings: { TerminateSessionsOnPasswordChange: false } })
    await setBy(wealth.person, wealth.person)
    await me(wealth.other)
    await expectLinksEnded(wealth)
    await config({ ServiceSettings: { TerminateSessionsOnPasswordChange: true } })
  })

  it('fails if the old password was proven but has been changed at the same moment', async () => {
    const { person, other } = await wealthy()
    const change = (by: Person, new_password: string) =>
      by.call(passwords.change, {
        params: about(person),
        body: { current_password: person.password, new_password },
      })
    const results = await Promise.allSettled([change(person, `${NEW} 1`), change(other, `${NEW} 2`)])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})

describe('changing the address', () => {
  it('ends every link that was sent to the old one', async () => {
    const wealth = await wealthy()
    const body = { email: `${unique('rita')}@example.org`, password: wealth.person.password }
    await wealth.person.call(users.patch, { params: about(wealth.person), body })
    await expectLinksEnded(wealth)
    for (const each of [wealth.person, wealth.other, wealth.script]) await me(each)
  })
})

describe('deactivating an account', () => {
  it('ends everything, and nothing of before works after it is activated again', async () => {
    const wealth = await wealthy()
    const setActive = (active: boolean) =>
      at.root.call(users.setActive, { params: about(wealth.person), body: { active } })
    const socket = await wealth.other.listen()
    await me(wealth.script)
    const putBack = await keep()
    await setActive(false)
    expect(await socket.closed).toBe(4000)
    await expectAllEnded(wealth)
    await setActive(true)
    await expectAllEnded(wealth)
    await putBack()
    await expectAllEnded(wealth)
    await me(await signIn(at.server, wealth.person.username))
  })

  it('shows the generation to nobody', async () => {
    const seen = [await me(at.root), ...(await at.root.call(users.list))]
    expect(JSON.stringify(seen)).not.toContain('generation')
    const socket = await at.root.listen()
    await at.root.call(users.patch, { params: about(at.bo), body: { nickname: unique('bo') } })
    expect(JSON.stringify(await socket.next('user_updated'))).not.toContain('generation')
  })
})
