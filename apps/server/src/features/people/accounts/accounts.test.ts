import {
  hurry,
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
import { accounts, onboarding, passwords, settings, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { change, system } from '../../../core/context.ts'
import { issueToken } from './tokens.ts'

let at: Place
let box: Mailbox & { stop(): Promise<void> }
beforeAll(async () => {
  at = await place()
  box = await mailbox()
  await config(box.settings)
})
afterAll(async () => {
  await at.stop()
  await box.stop()
})

const NEW = 'another horse battery'
const about = (person: Person) => ({ user_id: person.id })
const config = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })
const newcomer = (name = 'nora') => signUp(at.server, name, at.team.invite_id)
const out = () => stranger(at.server)
const sendReset = (email: string) => out().call(accounts.sendReset, { body: { email } })
const reset = (token: string, new_password = NEW) =>
  out().call(accounts.resetPassword, { body: { token, new_password } })
const verify = (token: string) => out().call(accounts.verify, { body: { token } })
const tokenIn = (mail: { link: URLSearchParams }) => mail.link.get('token') ?? ''
const resetToken = async (person: Person) => {
  await sendReset(person.user.email)
  return tokenIn(await box.next(person.user.email))
}
const stored = () =>
  at.server.app.pool.rows<{ all: string }>('select account_tokens::text as all from account_tokens')
const isDead = (person: Person) =>
  refused('api.context.session_expired.app_error', person.call(users.get, { params: { user_id: 'me' } }))

describe('a forgotten password', () => {
  it('can be replaced by a link that works once; all sessions end and the account is unlocked', async () => {
    const nora = await newcomer()
    const socket = await nora.listen()
    for (let n = 1; n <= 11; n += 1)
      await signIn(at.server, nora.username, 'wrong password').catch(() => undefined)
    await refused('api.user.check_user_login_attempts.too_many.app_error', signIn(at.server, nora.username))
    const token = await resetToken(nora)
    expect(token).toMatch(/^[a-z0-9]{26}$/)
    expect(JSON.stringify(await stored())).not.toContain(token)
    await refused('model.user.is_valid.pwd_min_length.app_error', reset(token, 'short'))
    const results = await Promise.allSettled([reset(token), reset(token), reset(token)])
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    await refused('api.user.reset_password.invalid_link.app_error', reset(token))
    expect(await socket.closed).toBe(4000)
    await isDead(nora)
    expect((await signIn(at.server, nora.username, NEW)).id).toBe(nora.id)
    expect((await box.next(nora.user.email)).subject).toContain('password')
  })

  it('gets the same reply whether or not the address exists, and no mail if it does not', async () => {
    const nobody = `${unique('nobody')}@example.org`
    const [real, none] = [await sendReset(at.bo.user.email), await sendReset(nobody)]
    expect(real).toEqual(none)
    await box.next(at.bo.user.email)
    const again = async (email: string) => await out().call(accounts.sendVerification, { body: { email } })
    expect(await again(nobody)).toEqual(await again(at.bo.user.email))
    await box.next(at.bo.user.email)
    expect(box.all(nobody)).toEqual([])
  })

  it('causes one mail for requests within a minute, and none for deactivated accounts', async () => {
    const [nora, gone] = [await newcomer(), await newcomer('gone')]
    await at.root.call(users.setActive, { params: about(gone), body: { active: false } })
    expect((await box.next(gone.user.email)).subject).toContain('deactivated')
    await sendReset(gone.user.email)
    for (let n = 1; n <= 5; n += 1) await sendReset(nora.user.email.toUpperCase())
    await box.next(nora.user.email)
    await sendReset(at.ana.user.email)
    await box.next(at.ana.user.email)
    expect(box.all(nora.user.email)).toHaveLength(1)
    expect(box.all(gone.user.email)).toHaveLength(1)
  })

  it('cannot be replaced by a link that is too old, of another kind, or for a former address', async () => {
    const nora = await newcomer()
    const token = await resetToken(nora)
    await refused('api.user.verify_email.bad_link.app_error', verify(token))
    await refused('api.user.reset_password.invalid_link.app_error', reset('x'))
    await at.server.app.pool.run('update account_tokens set expires_at = 1 where user_id = $1', [nora.id])
    await refused('api.user.reset_password.link_expired.app_error', reset(token))
    await refused('api.user.reset_password.link_expired.app_error', reset(token))
    const bea = await newcomer('bea')
    const old = await resetToken(bea)
    const body = { email: `${unique('bea')}@example.org`, password: bea.password }
    await bea.call(users.patch, { params: about(bea), body })
    await refused('api.user.reset_password.invalid_link.app_error', reset(old))
    expect((await signIn(at.server, bea.username)).id).toBe(bea.id)
  })

  it('is refused to everybody alike without mail, or if administrators set passwords', async () => {
    const nobody = `${unique('nobody')}@example.org`
    await config({ EmailSettings: { FeedbackEmail: '' } })
    for (const email of [nobody, at.bo.user.email]) await refused('mail.off', sendReset(email))
    expect(await out().call(settings.client)).toMatchObject({ PasswordEnableForgotLink: 'false' })
    await config({ EmailSettings: { FeedbackEmail: 'plausch@example.org' } })
    await config({ PasswordSettings: { EnableForgotLink: false } })
    for (const email of [nobody, at.bo.user.email]) await refused('accounts.reset_off', sendReset(email))
    await config({ PasswordSettings: { EnableForgotLink: true } })
    expect(await out().call(settings.client)).toMatchObject({ PasswordEnableForgotLink: 'true' })
  })
})

