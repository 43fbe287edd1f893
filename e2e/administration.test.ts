/** An administrator connects a real directory in the console, and lets its people come in. */
import {
  dnOf,
  hasSlapd,
  hurry,
  ldifGroup,
  ldifPerson,
  type Place,
  place,
  type Slapd,
  startSlapd,
} from '@plausch/testkit'
import { settings, users } from '@plausch/wire'
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

const PEOPLE = 200
const texts = {
  en: {
    ...{ menu: /Your account/, console: 'Administration', directory: 'Directory (LDAP)', jobs: 'Jobs' },
    ...{ server: 'Server', port: 'Port', base: 'Base DN', account: 'Service account (DN)' },
    ...{ password: 'Password of the service account', enable: 'People can sign in with the directory' },
    ...{ attempt: 'Try the connection', answers: 'The directory answers', save: 'Save', saved: 'Saved' },
    ...{ people: 'People', passes: 'Passes', look: 'Look into the directory', preview: 'Preview' },
    ...{ begin: 'Start a pass', missing: 'Please fill this in.', would: '200 new', done: '200 new' },
    ...{ groups: 'Groups', link: 'Link beamline', unlink: 'Unlink beamline' },
    ...{
      changes: 'Show what it changed',
      fine: 'fine',
      notOpen: 'This is for administrators',
      connection: 'Connection',
      plain: 'None',
    },
  },
  de: {
    ...{ menu: /Ihr Konto/, console: 'Verwaltung', directory: 'Verzeichnis (LDAP)', jobs: 'Aufträge' },
    ...{ server: 'Server', port: 'Port', base: 'Basis-DN', account: 'Dienstkonto (DN)' },
    ...{ password: 'Passwort des Dienstkontos', enable: 'Man kann sich mit dem Verzeichnis anmelden' },
    ...{ attempt: 'Verbindung ausprobieren', answers: 'Das Verzeichnis antwortet', save: 'Speichern' },
    ...{ saved: 'Gespeichert', people: 'Personen', passes: 'Abgleiche', look: 'Im Verzeichnis nachsehen' },
    ...{ preview: 'Vorschau', begin: 'Abgleich beginnen', missing: 'Bitte ausfüllen', would: '200 neu' },
    ...{
      done: '200 neu',
      changes: 'Zeigen, was er geändert hat',
      fine: 'in Ordnung',
      notOpen: 'Dies ist für Administratoren',
    },
    ...{ connection: 'Verbindung', plain: 'Keine', groups: 'Gruppen' },
    ...{ link: 'beamline verknüpfen', unlink: 'beamline lösen' },
  },
}

let browser: Browser
let at: Place
let ldap: Slapd
beforeAll(async () => {
  ;[browser, at, ldap] = await Promise.all([openBrowser(), place({ webFolder }), startSlapd()])
  await ldap.load(
    Array.from({ length: PEOPLE }, (_, n) => ldifPerson({ uid: `p${n}`, family: `Müller ${n}` })).join('') +
      ldifGroup('beamline', [dnOf({ uid: 'p1' }), dnOf({ uid: 'p2' })]),
  )
})
afterAll(async () => {
  await browser.close()
  await Promise.all([at.stop(), ldap.stop()])
})

/** As on a new server. */
const reset = async (): Promise<void> => {
  const blank = { Enable: false, EnableSync: false, LdapServer: '', BindUsername: '', BaseDN: '' }
  const attributes = {
    IdAttribute: '',
    UsernameAttribute: '',
    EmailAttribute: '',
    UserFilter: '',
    GroupFilter: '',
  }
  await at.root.call(settings.patch, {
    body: { LdapSettings: { ...blank, ...attributes, BindPassword: '', ConnectionSecurity: 'TLS' } },
  })
}

const looks = [
  { locale: 'en', size: 'desk' },
  { locale: 'de', size: 'phone' },
] as const

