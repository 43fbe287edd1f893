/** Signing in by SAML, with an identity provider that signs what it is told. */
import {
  type Idp,
  mailbox,
  makeIdp,
  type Place,
  place,
  type SamlAnswer,
  signUp,
  unique,
  type Visitor,
  visitor,
} from '@plausch/testkit'
import { audit, groups, invitations, saml, settings, sso, teams, type User } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ID = 'urn:oasis:names:tc:SAML:attribute:subject-id'
const FAILED = 'api.user.authorize_oauth_user.token_failed.app_error'
const STATE = 'api.user.authorize_oauth_user.invalid_state.app_error'
const OWN = 'https://chat.lab.example/saml'

let at: Place
let idp: Idp
beforeAll(async () => {
  at = await place()
  idp = await makeIdp()
  await upload(saml.setIdpCertificate.path, idp.certificate)
  await config({
    SamlSettings: {
      Enable: true,
      Encrypt: false,
      IdpURL: idp.url,
      IdpDescriptorURL: idp.entityId,
      ServiceProviderIdentifier: OWN,
      IdAttribute: ID,
      EmailAttribute: 'mail',
      UsernameAttribute: 'uid',
      FirstNameAttribute: 'givenName',
      LastNameAttribute: 'sn',
      GuestAttribute: 'affiliation=guest',
    },
  })
})
afterAll(() => at.stop())

const config = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })
const upload = (path: string, text: string) =>
  at.root.fetch(path, { method: 'POST', body: text, headers: { 'content-type': 'application/x-pem-file' } })
const ownUrl = () => `${at.server.url}/login/sso/saml`

const begin = async (browser: Visitor, query = '') => {
  const url = `${ownUrl()}${query}`
  const to = browser.nextOf(url, await browser.open(url)) ?? expect.fail('no redirect')
  return to.startsWith(idp.url) ? idp.requestIn(to) : expect.fail(to)
}

const attributesOf = (uid: string): Record<string, string | string[]> => ({
  [ID]: `${uid}@lab.example`,
  mail: `${uid}@lab.example`,
  uid,
  givenName: 'Mia',
  sn: 'Müller & <Söhne>',
})

const honest = (inResponseTo: string, uid: string): SamlAnswer => ({
  inResponseTo,
  destination: ownUrl(),
  recipient: ownUrl(),
  audience: OWN,
  issuer: idp.entityId,
  attributes: attributesOf(uid),
})

const post = (browser: Visitor, SAMLResponse: string, RelayState: string) =>
  browser.open(ownUrl(), { method: 'POST', body: new URLSearchParams({ SAMLResponse, RelayState }) })

const enter = async (uid: string, lie: Partial<SamlAnswer> = {}, query = '') => {
  const browser = visitor()
  const { id, state } = await begin(browser, query)
  const response = await post(browser, idp.answer({ ...honest(id, uid), ...lie }), state)
  return { browser, response, to: response.headers.get('location') ?? '', id, state }
}
const problem = (to: string) => new URLSearchParams(to.split('?')[1]).get('id')
const me = async (browser: Visitor): Promise<User> =>
  (await (await browser.open(`${at.server.url}/api/v4/users/me`)).json()) as User