describe('an address', () => {
  const invited = async () => {
    const username = unique('vera')
    const body = { username, email: `${username}@example.org`, password: NEW }
    return await out().call(onboarding.signUp, { query: { iid: at.team.invite_id }, body })
  }

  it('must be verified before signing in if the settings say so', async () => {
    await config({ EmailSettings: { RequireEmailVerification: true } })
    const vera = await invited()
    expect(vera.email_verified).toBe(false)
    const enter = () => signIn(at.server, vera.username, NEW)
    await refused('api.user.login.not_verified.app_error', enter())
    await refused(
      'api.user.login.invalid_credentials_email_username',
      signIn(at.server, vera.username, 'wrong password'),
    )
    const mail = await box.next(vera.email)
    expect(mail.link.get('email')).toBe(vera.email)
    await verify(tokenIn(mail))
    await refused('api.user.verify_email.bad_link.app_error', verify(tokenIn(mail)))
    const signedIn = await enter()
    expect(signedIn.user.email_verified).toBe(true)
    const uwe = await invited()
    await refused(
      'api.context.permissions.app_error',
      at.bo.call(accounts.verifyMember, { params: { user_id: uwe.id } }),
    )
    await at.root.call(accounts.verifyMember, { params: { user_id: uwe.id } })
    expect((await signIn(at.server, uwe.username, NEW)).id).toBe(uwe.id)
    await config({ EmailSettings: { RequireEmailVerification: false } })
  })

  it('that must be verified replaces the old one only after its verification', async () => {
    await config({ EmailSettings: { RequireEmailVerification: true } })
    const { bo } = at
    const email = `${unique('bo')}@example.org`
    const patch = (body: object) => bo.call(users.patch, { params: about(bo), body })
    await refused('api.context.invalid_body_param.app_error', patch({ email }))
    await refused('api.user.update_password.incorrect.app_error', patch({ email, password: 'wrong' }))
    await refused(
      'app.user.save.email_exists.app_error',
      patch({ email: at.ana.user.email, password: bo.password }),
    )
    expect((await patch({ email, password: bo.password })).email).toBe(bo.user.email)
    const mail = await box.next(email)
    // The old address is warned before it is too late.
    const warned = await box.next(bo.user.email)
    expect(warned.subject).toBe('Your e-mail address for Plausch is to be changed')
    expect(warned.text).toContain(email)
    await verify(tokenIn(mail))
    expect(await bo.call(users.get, { params: { user_id: 'me' } })).toMatchObject({
      email,
      email_verified: true,
    })
    const told = await box.next(bo.user.email)
    expect(told.subject).toBe('Your e-mail address for Plausch was changed')
    expect(told.text).toContain(email)
    await config({ EmailSettings: { RequireEmailVerification: false } })
  })

  it('that changes at once counts as unverified, and the old one gets a mail', async () => {
    const nora = await newcomer()
    await at.root.call(accounts.verifyMember, { params: about(nora) })
    const email = `${unique('nora')}@example.org`
    const body = { email, password: nora.password }
    expect(await nora.call(users.patch, { params: about(nora), body })).toMatchObject({
      email,
      email_verified: false,
    })
    expect((await box.next(nora.user.email)).subject).toContain('e-mail address')
    expect(box.all(email)).toEqual([])
  })

  it('cannot be restored by a link that was sent to the old address', async () => {
    const nora = await newcomer()
    await stranger(at.server).call(accounts.sendVerification, { body: { email: nora.user.email } })
    const token = (await box.next(nora.user.email)).link.get('token') ?? ''
    const email = `${unique('nora')}@example.org`
    await nora.call(users.patch, { params: about(nora), body: { email, password: nora.password } })
    await refused('api.user.verify_email.bad_link.app_error', verify(token))
    expect((await nora.call(users.get, { params: about(nora) })).email).toBe(email)
  })
})

