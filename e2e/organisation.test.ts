/**
 * An administrator sets up in the console what concerns the whole organisation: sign-in services, the help
 * desk, terms of use, and teams on request.
 */
import { type Idp, makeIdp, type OidcProvider, type Place, place, startProvider } from '@plausch/testkit'
import { saml, settings, terms, users } from '@plausch/wire'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  expectAccessible,
  openBrowser,
  picture,
  signInByApi,
  type Visitor,
  visit,
  webFolder,
} from './browser.ts'

const texts = {
  en: {
    ...{ console: 'Administration', save: 'Save', missing: 'Please fill this in.', enable: /^People can/ },
    ...{ redirect: 'Address to return to', discovery: 'Address of the provider', id: 'Client ID' },
    ...{ secret: 'Client secret', attempt: 'Try the address', answers: 'The provider answers.' },
    ...{ where: 'Where people sign in', name: 'Name of the service', kept: /A secret is stored/ },
    ...{ anew: /enter its secret again/, noProvider: /cannot be used like this/ },
    ...{ samlMissing: /things are missing/, samlCertificate: 'the certificate of the provider' },
    ...{
      readFile: 'Read them from a file',
      read: 'Read. Nothing is saved yet.',
      encrypt: 'Answers must be encrypted',
    },
    ...{ usual: 'Shibboleth, eduGAIN', identity: 'Identity', removeCertificate: 'Remove the provider’s' },
    ...{
      organisation: 'Name, help desk, seats',
      mail: 'E-mail of the help desk',
      mailWrong: 'no e-mail address',
    },
    ...{ imprint: 'Imprint', seats: 'Number of seats', taken: /of 50 seats are taken/ },
    ...{ terms: 'Terms of use', german: 'German text', english: 'English text', preview: 'Preview, German' },
    ...{ publish: 'Publish new version', accept: 'Everybody must accept the text', noText: /Publish a text/ },
    ...{ requests: 'Teams on request', limit: 'Open requests of one person', between: /from 1 to 1000/ },
    ...{ endorser: 'Username of the person who endorses otherwise', fixed: /The environment of the server/ },
    ...{ back: 'Administration', days: 'Ask again after days', current: /current/ },
  },
  de: {
    ...{ console: 'Verwaltung', save: 'Speichern', missing: 'Bitte ausfüllen', enable: /^Man kann sich/ },
    ...{ redirect: 'Rücksprungadresse', discovery: 'Adresse des Anbieters', id: 'Client-ID' },
    ...{ secret: 'Client-Geheimnis', attempt: 'Adresse ausprobieren', answers: 'Der Anbieter antwortet.' },
    ...{ where: 'Wo man sich anmeldet', name: 'Name des Dienstes', kept: /Ein Geheimnis ist gespeichert/ },
    ...{ anew: /Bitte geben Sie sein Geheimnis neu ein/, noProvider: /ist so nicht zu gebrauchen/ },
    ...{ samlMissing: /fehlen noch/, samlCertificate: 'das Zertifikat des Anbieters' },
    ...{ readFile: 'Aus einer Datei lesen', read: 'Gelesen. Noch ist nichts gespeichert.' },
    ...{ encrypt: 'Antworten müssen verschlüsselt', usual: 'Shibboleth, eduGAIN', identity: 'Identität' },
    ...{ removeCertificate: 'Zertifikat des Anbieters entfernen', organisation: 'Name, Helpdesk, Plätze' },
    ...{ mail: 'E-Mail des Helpdesks', mailWrong: 'keine E-Mail-Adresse', imprint: 'Impressum' },
    ...{ seats: 'Zahl der Plätze', taken: /von 50 Plätzen belegt/, terms: 'Nutzungsbedingungen' },
    ...{ german: 'Deutscher Text', english: 'Englischer Text', preview: 'Vorschau, deutsch' },
    ...{ publish: 'Neue Fassung veröffentlichen', accept: 'Alle müssen dem Text zustimmen' },
    ...{ noText: /Veröffentlichen Sie zuerst/, requests: 'Teams auf Antrag', between: /von 1 bis 1000/ },
    ...{ limit: 'Offene Anträge einer Person', fixed: /Die Umgebung des Servers/, back: 'Verwaltung' },
    ...{ endorser: 'Benutzername der Person, die sonst befürwortet', days: 'Nach so vielen Tagen wieder' },
    ...{ current: /aktuell/ },
  },
}

const looks = [
  { locale: 'en', size: 'desk', scheme: 'light' },
  { locale: 'de', size: 'phone', scheme: 'dark' },
] as const

let browser: Browser
let provider: OidcProvider
let idp: Idp
beforeAll(async () => {
  browser = await openBrowser()
  provider = await startProvider({ redirectUris: ['http://127.0.0.1/signup/openid/complete'] })
  idp = await makeIdp()
})
afterAll(async () => {
  await browser.close()
  await provider.stop()
})