describe('a sign-in', () => {
  it('makes an account of what the provider says, and is the same the next time', async () => {
    const uid = unique('mia')
    const { browser, to } = await enter(uid, {}, '?redirect_to=%2Fhere')
    expect(to).toBe('/here')
    const first = await me(browser)
    expect(first).toMatchObject({
      username: uid,
      email: `${uid}@lab.example`,
      first_name: 'Mia',
      last_name: 'Müller & <Söhne>',
      auth_service: 'saml',
      email_verified: true,
    })
    const email = `${unique('other')}@lab.example`
    const again = await enter(uid, { attributes: { ...attributesOf(uid), mail: email } })
    expect(await me(again.browser)).toMatchObject({ id: first.id, email })
  })

  it('asks for nothing but who the person is, and is for this request only', async () => {
    const { id, xml } = await begin(visitor())
    expect(id).toMatch(/^_[0-9a-f]{40}$/)
    expect(xml).toContain(`AssertionConsumerServiceURL="${ownUrl()}"`)
    expect(xml).not.toContain('RequestedAuthnContext')
    expect(xml).not.toContain('nameid-format')
  })

  it('makes guests of those who are guests there', async () => {
    await config({ GuestAccountsSettings: { Enable: true } })
    const uid = unique('guest')
    const { browser } = await enter(uid, {
      attributes: { ...attributesOf(uid), affiliation: ['member', 'guest'] },
    })
    expect(await me(browser)).toMatchObject({ roles: 'system_guest' })
    await config({ GuestAccountsSettings: { Enable: false } })
  })

  it('lets guests come by invitations for guests only, and notes who becomes one', async () => {
    await config({ GuestAccountsSettings: { Enable: true } })
    const asGuest = (uid: string) => ({ attributes: { ...attributesOf(uid), affiliation: 'guest' } })
    const link = `?action=signup&id=${at.team.invite_id}`
    expect(problem((await enter(unique('guest'), asGuest('linked'), link)).to)).toBe(
      'api.team.add_user_to_team_from_invite.guest.app_error',
    )
    const box = await mailbox()
    const ServiceSettings = {
      ...box.settings.ServiceSettings,
      SiteURL: at.server.url,
      EnableEmailInvitations: true,
    }
    await config({ ...box.settings, ServiceSettings })
    const email = `${unique('invited')}@lab.example`
    await at.ana.call(invitations.create, { params: { team_id: at.team.id }, body: { emails: [email] } })
    const t = (await box.next(email)).link.get('t') ?? ''
    const uid = unique('member')
    expect(problem((await enter(uid, asGuest(uid), `?action=signup&t=${t}`)).to)).toBe(
      'api.user.create_user.invalid_invitation_type.app_error',
    )
    // The invitation is still there for a member.
    const { browser } = await enter(uid, {}, `?action=signup&t=${t}`)
    const member = await me(browser)
    expect(member).toMatchObject({ roles: 'system_user' })
    const own = await at.root.call(teams.listOfUser, { params: { user_id: member.id } })
    expect(own.map(({ id }) => id)).toEqual([at.team.id])
    const later = await enter(uid, asGuest(uid))
    expect(await me(later.browser)).toMatchObject({ id: member.id, roles: 'system_guest' })
    const entries = await at.root.call(audit.listOfUser, { params: { user_id: member.id } })
    expect(entries.map(({ action }) => action)).toContain('/api/v4/users/demote')
    await config({ GuestAccountsSettings: { Enable: false }, ServiceSettings: { SiteURL: '' } })
    await box.stop()
  })

  it('asks anew who the person is where that must be proven, and believes no older proof', async () => {
    const uid = unique('prover')
    const { xml } = await begin(visitor(), '?prove=true')
    expect(xml).toContain('ForceAuthn="true"')
    expect((await begin(visitor())).xml).not.toContain('ForceAuthn')
    const old = { signedInAgoMs: 3_600_000 }
    expect(problem((await enter(uid, old, '?prove=true')).to)).toBe('sso.not_fresh')
    const { browser } = await enter(uid, {}, '?prove=true')
    const { id } = await me(browser)
    const ago = () =>
      at.server.app.pool.row<{ ago: number }>(
        `select create_at - proven_at as ago from sessions where user_id = $1
         order by create_at desc, id desc limit 1`,
        [id],
      )
    expect((await ago())?.ago).toBeLessThan(600_000)
    await enter(uid, old)
    expect((await ago())?.ago).toBeGreaterThanOrEqual(3_600_000)
  })

  it('moves no account to somebody who has not just signed in there', async () => {
    const owner = await signUp(at.server, 'mover', at.team.invite_id)
    const move = async (lie: Partial<SamlAnswer>) => {
      const browser = visitor()
      const { email } = owner.user
      const body = { current_service: 'email', new_service: 'saml', email, password: owner.password }
      const response = await browser.open(`${at.server.url}/api/v4/users/login/switch`, {
        method: 'POST',
        body: JSON.stringify(body),
      })
      const { follow_link } = (await response.json()) as { follow_link: string }
      const { id, state, xml } = idp.requestIn(follow_link)
      expect(xml).toContain('ForceAuthn="true"')
      const answer = idp.answer({ ...honest(id, unique('moved')), ...lie })
      return (await post(browser, answer, state)).headers.get('location') ?? ''
    }
    expect(problem(await move({ signedInAgoMs: 3_600_000 }))).toBe('sso.not_fresh')
    expect(await move({})).toBe('/login?extra=signin_change')
  })

  it('knows nobody by an address in the place of a name', async () => {
    await config({ SamlSettings: { IdAttribute: 'NameID' } })
    const uid = unique('named')
    const nameIdFormat = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'
    const { to } = await enter(uid, { nameId: `${uid}@lab.example`, nameIdFormat })
    expect(problem(to)).toBe('sso.address_is_no_id')
    const { browser } = await enter(uid, { nameId: uid })
    expect(await me(browser)).toMatchObject({ username: uid })
    await config({ SamlSettings: { IdAttribute: ID, EmailAttribute: 'NameID' } })
    const mailed = await enter(unique('mailed'), { nameId: `${uid}.mail@lab.example`, nameIdFormat })
    expect(await me(mailed.browser)).toMatchObject({ email: `${uid}.mail@lab.example` })
    await config({ SamlSettings: { EmailAttribute: 'mail' } })
  })

  it('never takes over an account with the same address', async () => {
    const local = await signUp(at.server, 'local', at.team.invite_id)
    const uid = unique('twin')
    const { to } = await enter(uid, { attributes: { ...attributesOf(uid), mail: local.user.email } })
    expect(problem(to)).toBe('api.user.create_oauth_user.already_attached.app_error')
  })
})

