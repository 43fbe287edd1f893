/** The settings of providers, and what clients are told of them. */
import { type Forger, type Place, place, refused, startForger, stranger, visitor } from '@plausch/testkit'
import { settings, system } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
let forger: Forger
beforeAll(async () => {
  at = await place()
  forger = await startForger()
})
afterAll(async () => {
  await at.stop()
  await forger.stop()
})

const config = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })
const told = () => stranger(at.server).call(settings.client, { query: { format: 'old' } })

it('clients learn which services there are', async () => {
  expect((await told()).EnableSignUpWithOpenId).toBe('false')
  await config({ OpenIdSettings: { ...forger.settings, ButtonText: 'Laboratory', ButtonColor: '#112233' } })
  expect(await told()).toMatchObject({
    EnableSignUpWithOpenId: 'true',
    OpenIdButtonText: 'Laboratory',
    OpenIdButtonColor: '#112233',
    EnableSignUpWithGitLab: 'false',
  })
  const license = await stranger(at.server).call(system.license, { query: { format: 'old' } })
  expect(license).toMatchObject({
    IsLicensed: 'true',
    OpenId: 'true',
    GoogleOAuth: 'true',
    Office365OAuth: 'true',
  })
})

it('the secret is shown to nobody, and stays if its mask comes back', async () => {
  await config({ OpenIdSettings: forger.settings })
  const shown = (await at.root.call(settings.get)) as Record<string, Record<string, unknown>>
  expect(shown.OpenIdSettings?.Secret).toBe('*'.repeat(32))
  await config({ OpenIdSettings: { ...shown.OpenIdSettings, ButtonText: 'again' } })
  expect(at.server.app.server.settings().OpenIdSettings.Secret).toBe(forger.settings.Secret)
})

it('a stored secret never goes to another address', async () => {
  await config({ OpenIdSettings: forger.settings })
  const DiscoveryEndpoint = 'https://evil.example/.well-known/openid-configuration'
  for (const Secret of [undefined, '*'.repeat(32)])
    await refused(
      'sso.secret_needed',
      config({ OpenIdSettings: { DiscoveryEndpoint, ...(Secret ? { Secret } : {}) } }),
    )
  await config({ OpenIdSettings: { DiscoveryEndpoint, Secret: 'a new one' } })
  await config({ OpenIdSettings: { DiscoveryEndpoint: '', Enable: false, Secret: '' } })
})

it('a service is switched on only with what it needs', async () => {
  for (const [name, wrong] of [
    ['Id', { Id: '' }],
    ['DiscoveryEndpoint', { DiscoveryEndpoint: '' }],
    ['DiscoveryEndpoint', { DiscoveryEndpoint: 'http://idp.example/.well-known/openid-configuration' }],
    ['DiscoveryEndpoint', { DiscoveryEndpoint: 'https://idp.example/' }],
    ['DiscoveryEndpoint', { DiscoveryEndpoint: 'ftp://idp.example/.well-known/openid-configuration' }],
  ] as const) {
    const fault = await refused(
      'sso.setting_needed',
      config({ GoogleSettings: { ...forger.settings, ...wrong } }),
    )
    expect(fault.message).toContain(`GoogleSettings.${name}`)
  }
})

it('scopes of v4’s older protocol become those that tell who a person is', async () => {
  await config({ Office365Settings: { ...forger.settings, Scope: 'User.Read' } })
  const browser = visitor()
  const url = `${at.server.url}/oauth/office365/login`
  const to = new URL(browser.nextOf(url, await browser.open(url)) ?? '')
  expect(to.searchParams.get('scope')).toBe('openid profile email')
})

it('names the site of the settings to the provider, however the server was reached', async () => {
  await config({ ServiceSettings: { SiteURL: 'https://chat.example.org' }, OpenIdSettings: forger.settings })
  const browser = visitor()
  const url = `${at.server.url}/oauth/openid/login`
  const to = new URL(browser.nextOf(url, await browser.open(url)) ?? '')
  expect(to.searchParams.get('redirect_uri')).toBe('https://chat.example.org/signup/openid/complete')
  await config({ ServiceSettings: { SiteURL: '' } })
})
