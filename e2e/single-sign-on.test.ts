/**
 * Signing in by a real provider of OpenID Connect: the first time, again, refused, forged, and moving an
 * account there and back. The provider's own page asks for a name.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  formWith,
  makeIdp,
  type OidcProvider,
  type Place,
  place,
  signUp,
  startProvider,
  unlimited,
} from '@plausch/testkit'
import { saml, settings, teams } from '@plausch/wire'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, openBrowser, picture, type Visitor, visit, webFolder } from './browser.ts'
import { openSettings } from './people.ts'
import { textsOf } from './seat.ts'

let at: Place
let provider: OidcProvider
let browser: Browser
const visitors: Visitor[] = []

beforeAll(async () => {
  at = await place({ webFolder, fixed: unlimited })
  provider = await startProvider({ redirectUris: [`${at.server.url}/signup/openid/complete`] })
  for (const [name, family] of [
    ['mia', 'Müller'],
    ['jan', 'Petersen'],
    ['ida', 'Sommer'],
  ] as const)
    provider.people.set(name, {
      email: `${name}@lab.example`,
      email_verified: true,
      given_name: name,
      family_name: family,
    })
  await at.root.call(settings.patch, {
    body: {
      OpenIdSettings: { ...provider.settings, ButtonText: 'Labor-ID' },
      TeamSettings: { ExperimentalPrimaryTeam: at.team.name },
      SupportSettings: { SupportEmail: 'help@lab.example' },
    },
  })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await at.stop()
  await provider.stop()
})
// What it looked like, after a failure.
afterEach(async ({ task }) => {
  const last = visitors.at(-1)
  if (task.result?.state === 'fail' && last) await picture(last.page, 'failed-single-sign-on')
  for (const each of visitors.splice(0)) await each.context.close()
})

const open = async (locale: 'en' | 'de' = 'en', size: 'desk' | 'phone' = 'desk'): Promise<Page> => {
  const visitor = await visit(browser, at.server.url, { locale, size })
  visitors.push(visitor)
  return visitor.page
}

/** On the page of the provider. */
const beAt = async (page: Page, name: string | null): Promise<void> => {
  await page.getByRole('heading', { name: 'Sign in at the laboratory' }).waitFor()
  if (name === null) return await page.getByRole('button', { name: 'Refuse' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

const inTownSquare = (page: Page) => page.getByRole('heading', { name: 'Town Square' }).first().waitFor()

describe.each(['en', 'de'] as const)('in %s', (locale) => {
  it('makes an account at the first sign-in, and returns to the page one came for', async () => {
    const say = await textsOf(locale)
    const page = await open(locale)
    await page.goto(`/${at.team.name}/channels/off-topic`)
    const button = page.getByRole('button', { name: say('sso.with', { name: 'Labor-ID' }) })
    await button.waitFor()
    await expectAccessible(page, 'the sign-in page with a service')
    await picture(page, `sign-in-service-${locale}`)
    // By keyboard.
    await button.focus()
    await page.keyboard.press('Enter')
    await beAt(page, locale === 'en' ? 'mia' : 'jan')
    await page.getByRole('heading', { name: 'Off-Topic' }).first().waitFor()
    expect(new URL(page.url()).pathname).toBe(`/${at.team.name}/channels/off-topic`)
    const members = await at.root.call(teams.listMembers, { params: { team_id: at.team.id } })
    expect(members.length).toBeGreaterThan(2)
  })

  it('says what went wrong, whom to ask, and how to begin again', async () => {
    const say = await textsOf(locale)
    const page = await open(locale)
    await page.goto('/login')
    await page.getByRole('button', { name: say('sso.with', { name: 'Labor-ID' }) }).click()
    await beAt(page, null)
    await page.getByText(say('sso.problem.denied')).waitFor()
    await page.getByRole('link', { name: 'help@lab.example' }).waitFor()
    await expectAccessible(page, 'a refused sign-in')
    await picture(page, `sign-in-refused-${locale}`)
    await page.getByRole('link', { name: say('sso.again') }).click()
    await page.getByRole('button', { name: say('sso.with', { name: 'Labor-ID' }) }).waitFor()
    await page.goto(`/signup/openid/complete?code=x&state=${'x'.repeat(26)}`)
    await page.getByText(say('sso.problem.state')).waitFor()
    await page.goto('/oauth/openid/login?redirect_to=https://evil.example/')
    await page.getByText(say('sso.problem.redirect')).waitFor()
  })
})

it('knows a person again without asking at the provider, and refuses the same answer twice', async () => {
  const page = await open()
  await page.goto('/login')
  let answer = ''
  page.on('request', (request) => {
    if (request.url().includes('/signup/openid/complete?')) answer = request.url()
  })
  await page.getByRole('button', { name: 'Sign in with Labor-ID' }).click()
  await beAt(page, 'mia')
  await inTownSquare(page)
  expect(answer).not.toBe('')
  await page.goto(answer)
  await page.getByText('This sign-in did not begin in this browser').waitFor()
  // The session that there was stays.
  await page.goto('/')
  await inTownSquare(page)
})

it('leads to signing out at the service, too', async () => {
  const page = await open()
  await page.goto('/login')
  await page.getByRole('button', { name: 'Sign in with Labor-ID' }).click()
  await beAt(page, 'mia')
  await inTownSquare(page)
  await page.getByRole('button', { name: /Your account/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  const there = page.getByRole('link', { name: 'Sign out at Labor-ID as well' })
  await there.waitFor()
  // It was the reader's own wish.
  expect(await page.getByText((await textsOf('en'))('signIn.ended')).count()).toBe(0)
  await expectAccessible(page, 'the sign-in page after signing out')
  await picture(page, 'signed-out-of-service')
  await there.click()
  await page.waitForURL((url) =>
    url.href.startsWith(provider.settings.DiscoveryEndpoint.split('/.well-known')[0] ?? '-'),
  )
})

/** A provider of SAML, whose page sends the answer when somebody presses the button. */
const startIdp = async (): Promise<Server> => {
  const idp = await makeIdp()
  const ownUrl = `${at.server.url}${saml.complete.path}`
  const server = createServer((request, response) => {
    // Browsers also ask for an icon.
    if (!request.url?.startsWith('/sso?')) return response.writeHead(404).end()
    const { id, state } = idp.requestIn(`http://127.0.0.1${request.url}`)
    const answer = idp.answer({
      inResponseTo: id,
      destination: ownUrl,
      recipient: ownUrl,
      audience: 'plausch',
      issuer: idp.entityId,
      attributes: {
        id: 'sara@lab.example',
        mail: 'sara@lab.example',
        uid: 'sara',
        givenName: 'Sara',
        sn: 'Saml',
      },
    })
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><html lang="en"><title>Sign in</title><main><h1>Sign in at the institute</h1>
      <form method="post" action="${ownUrl}"><input type="hidden" name="SAMLResponse" value="${answer}">
      <input type="hidden" name="RelayState" value="${state}"><button>Sign in</button></form></main></html>`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  await at.root.fetch(saml.setIdpCertificate.path, {
    method: 'POST',
    body: formWith('certificate', 'idp.pem', Buffer.from(idp.certificate)),
  })
  const SamlSettings = {
    Enable: true,
    Encrypt: false,
    IdpURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sso`,
    IdpDescriptorURL: idp.entityId,
    ServiceProviderIdentifier: 'plausch',
    IdAttribute: 'id',
    EmailAttribute: 'mail',
    UsernameAttribute: 'uid',
    FirstNameAttribute: 'givenName',
    LastNameAttribute: 'sn',
    LoginButtonText: 'Institut',
  }
  await at.root.call(settings.patch, { body: { SamlSettings } })
  return server
}

it('signs in by SAML, and returns to the page one came for', async () => {
  const idp = await startIdp()
  const page = await open('de')
  await page.goto(`/${at.team.name}/channels/off-topic`)
  await page.getByRole('button', { name: 'Mit Institut anmelden' }).click()
  await page.getByRole('heading', { name: 'Sign in at the institute' }).waitFor()
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Off-Topic' }).first().waitFor()
  await at.root.call(settings.patch, { body: { SamlSettings: { Enable: false } } })
  idp.close()
  idp.closeAllConnections()
})

it('offers it to people who were invited', async () => {
  const page = await open('en', 'phone')
  await page.goto(`/signup_user_complete/?id=${at.team.invite_id}`)
  await page.getByRole('button', { name: 'Sign in with Labor-ID' }).waitFor()
  await expectAccessible(page, 'signing up with a service')
  await page.getByRole('button', { name: 'Sign in with Labor-ID' }).click()
  await beAt(page, 'ida')
  await page.waitForURL(`**/${at.team.name}/**`)
})

it('moves an account to the service and back, and each time the other way is gone', async () => {
  const owner = await signUp(at.server, 'mover', at.team.invite_id)
  provider.people.set('mover', { email: owner.user.email, email_verified: true })
  const page = await open()
  await page.goto('/login')
  await page.getByLabel('E-mail or username').fill(owner.username)
  await page.getByLabel('Password', { exact: true }).fill(owner.password)
  await page.keyboard.press('Enter')
  await inTownSquare(page)
  await openSettings(page)
  const form = page.getByRole('button', { name: 'Way to sign in' })
  await form.click()
  await page.getByRole('button', { name: 'Move to Labor-ID' }).waitFor()
  await expectAccessible(page, 'moving an account')
  await page.getByLabel('Current password').last().fill(owner.password)
  await page.getByRole('button', { name: 'Move to Labor-ID' }).click()
  await beAt(page, 'mover')
  await page.getByText('Your account signs in in another way now.').waitFor()
  await page.getByRole('button', { name: 'Sign in with Labor-ID' }).click()
  await inTownSquare(page)
  await openSettings(page)
  await page.getByRole('button', { name: 'Way to sign in' }).click()
  await page.getByRole('link', { name: 'Prove at Labor-ID that it is you' }).click()
  await beAt(page, 'mover')
  await inTownSquare(page)
  await openSettings(page)
  await page.getByRole('button', { name: 'Way to sign in' }).click()
  await expectAccessible(page, 'moving an account back')
  await page.getByLabel('New password').fill('another horse battery')
  await page.getByRole('button', { name: 'Set the password' }).click()
  await page.getByText('Your account signs in in another way now.').waitFor()
  await page.getByLabel('E-mail or username').fill(owner.username)
  await page.getByLabel('Password', { exact: true }).fill('another horse battery')
  await page.keyboard.press('Enter')
  await inTownSquare(page)
})