describe('an answer is refused', () => {
  const wrong: [string, Partial<SamlAnswer>][] = [
    ['that is not signed', { signs: 'nothing' }],
    ['signed by another key', { signs: 'by another key' }],
    ['changed after it was signed', { change: (xml) => xml.replace('>Mia<', '>Eve<') }],
    ['for another audience', { audience: 'https://other.example' }],
    ['of another provider', { issuer: 'https://evil.example' }],
    ['made for another address', { destination: 'https://other.example/login/sso/saml' }],
    ['whose assertion was made for another address', { recipient: 'https://other.example/login/sso/saml' }],
    ['for another request', { inResponseTo: '_another' }],
    ['whose assertion was for another request', { subjectInResponseTo: '_another' }],
    ['whose assertion was for no request', { subjectInResponseTo: '' }],
    ['that has expired', { lastsMs: -600_000 }],
    ['that is not from the bearer', { method: 'urn:oasis:names:tc:SAML:2.0:cm:sender-vouches' }],
    ['without an id', { attributes: { mail: 'x@lab.example', uid: 'x' } }],
    ['with two ids', { attributes: { [ID]: ['a', 'b'], mail: 'x@lab.example', uid: 'x' } }],
    ['with a document type', { change: (xml) => `<!DOCTYPE r [<!ENTITY a "b">]>${xml}` }],
    ['with a comment', { change: (xml) => xml.replace('>Mia<', '>Mi<!-- -->a<') }],
    ['with an instruction', { change: (xml) => xml.replace('<saml:Subject>', '<?a b?><saml:Subject>') }],
    ['that does not end', { change: (xml) => xml.replace('</samlp:Response>', '') }],
    [
      'with a second assertion',
      { change: (xml) => xml.replace(/(<saml:Assertion[\s\S]*<\/saml:Assertion>)/, '$1$1') },
    ],
  ]
  it.each(wrong)('%s', async (_, lie) => {
    const { to, browser } = await enter(unique('liar'), lie)
    expect(problem(to)).toBe(FAILED)
    expect(browser.cookies.has('MMAUTHTOKEN')).toBe(false)
  })

  it('that comes twice, in another browser, or without a state of ours', async () => {
    const browser = visitor()
    const { id, state } = await begin(browser)
    const answer = idp.answer(honest(id, unique('once')))
    const other = visitor()
    await begin(other)
    for (const [who, word] of [
      [other, state],
      [visitor(), state],
      [browser, ''],
      [browser, 'https://evil.example/'],
    ] as const)
      expect(problem((await post(who, answer, word)).headers.get('location') ?? '')).toBe(STATE)
    expect((await post(browser, answer, state)).headers.get('location')).toBe('/')
    expect(problem((await post(browser, answer, state)).headers.get('location') ?? '')).toBe(STATE)
  })

  it('that says that the person was refused', async () => {
    const { to } = await enter(unique('denied'), { status: 'Responder' })
    expect(to).toContain('type=oauth_access_denied')
  })

  it('of which the log has only the beginning', async () => {
    const change = (xml: string) =>
      xml.replace(
        '</samlp:Status>',
        `<samlp:StatusMessage>${'x'.repeat(150_000)}</samlp:StatusMessage></samlp:Status>`,
      )
    const { to } = await enter(unique('chatty'), { status: 'Responder', change })
    expect(to).toContain('type=oauth_access_denied')
    await enter(unique('chatty'), { destination: `https://evil.example/${'x'.repeat(3000)}` })
    expect(at.server.logged.some((line) => line.includes('a sign-in did not work'))).toBe(true)
    expect(Math.max(...at.server.logged.map((line) => line.length))).toBeLessThan(8000)
  })

  it('that is not encrypted, where answers must be', async () => {
    const { key, certificate } = await makeIdp()
    await upload(saml.setKey.path, key)
    await upload(saml.setCertificate.path, certificate)
    await config({ SamlSettings: { Encrypt: true } })
    expect(problem((await enter(unique('plain'))).to)).toBe(FAILED)
    const [uid, encryptsFor] = [unique('sealed'), certificate]
    const { browser } = await enter(uid, { encryptsFor })
    expect(await me(browser)).toMatchObject({ username: uid })
    // Everybody has the key for which it is encrypted.
    for (const inside of [
      (xml: string) => xml.replace('>Mia<', '>Eve<'),
      (xml: string) => xml.replace('<saml:Subject>', `${'<a></a>'.repeat(1000)}<saml:Subject>`),
    ])
      expect(problem((await enter(unique('evil'), { encryptsFor, inside })).to)).toBe(FAILED)
    expect(at.server.logged.some((line) => line.includes('more than 1000 elements'))).toBe(true)
    await config({ SamlSettings: { Encrypt: false } })
  })

  it.each([
    ['that is endless', 'x'.repeat(512 * 1024 + 1)],
    ['of more than 256 KiB', Buffer.alloc(256 * 1024 + 1, 'x').toString('base64')],
  ])('%s', async (_, text) => {
    const browser = visitor()
    const { state } = await begin(browser)
    const response = await post(browser, text, state)
    expect(browser.cookies.has('MMAUTHTOKEN')).toBe(false)
    expect(problem(response.headers.get('location') ?? '')).toBe(
      'api.user.authorize_oauth_user.saml_response_too_long.app_error',
    )
  })
})

