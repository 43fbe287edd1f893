/** Signing in by the directory, against a real OpenLDAP. */
import { dnOf, type Laboratory, laboratory, ldifPerson, refused, signIn, signUp } from '@plausch/testkit'
import { accounts, directory, sessions, settings, teams, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const WRONG = 'api.user.login.invalid_credentials_email_username'
const PASSWORD = 'directory password'

let at: Laboratory
beforeAll(async () => {
  at = await laboratory({ lockAfter: 20 })
  await at.ldap.add(
    [
      { uid: 'mia', given: 'Mia', family: 'Müller', title: 'Physikerin' },
      { uid: 'jörg.groß', mail: 'joerg@lab.example', given: 'Jörg', family: 'Groß' },
      { uid: 'a*b(c)\\d', mail: 'signs@lab.example' },
      { uid: 'comma, plus+', mail: 'comma@lab.example' },
      { uid: 'unmailed', mail: '' },
      { uid: 'guess' },
      { uid: 'gone' },
      { uid: 'renamed' },
      { uid: 'married', family: 'Before' },
      { uid: 'expired', more: [] },
      { uid: 'busy' },
    ]
      .map((person) => ldifPerson({ ...person, password: PASSWORD }))
      .join(''),
  )
})
afterAll(() => at.stop())

const config = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })
const newcomer = (name: string) => signUp(at.server, name, at.team.invite_id)
const enter = (name: string, password = PASSWORD) => signIn(at.server, name, password)
const row = async (id: string) =>
  await at.server.app.pool.row<{ auth_service: string; auth_data: string }>(
    'select auth_service, auth_data from users where id = $1',
    [id],
  )
const binds = () => at.ldap.log().split('BIND dn="uid=').length