describe.each(looks)('in $locale, at a $size', ({ locale, size, scheme }) => {
  const t = texts[locale]
  let at: Place
  let root: Visitor
  let page: Page
  const stored = async (): Promise<Record<string, Record<string, unknown>>> =>
    (await at.root.call(settings.get)) as Record<string, Record<string, unknown>>
  const shot = async (name: string): Promise<void> => {
    // Pages are longer than the window.
    const main = page.locator('main')
    await main.evaluate('document.activeElement?.blur()')
    for (const [n, end] of [0, 1, 2].entries()) {
      await main.evaluate((element, part) => {
        const all = [element, ...element.querySelectorAll('*')]
        const scroller = all.find((each) => each.scrollHeight > each.clientHeight + 4 && each === element)
        scroller?.scrollTo(0, ((scroller.scrollHeight - scroller.clientHeight) * part) / 2)
      }, end)
      await picture(page, `organisation-${name}-${locale}-${size}-${n}`)
    }
    const isWider = `(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)(document.querySelector('main'))`
    expect(await page.evaluate(isWider), name).toBe(false)
  }
  const open = async (path: string, heading: string): Promise<void> => {
    await page.goto(`/admin_console/${path}`)
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
  }
  const save = (): Promise<void> => page.getByRole('button', { name: t.save, exact: true }).click()

  beforeAll(async () => {
    at = await place({ webFolder, fixed: { PlauschSettings: { TeamRequestEndorser: 'root' } } })
    await at.root.call(users.patch, { params: { user_id: at.root.id }, body: { locale } })
    root = await visit(browser, at.server.url, { locale, size, scheme })
    page = root.page
    await signInByApi(root.context, at.root)
  })
  afterAll(async () => {
    await root.context.close()
    await at.stop()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await picture(page, `failed-organisation-${locale}-${size}`)
  })

  it('connects a provider of OpenID Connect that was tried before', async () => {
    await open('authentication/openid', 'OpenID Connect')
    expect(await page.getByRole('textbox', { name: t.redirect }).inputValue()).toBe(
      `${at.server.url}/signup/openid/complete`,
    )
    await page.getByRole('checkbox', { name: t.enable }).check()
    await save()
    await page.getByText(t.missing).first().waitFor()
    await page.getByLabel(t.discovery).fill('http://127.0.0.1:1')
    await page.getByRole('button', { name: t.attempt }).click()
    await page.getByText(t.noProvider).waitFor()
    await page.getByLabel(t.discovery).fill(`${provider.issuer}/`)
    await page.getByRole('button', { name: t.attempt }).click()
    await page.getByText(t.answers).waitFor()
    await page.getByText(`${provider.issuer}/auth`).waitFor()
    await page.getByLabel(t.id).fill('plausch')
    await page.getByLabel(t.secret, { exact: true }).fill('a secret')
    await page.getByLabel(t.name).fill('Labor-ID')
    await shot('openid')
    await expectAccessible(page, 'OpenID Connect')
    await save()
    await page.getByText(t.kept).waitFor()
    expect((await stored()).OpenIdSettings).toMatchObject({
      Enable: true,
      DiscoveryEndpoint: `${provider.issuer}/.well-known/openid-configuration`,
      Id: 'plausch',
      ButtonText: 'Labor-ID',
    })
    expect(await page.getByLabel(t.secret, { exact: true }).inputValue()).toBe('')
  })

  it('asks for the secret anew when the provider is another one', async () => {
    await page.getByLabel(t.discovery).fill('https://idp.example.org')
    await save()
    await page.getByText(t.anew).waitFor()
    await expectAccessible(page, 'a secret that is needed')
    await page.getByLabel(t.secret, { exact: true }).fill('another')
    await save()
    await expect
      .poll(async () => (await stored()).OpenIdSettings?.DiscoveryEndpoint)
      .toBe('https://idp.example.org/.well-known/openid-configuration')
  })

  it('knows the other services, each with its own address to return to', async () => {
    await page.getByRole('tab', { name: 'Google' }).click()
    await page.waitForURL('**/authentication/openid/google')
    await expect
      .poll(() => page.getByRole('textbox', { name: t.redirect }).inputValue())
      .toContain('/signup/google/complete')
    expect(await page.getByLabel(t.discovery).inputValue()).toContain('https://accounts.google.com/')
    expect(await page.getByLabel(t.name).count()).toBe(0)
    expect((await stored()).GoogleSettings?.DiscoveryEndpoint).toBe('')
  })

  it('sets SAML up, and is told what is still missing', async () => {
    await open('authentication/saml', 'SAML')
    await page.getByText(t.samlMissing).waitFor()
    const missing = page.getByRole('list').filter({ hasText: t.samlCertificate })
    await missing.waitFor()
    await shot('saml-empty')
    await page.getByLabel(t.readFile).setInputFiles({
      name: 'metadata.xml',
      mimeType: 'application/xml',
      buffer: Buffer.from(idp.metadata),
    })
    await page.getByText(t.read).waitFor()
    await expect.poll(() => missing.count()).toBe(0)
    expect(await page.getByLabel(t.where).inputValue()).toBe(idp.url)
    await page.getByRole('button', { name: t.usual }).click()
    expect(await page.getByLabel(t.identity).inputValue()).toBe(
      'urn:oasis:names:tc:SAML:attribute:subject-id',
    )
    await page.getByRole('checkbox', { name: t.encrypt }).uncheck()
    await shot('saml')
    await expectAccessible(page, 'SAML')
    await page.getByRole('checkbox', { name: t.enable }).check()
    await save()
    await page.getByRole('button', { name: t.removeCertificate }).waitFor()
    await expect
      .poll(async () => (await stored()).SamlSettings)
      .toMatchObject({ Enable: true, IdpURL: idp.url, Encrypt: false })
    const link = page.locator('a[download]')
    expect((await page.request.get((await link.getAttribute('href')) ?? '')).status()).toBe(200)
    expect(await at.root.call(saml.certificateStatus)).toMatchObject({ idp_certificate_file: true })
    await page.getByRole('button', { name: t.removeCertificate }).click()
    await missing.waitFor()
    await expect.poll(() => page.getByRole('checkbox', { name: t.enable }).isChecked()).toBe(false)
    expect((await stored()).SamlSettings?.Enable).toBe(false)
  })

  it('names the help desk, the own pages and the seats', async () => {
    await open('site_config/customization', t.organisation)
    await page.getByLabel(t.mail).fill('nonsense')
    await page.getByLabel(t.imprint).fill('javascript:alert(1)')
    await save()
    await page.getByText(t.mailWrong).waitFor()
    expect((await stored()).PlauschSettings?.ImprintLink).toBe('')
    await page.getByLabel(t.mail).fill('help@lab.example')
    await page.getByLabel(t.imprint).fill('https://lab.example/imprint')
    await page.getByLabel(t.seats).fill('50')
    await save()
    await page.getByText(t.taken).waitFor()
    await shot('organisation')
    await expectAccessible(page, 'the organisation')
    expect((await stored()).PlauschSettings).toMatchObject({
      ImprintLink: 'https://lab.example/imprint',
      MaxActiveUsers: 50,
    })
    await page.getByLabel(t.mail).fill('')
    await save()
    // Official consoles save no page without an address; this one stands for none.
    await expect.poll(async () => (await stored()).SupportSettings?.SupportEmail).toBe('nobody@localhost')
    expect(await page.getByLabel(t.mail).inputValue()).toBe('')
  })

  it('publishes terms with a preview, in both languages', async () => {
    await open('compliance/custom_terms_of_service', t.terms)
    await page.getByRole('checkbox', { name: t.accept }).check()
    await save()
    await page.getByText(t.noText).waitFor()
    await page.getByLabel(t.german).fill('Bitte **freundlich** sein.')
    await page.getByLabel(t.english).fill('Please be **kind**.')
    await page.getByRole('region', { name: t.preview }).locator('strong').getByText('freundlich').waitFor()
    await page.getByRole('button', { name: t.publish }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: t.publish }).click()
    await page.getByRole('button', { name: t.current }).click()
    await shot('terms')
    await expectAccessible(page, 'the terms')
    const [version] = await at.root.call(terms.list)
    expect(version?.translations).toEqual({ de: 'Bitte **freundlich** sein.', en: 'Please be **kind**.' })
    await page.getByLabel(t.days).fill('30')
    await save()
    await expect
      .poll(async () => (await stored()).SupportSettings)
      .toMatchObject({
        CustomTermsOfServiceEnabled: true,
        CustomTermsOfServiceReAcceptancePeriod: 30,
      })
    await at.root.call(settings.patch, { body: { SupportSettings: { CustomTermsOfServiceEnabled: false } } })
  })

  it('says how teams are asked for; what the environment fixes stays', async () => {
    await open('site_config/team_requests', t.requests)
    expect(await page.getByLabel(t.endorser).isDisabled()).toBe(true)
    await page.getByText(t.fixed).waitFor()
    await page.getByLabel(t.limit).fill('0')
    await save()
    await page.getByText(t.between).waitFor()
    await page.getByLabel(t.limit).fill('5')
    await save()
    await expect.poll(async () => (await stored()).PlauschSettings?.MaxOpenTeamRequests).toBe(5)
    await shot('requests')
    await expectAccessible(page, 'teams on request')
    // Refusals are in the console of the browser; 501 is that of terms that were switched off as they were read.
    expect(root.problems.filter((each) => !/status of (400|501)/.test(each))).toEqual([])
  })

  it('is closed to everybody else', async () => {
    const ana = await visit(browser, at.server.url, { locale, size })
    await signInByApi(ana.context, at.ana)
    const asked: string[] = []
    ana.page.on('request', (request) => asked.push(request.url()))
    for (const path of ['authentication/saml', 'authentication/openid', 'site_config/customization']) {
      await ana.page.goto(`/admin_console/${path}`)
      await ana.page.getByRole('heading', { name: /administrators|Administratoren/ }).waitFor()
    }
    expect(asked.filter((url) => /api\/v4\/(config$|saml|limits)|plausch\/terms/.test(url))).toEqual([])
    await ana.context.close()
  })
})