describe('groups', () => {
  it('are values of an attribute, follow each sign-in that names them, and stay if it does not', async () => {
    await config({ PlauschSettings: { SamlGroupsAttribute: 'eduPersonEntitlement' } })
    const [uid, head] = [unique('grouped'), `urn:geant:${unique('h')}.example:group`]
    const enterWith = async (values?: string | string[]) => {
      const named: Record<string, string | string[]> =
        values === undefined ? {} : { eduPersonEntitlement: values }
      return await me((await enter(uid, { attributes: { ...attributesOf(uid), ...named } })).browser)
    }
    const { id } = await enterWith([
      `${head}:laser:role=member#idp`,
      'urn:mace:dir:entitlement:common-lib-terms',
    ])
    const { groups: found } = await at.root.call(sso.listGroups, { query: { service: 'saml', q: head } })
    expect(found.map(({ value, name }) => [value, name])).toEqual([[`${head}:laser#idp`, 'laser']])
    const params = { claimed_group_id: found[0]?.id ?? '' }
    const group = await at.root.call(sso.linkGroup, { params })
    expect(group.source).toBe('saml')
    const members = async () =>
      (await at.root.call(groups.listMembers, { params: { group_id: group.id } })).members.map(
        (user) => user.id,
      )
    await enterWith(`${head}:laser:optics#idp`)
    expect(await members()).toEqual([id])
    await enterWith()
    expect(await members()).toEqual([id])
    await enterWith([`${head}:other#idp`])
    expect(await members()).toEqual([])
    await config({ PlauschSettings: { SamlGroupsAttribute: '' } })
  })
})