describe('the first sign-in', () => {
  it('makes an account of what the directory says, in the primary team', async () => {
    await config({ TeamSettings: { ExperimentalPrimaryTeam: at.team.name } })
    const mia = await enter('mia')
    expect(mia.user).toMatchObject({
      username: 'mia',
      email: 'mia@lab.example',
      first_name: 'Mia',
      last_name: 'Müller',
      position: 'Physikerin',
      auth_service: 'ldap',
      auth_data: '',
      email_verified: true,
      roles: 'system_user',
    })
    const own = await mia.call(teams.listOfUser, { params: { user_id: 'me' } })
    expect(own.map(({ id }) => id)).toEqual([at.team.id])
    expect(await row(mia.id)).toMatchObject({
      auth_service: 'ldap',
      auth_data: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })

  it('is the same account the next time, by name or address', async () => {
    const first = await enter('mia')
    expect((await enter('MIA')).id).toBe(first.id)
    expect((await enter('mia@lab.example')).id).toBe(first.id)
  })

  it('makes one account of two sign-ins at once', async () => {
    const [one, two] = await Promise.all([enter('busy'), enter('busy')])
    expect(one.id).toBe(two.id)
  })

  it('takes umlauts, and writes usernames without them', async () => {
    const joerg = await enter('jörg.groß')
    expect(joerg.user).toMatchObject({ username: 'joerg.gross', first_name: 'Jörg', last_name: 'Groß' })
    // Also as some keyboards send them: a letter and a mark.
    expect((await enter('jörg.groß'.normalize('NFD'))).id).toBe(joerg.id)
  })

  it('takes names with signs that mean something in filters and DNs, and only as text', async () => {
    expect((await enter('a*b(c)\\d')).user.email).toBe('signs@lab.example')
    expect((await enter('comma, plus+')).user.email).toBe('comma@lab.example')
    for (const name of ['*', 'mi*', 'mia)(uid=*', '*)(objectClass=*', 'mia\\00', dnOf({ uid: 'mia' })])
      await refused(WRONG, enter(name))
  })

  it('refuses an empty password, which a directory might take for nobody', async () => {
    await refused(WRONG, enter('mia', ''))
  })

  it('tells who has no address, and makes no account', async () => {
    await refused('directory.no_address', enter('unmailed'))
  })

  it('never takes over an account with the same address, nor its name', async () => {
    const local = await newcomer('squatter')
    await at.ldap.add(
      ldifPerson({ uid: 'twin', mail: local.user.email, password: PASSWORD }) +
        ldifPerson({ uid: local.username, mail: 'namesake@lab.example', password: PASSWORD }),
    )
    await refused('directory.address_taken', enter('twin'))
    const namesake = await enter(local.username)
    expect(namesake.id).not.toBe(local.id)
    expect(namesake.username).toBe(`${local.username}2`)
    // The password decides whose sign-in it is.
    expect((await enter(local.username, local.password)).id).toBe(local.id)
    expect((await enter(namesake.username)).id).toBe(namesake.id)
  })
})

describe('later', () => {
  it('a new name, address and place in the tree keep the account', async () => {
    const before = await enter('renamed')
    await at.ldap.change(
      `dn: ${dnOf({ uid: 'renamed' })}\nchangetype: modify\nreplace: mail\nmail: other@lab.example\n\n` +
        `dn: ou=moved,${at.ldap.base}\nchangetype: add\nobjectClass: organizationalUnit\nou: moved\n\n` +
        `dn: ${dnOf({ uid: 'renamed' })}\nchangetype: modrdn\nnewrdn: uid=newname\ndeleteoldrdn: 1\nnewsuperior: ou=moved,${at.ldap.base}\n\n`,
    )
    const after = await enter('newname')
    expect(after.id).toBe(before.id)
    expect(after.user).toMatchObject({ username: 'newname', email: 'other@lab.example' })
  })

  it('a name that somebody else gets is a new account', async () => {
    const first = await enter('gone')
    await at.ldap.change(`dn: ${dnOf({ uid: 'gone' })}\nchangetype: delete\n\n`)
    await refused(WRONG, enter('gone'))
    await at.ldap.add(ldifPerson({ uid: 'gone', mail: 'successor@lab.example', password: PASSWORD }))
    const second = await enter('gone')
    expect(second.id).not.toBe(first.id)
    expect(second.user).toMatchObject({ username: 'gone2', email: 'successor@lab.example' })
  })

  it('fields of the directory cannot be changed here, others can', async () => {
    const married = await enter('married')
    const patch = (body: object) => married.call(users.patch, { params: { user_id: 'me' }, body })
    const LOCKED = 'api.user.patch_user.login_provider_attribute_set.app_error'
    for (const body of [{ last_name: 'Other' }, { username: 'other' }, { position: 'Chief' }])
      await refused(LOCKED, patch(body))
    expect(await patch({ nickname: 'Mimi', last_name: 'Before' })).toMatchObject({ nickname: 'Mimi' })
    await at.ldap.change(`dn: ${dnOf({ uid: 'married' })}\nchangetype: modify\nreplace: sn\nsn: After\n\n`)
    expect((await enter('married')).user).toMatchObject({ last_name: 'After', nickname: 'Mimi' })
  })

  it('who is switched off there does not come in; who is switched off here, neither', async () => {
    const expired = await enter('expired')
    await at.ldap.change(
      `dn: ${dnOf({ uid: 'expired' })}\nchangetype: modify\nadd: objectClass\nobjectClass: shadowAccount\n-\nadd: shadowExpire\nshadowExpire: 1\n\n`,
    )
    await refused('directory.refused', enter('expired'))
    await at.ldap.change(`dn: ${dnOf({ uid: 'expired' })}\nchangetype: modify\ndelete: shadowExpire\n\n`)
    await enter('expired')
    await at.root.call(users.setActive, { params: { user_id: expired.id }, body: { active: false } })
    await refused('api.user.login.inactive.app_error', enter('expired'))
  })
})

describe('filters', () => {
  const titled = (uid: string, title: string) =>
    at.ldap.change(`dn: ${dnOf({ uid })}\nchangetype: modify\nreplace: title\ntitle: ${title}\n\n`)

  it('give the rights of an administrator, and take them away', async () => {
    await config({ LdapSettings: { EnableAdminFilter: true, AdminFilter: '(title=Admin)' } })
    await at.ldap.add(ldifPerson({ uid: 'boss', title: 'Admin', password: PASSWORD }))
    expect((await enter('boss')).user.roles).toBe('system_user system_admin')
    await titled('boss', 'Retired')
    expect((await enter('boss')).user.roles).toBe('system_user')
    await config({ LdapSettings: { EnableAdminFilter: false } })
  })

  it('never take the rights of the last administrator who gets in without the directory', async () => {
    await config({ LdapSettings: { EnableAdminFilter: true } })
    await titled('boss', 'Admin')
    const boss = await enter('boss')
    const { root } = at
    await at.server.app.pool.run(`update users set roles = 'system_user' where id = $1`, [root.id])
    try {
      await titled('boss', 'Retired')
      expect((await enter('boss')).user.roles).toBe('system_user system_admin')
    } finally {
      await at.server.app.pool.run(`update users set roles = 'system_admin system_user' where id = $1`, [
        root.id,
      ])
    }
    expect((await enter('boss')).id).toBe(boss.id)
    await config({ LdapSettings: { EnableAdminFilter: false } })
  })

  it('make guests, who stay guests', async () => {
    await config({ GuestAccountsSettings: { Enable: true }, LdapSettings: { GuestFilter: '(title=Guest)' } })
    await at.ldap.add(ldifPerson({ uid: 'visitor', title: 'Guest', password: PASSWORD }))
    const visitor = await enter('visitor')
    expect(visitor.user.roles).toBe('system_guest')
    expect(await visitor.call(teams.listOfUser, { params: { user_id: 'me' } })).toEqual([])
    await titled('visitor', 'Staff')
    expect((await enter('visitor')).user.roles).toBe('system_guest')
    await titled('mia', 'Guest')
    expect((await enter('mia')).user.roles).toBe('system_guest')
    await config({ LdapSettings: { GuestFilter: '' } })
  })
})

describe('wrong passwords', () => {
  it('are locked here before the directory locks the account', async () => {
    const before = binds()
    for (let n = 1; n <= 4; n += 1) await refused(WRONG, enter('guess', `wrong ${n}`))
    const LOCKED = 'api.user.check_user_login_attempts.too_many.app_error'
    for (let n = 1; n <= 4; n += 1) await refused(LOCKED, enter('guess', `wrong ${n}`))
    await refused(LOCKED, enter('guess'))
    // Each attempt binds the service account; only four binds were of the person.
    expect(at.ldap.log().split(`BIND dn="${dnOf({ uid: 'guess' })}" method`).length - 1).toBe(4)
    expect(binds()).toBeGreaterThan(before)
  })

  it('are not said to be anything else for names that nobody has', async () => {
    await refused(WRONG, enter('nobody-at-all', 'wrong'))
    await refused(WRONG, enter('mia', 'wrong'))
  })
})

describe('without the directory', () => {
  it('people stay signed in, local accounts sign in, and others are told that it is not their password', async () => {
    const mia = await enter('mia')
    const local = await newcomer('local')
    await at.ldap.pause()
    try {
      await refused('directory.unreachable', enter('mia'))
      await refused('directory.unreachable', enter('newcomer-of-the-directory'))
      expect((await mia.call(users.get, { params: { user_id: 'me' } })).id).toBe(mia.id)
      expect((await enter(local.username, local.password)).id).toBe(local.id)
      await refused(WRONG, enter(local.username, 'wrong'))
    } finally {
      await at.ldap.start()
    }
  })

  it('it is asked again when an administrator tests it, and by itself', async () => {
    await at.root.call(directory.test, {})
    expect((await enter('mia')).username).toBe('mia')
  })

  it('a silent directory does not hold anybody up for long, nor counts as a wrong password', async () => {
    await at.ldap.freeze()
    try {
      await Promise.all(Array.from({ length: 6 }, () => refused('directory.unreachable', enter('mia'))))
    } finally {
      at.ldap.thaw()
    }
    await at.root.call(directory.test, {})
    expect((await enter('mia')).username).toBe('mia')
  })

  it('switched off, its accounts cannot sign in, and say nothing about themselves', async () => {
    await config({ LdapSettings: { Enable: false } })
    try {
      await refused(WRONG, enter('mia'))
    } finally {
      await config({ LdapSettings: { Enable: true } })
    }
    expect((await enter('mia')).username).toBe('mia')
  })
})

it('an account by its id signs in by its own way only', async () => {
  const mia = await enter('mia')
  const api = (id: string, password: string) =>
    at.bo.call(sessions.login, { body: { id, password } }).then((user) => user.id)
  expect(await api(mia.id, PASSWORD)).toBe(mia.id)
  await refused(WRONG, api(at.ana.id, PASSWORD))
})

describe('moving an account', () => {
  const OWN = 'correct horse battery'
  const move = (body: Record<string, string>) =>
    at.bo.call(accounts.switchLogin, { body: { current_service: '', new_service: '', ...body } })
  const toLdap = (email: string, password: string, ldap_id: string, new_password: string) =>
    move({ current_service: 'email', new_service: 'ldap', email, password, ldap_id, new_password })
  const toEmail = (email: string, password: string, new_password: string) =>
    move({ current_service: 'ldap', new_service: 'email', email, password, new_password })
  const person = async (uid: string) =>
    at.ldap.add(ldifPerson({ uid, mail: `${uid}@lab.example`, password: PASSWORD }))

  it('needs both passwords, keeps the account, and ends its sessions', async () => {
    await person('mover')
    const local = await newcomer('local')
    const { email } = local.user
    await refused(WRONG, toLdap(email, 'wrong', 'mover', PASSWORD))
    await refused('ent.ldap.do_login.invalid_password.app_error', toLdap(email, OWN, 'mover', 'wrong'))
    await refused('ent.ldap.do_login.user_not_registered.app_error', toLdap(email, OWN, 'no-one', PASSWORD))
    await local.call(users.get, { params: { user_id: 'me' } })
    expect(await toLdap(email, OWN, 'mover', PASSWORD)).toEqual({ follow_link: '/login?extra=signin_change' })
    await refused(
      'api.context.session_expired.app_error',
      local.call(users.get, { params: { user_id: 'me' } }),
    )
    await refused(WRONG, enter(local.username, OWN))
    const moved = await enter('mover')
    expect(moved.id).toBe(local.id)
    // The address is now the directory's.
    expect(moved.user).toMatchObject({ auth_service: 'ldap', email: 'mover@lab.example' })
  })

  it('an entry that has an account already is not given away', async () => {
    const local = await newcomer('thief')
    const mia = await enter('mia')
    await refused('users.identity_taken', toLdap(local.user.email, OWN, 'mia', PASSWORD))
    expect((await enter('mia')).id).toBe(mia.id)
    expect((await enter(local.username, OWN)).id).toBe(local.id)
  })

  it('back to a password needs that of the directory', async () => {
    await person('returner')
    const there = await enter('returner')
    const { email } = there.user
    await refused(WRONG, toEmail(email, 'wrong', 'a new long password'))
    await refused('model.user.is_valid.pwd_min_length.app_error', toEmail(email, PASSWORD, 'x'))
    await toEmail(email, PASSWORD, 'a new long password')
    const back = await enter('returner', 'a new long password')
    expect(back.id).toBe(there.id)
    expect(back.user.auth_service).toBe('')
    expect(await row(back.id)).toEqual({ auth_service: '', auth_data: '' })
  })

  it('answers alike for addresses that nobody has', async () => {
    await refused(WRONG, toLdap('nobody@lab.example', OWN, 'mia', PASSWORD))
    await refused(WRONG, toEmail('nobody@lab.example', OWN, 'a new long password'))
  })

  it('can be switched off', async () => {
    await config({ ServiceSettings: { ExperimentalEnableAuthenticationTransfer: false } })
    try {
      await refused(
        'api.user.email_to_ldap.not_available.app_error',
        toLdap('a@b.example', OWN, 'mia', PASSWORD),
      )
      await refused('api.user.ldap_to_email.not_available.app_error', toEmail('a@b.example', PASSWORD, OWN))
    } finally {
      await config({ ServiceSettings: { ExperimentalEnableAuthenticationTransfer: true } })
    }
  })
})