describe('mails', () => {
  it('are in the language of the receiver, as text and as HTML, from the configured address', async () => {
    const body = { locale: 'de', first_name: '<b>Björn' }
    const bjoern = await newcomer()
    await bjoern.call(users.patch, { params: about(bjoern), body })
    await sendReset(bjoern.user.email)
    const mail = await box.next(bjoern.user.email)
    expect(mail).toMatchObject({ from: 'plausch@example.org', subject: 'Neues Passwort für Plausch setzen' })
    expect(mail.headers.get('from')).toContain('Plausch of the tests')
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
    expect(mail.text).toContain('Guten Tag <b>Björn,')
    expect(mail.html).toContain('&lt;b&gt;Björn')
    expect(mail.text).toContain(`https://chat.example.org/reset_password_complete?token=${tokenIn(mail)}`)
  })

  it('are tried again until the mail server takes them, and leave no secret in logs or queue', {
    timeout: 40_000,
  }, async () => {
    const nora = await newcomer()
    box.refuse(true)
    await sendReset(nora.user.email)
    const failed = () =>
      at.server.logged.some((line) => line.includes('mails') && line.includes('tried again'))
    await expect.poll(failed, { timeout: 10_000 }).toBe(true)
    const jobs = await at.server.app.pool.rows('select payload::text from queue_jobs')
    box.refuse(false)
    await hurry(at.server, 'mails')
    const token = tokenIn(await box.next(nora.user.email))
    expect(JSON.stringify(jobs)).toContain(nora.user.email)
    for (const text of [JSON.stringify(jobs), at.server.logged.join('')]) expect(text).not.toContain(token)
    await reset(token)
  })

  it('are sent with a name and a password if the mail server asks for them', async () => {
    const guarded = await mailbox({ user: 'plausch', pass: 'geheim-geheim' })
    const { SMTPPort } = guarded.settings.EmailSettings
    await config({
      EmailSettings: {
        SMTPPort,
        EnableSMTPAuth: true,
        SMTPUsername: 'plausch',
        SMTPPassword: 'geheim-geheim',
      },
    })
    const nora = await newcomer()
    await sendReset(nora.user.email)
    await guarded.next(nora.user.email)
    expect(at.server.logged.join('')).not.toContain('geheim-geheim')
    await config({ EmailSettings: { SMTPPort: String(box.port), EnableSMTPAuth: false } })
    await guarded.stop()
  })

  it('end with the help desk, if there is one', async () => {
    const nora = await newcomer()
    await config({
      SupportSettings: { SupportEmail: 'help@lab.example' },
      PlauschSettings: { HelpDeskPhone: '+49 40 8998' },
    })
    await sendReset(nora.user.email)
    const { text, html } = await box.next(nora.user.email)
    for (const part of [text, html]) expect(part).toContain('Questions? help@lab.example · +49 40 8998')
    await config({ SupportSettings: { SupportEmail: '' }, PlauschSettings: { HelpDeskPhone: '' } })
    const other = await newcomer()
    await sendReset(other.user.email)
    expect((await box.next(other.user.email)).text).not.toContain('Questions?')
  })

  it('welcome new people if notifications are on', async () => {
    await config({ EmailSettings: { SendEmailNotifications: true } })
    const nora = await newcomer()
    expect(await box.next(nora.user.email)).toMatchObject({ subject: 'Welcome to Plausch' })
    await config({ EmailSettings: { SendEmailNotifications: false } })
    const body = { current_password: nora.password, new_password: NEW }
    await nora.call(passwords.change, { params: about(nora), body })
    expect((await box.next(nora.user.email)).subject).toBe('Your password for Plausch was changed')
    await nora.call(users.patch, { params: about(nora), body: { username: unique('norah') } })
    expect((await box.next(nora.user.email)).subject).toContain('username')
  })
})

describe('other ways to sign in', () => {
  it('do not exist: the replies are the same for everybody', async () => {
    for (const login_id of [at.bo.username, 'nobody-at-all']) {
      expect(await out().call(accounts.loginType, { body: { login_id } })).toEqual({
        auth_service: '',
        is_deactivated: false,
      })
    }
    for (const email of [at.bo.user.email, 'nobody@example.org']) {
      const body = { current_service: 'email', new_service: 'ldap', email, password: at.bo.password }
      await refused('api.unsupported', out().call(accounts.switchLogin, { body }))
      await refused(
        'api.unsupported',
        out().call(accounts.switchLogin, {
          body: { ...body, current_service: 'saml', new_service: 'email' },
        }),
      )
      await refused(
        'api.context.invalid_body_param.app_error',
        out().call(accounts.switchLogin, { body: { ...body, new_service: 'email' } }),
      )
    }
  })

  it('a desktop token opens one session, within three minutes', async () => {
    const nora = await newcomer()
    const issue = () =>
      change(at.server.app.server, { actor: system }, (context) =>
        issueToken(context, 'desktop', nora.id, nora.user.email).then((text) => text ?? ''),
      )
    const enter = (token: string) => out().call(accounts.desktopLogin, { body: { token } })
    const token = await issue()
    expect((await enter(token)).id).toBe(nora.id)
    await refused('app.desktop_token.validate.invalid', enter(token))
    const late = await issue()
    await at.server.app.pool.run('update account_tokens set expires_at = 1 where user_id = $1', [nora.id])
    await refused('app.desktop_token.validate.invalid', enter(late))
  })
})