describe.skipIf(!hasSlapd).each(looks)('in $locale, at a $size', ({ locale, size }) => {
  const t = texts[locale]
  const shot = async (name: string): Promise<void> => {
    await picture(root.page, `console-${name}-${locale}-${size}`)
    const isWider = `(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)(document.querySelector('main'))`
    expect(await root.page.evaluate(isWider), name).toBe(false)
  }
  let root: Visitor
  let page: Page
  beforeAll(async () => {
    await reset()
    for (const person of [at.root, at.ana])
      await at.root.call(users.patch, { params: { user_id: person.id }, body: { locale } })
    root = await visit(browser, at.server.url, { locale, size })
    page = root.page
    await signInByApi(root.context, at.root)
  })
  afterAll(() => root.context.close())
  afterEach(({ task }) =>
    task.result?.state === 'fail' ? shot(`failed-${task.name.slice(0, 20)}`) : undefined,
  )

  it("is reached by the menu of one's account", async () => {
    await page.goto('/')
    await page.locator('[data-composer] textarea').waitFor()
    if (size === 'phone') await page.getByRole('button', { name: /^(Channels|Kanäle)$/ }).click()
    await page.getByRole('button', { name: t.menu }).click()
    await page.getByRole('menuitem', { name: t.console }).click()
    await page.getByRole('link', { name: t.directory }).waitFor()
    await shot('start')
    await expectAccessible(page, 'the console')
    await page.getByRole('link', { name: t.directory }).click()
    await page.getByRole('heading', { name: t.directory }).waitFor()
  })

  it('says at the field what is missing', async () => {
    await page.getByLabel(t.server, { exact: true }).waitFor()
    await page.getByRole('button', { name: t.attempt }).click()
    await page.getByText(t.missing).first().waitFor()
    await expectAccessible(page, 'a connection with faults')
  })

  it('tries the connection before anything is saved, and saves it', async () => {
    await page.getByLabel(t.server, { exact: true }).fill(ldap.host)
    await page.getByLabel(t.port, { exact: true }).fill(String(ldap.port))
    await page.getByRole('radio', { name: t.plain }).check()
    await page.getByLabel(t.base).fill(ldap.base)
    await page.getByLabel(t.account).fill(ldap.reader.dn)
    await page.getByLabel(t.password, { exact: true }).fill('wrong')
    await page.getByRole('button', { name: t.attempt }).click()
    const refusal = page.getByRole('alert').filter({ hasText: /./ })
    await refusal.first().waitFor()
    await page.getByLabel(t.password, { exact: true }).fill(ldap.reader.password)
    await page.getByRole('button', { name: t.attempt }).click()
    await page.getByText(t.answers).waitFor()
    await expect.poll(() => refusal.count()).toBe(0)
    expect((await at.root.call(settings.get)).LdapSettings?.LdapServer).toBe('')
    await shot('connection')
    await expectAccessible(page, 'a connection that works')
  })

  it('names the people, sees samples of them, and saves it all', async () => {
    await page.getByRole('button', { name: t.save, exact: true }).click()
    await expect.poll(async () => (await at.root.call(settings.get)).LdapSettings?.LdapServer).toBe(ldap.host)
    await page.getByRole('tab', { name: t.people }).click()
    await page.getByRole('button', { name: 'OpenLDAP' }).click()
    await page.getByRole('button', { name: t.look }).click()
    const table = page.getByRole('table')
    await table.getByText('entryUUID').first().waitFor()
    await expect.poll(() => table.getByText(t.fine).count()).toBeGreaterThan(5)
    await page
      .getByRole('button', { name: /Müller/ })
      .first()
      .click()
    await page.getByText('inetOrgPerson', { exact: true }).first().waitFor()
    await shot('people')
    await expectAccessible(page, 'the people of the directory')
    await page.getByRole('button', { name: t.save, exact: true }).click()
    await expect
      .poll(async () => (await at.root.call(settings.get)).LdapSettings?.IdAttribute)
      .toBe('entryUUID')
    await page.getByRole('tab', { name: t.connection }).click()
    await page.getByRole('checkbox', { name: t.enable }).check()
    await page.getByRole('button', { name: t.save, exact: true }).click()
    await expect.poll(async () => (await at.root.call(settings.get)).LdapSettings?.Enable).toBe(true)
  })

  it('links a group', async () => {
    await page.getByRole('tab', { name: t.groups }).click()
    await page.getByRole('button', { name: t.link }).click()
    await page.getByRole('button', { name: t.unlink }).waitFor()
    await shot('groups')
    await expectAccessible(page, 'the groups of the directory')
  })

  it('looks at what a pass would do, lets it run, and sees what it did', async () => {
    await page.getByRole('tab', { name: t.passes }).click()
    await page.getByRole('button', { name: t.preview }).click()
    const isFirst = locale === 'en'
    await page
      .getByText(isFirst ? t.would : /^0 neu/)
      .first()
      .waitFor()
    await shot('preview')
    await expectAccessible(page, 'the preview of a pass')
    await page.getByRole('button', { name: t.begin }).click()
    await hurry(at.server, 'jobs.run')
    const rows = page.getByRole('table').getByRole('row')
    await rows
      .filter({ hasText: isFirst ? t.done : /0 neu/ })
      .first()
      .waitFor()
    // Below the row of the pass that brought everybody in.
    const more = rows.filter({ hasText: t.done }).first().locator('xpath=following-sibling::tr[1]')
    await more.getByRole('button', { name: t.changes }).click()
    await page
      .getByText(/@p\d+ (got an account|hat ein Konto bekommen)/)
      .first()
      .waitFor()
    await shot('passes')
    await expectAccessible(page, 'the passes')
    const found = await at.root.call(users.search, { body: { term: 'p199', limit: 10 } })
    expect(found.map(({ auth_service }) => auth_service)).toEqual(['ldap'])
  })

  it('unlinks a group', async () => {
    await page.getByRole('tab', { name: t.groups }).click()
    await page.getByRole('button', { name: t.unlink }).click()
    await page.getByRole('button', { name: t.link }).waitFor()
  })

  it('lists all jobs, and leads back to the chat', async () => {
    if (size === 'phone') await page.getByRole('link', { name: t.console }).click()
    await page.getByRole('link', { name: t.jobs }).click()
    await page.getByRole('heading', { name: t.jobs }).waitFor()
    await page.getByRole('table').getByRole('row').nth(1).waitFor()
    await shot('jobs')
    await expectAccessible(page, 'the jobs')
    if (size === 'phone') await page.getByRole('link', { name: t.console }).click()
    await page.getByRole('link', { name: /chat/i }).click()
    await page.locator('[data-composer] textarea').waitFor()
    expect(root.problems.filter((each) => !/status of 400/.test(each))).toEqual([])
  })

  it('is closed to everybody else', async () => {
    const ana = await visit(browser, at.server.url, { locale, size })
    await signInByApi(ana.context, at.ana)
    const asked: string[] = []
    ana.page.on('request', (request) => asked.push(request.url()))
    await ana.page.goto('/')
    await ana.page.locator('[data-composer] textarea').waitFor()
    if (size === 'phone') await ana.page.getByRole('button', { name: /^(Channels|Kanäle)$/ }).click()
    await ana.page.getByRole('button', { name: t.menu }).click()
    await ana.page.getByRole('menuitem').first().waitFor()
    expect(await ana.page.getByRole('menuitem', { name: t.console }).count()).toBe(0)
    await ana.page.goto('/admin_console/authentication/ldap')
    await ana.page.getByRole('heading', { name: t.notOpen }).waitFor()
    await expectAccessible(ana.page, 'the console of others')
    expect(asked.filter((url) => /api\/v4\/(config$|jobs|ldap)|plausch\/directory/.test(url))).toEqual([])
    await ana.context.close()
  })
})
