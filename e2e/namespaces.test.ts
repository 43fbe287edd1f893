/** An administrator lets a branch of a real directory become teams: a look at the tree, a rule, its preview. */
import {
  dnOf,
  hasSlapd,
  hurry,
  ldapSettings,
  ldifPerson,
  type Place,
  place,
  type Slapd,
  startSlapd,
} from '@plausch/testkit'
import { settings, teams, users } from '@plausch/wire'
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
    ...{ title: 'Teams from the directory', none: 'No rules yet', here: 'New rule for staff', name: 'Name' },
    ...{
      missing: 'Please fill this in.',
      preview: 'Show what it would do',
      save: 'Save',
      only: 'Only names like',
    },
    ...{ would: '2 new of 3 entries, with 5 people', takeOver: 'Take over /vacuum', made: '3 made' },
    ...{ show: 'Show what it made', edit: 'Edit', remove: 'Delete', confirm: 'Delete', waits: 'Waits' },
    ...{ entry: 'staff', places: 'What Staff made' },
  },
  de: {
    ...{ title: 'Teams aus dem Verzeichnis', none: 'Noch keine Regeln', here: 'Neue Regel für staff' },
    ...{ name: 'Name', missing: 'Bitte ausfüllen', preview: 'Zeigen, was die Regel täte', save: 'Speichern' },
    ...{
      only: 'Nur Namen wie',
      would: 'Nichts Neues von 3 Einträgen, mit 0 Personen',
      takeOver: '/vacuum übernehmen',
    },
    ...{ made: '3 angelegt', show: 'Angelegtes zeigen', edit: 'bearbeiten', remove: 'löschen' },
    ...{ confirm: 'Löschen', waits: 'Wartet', entry: 'staff', places: 'Was Staff angelegt hat' },
  },
}

const BASE = 'dc=lab,dc=example'
const unit = (ou: string, above: string): string =>
  `dn: ou=${ou},${above}\nobjectClass: organizationalUnit\nobjectClass: extensibleObject\nou: ${ou}\n\n`

let browser: Browser
let at: Place
let ldap: Slapd
beforeAll(async () => {
  ;[browser, at, ldap] = await Promise.all([openBrowser(), place({ webFolder }), startSlapd()])
  await at.root.call(settings.patch, {
    body: {
      LdapSettings: { ...ldapSettings(ldap), EnableSync: true },
      PlauschSettings: { LdapLiveSeconds: 0, TeamRequestLeaderAttribute: 'owner' },
    },
  })
  const units = ['optics', 'vacuum', 'beams']
  await ldap.add(
    unit('staff', BASE) +
      units.map((ou) => unit(ou, `ou=staff,${BASE}`)).join('') +
      units
        .flatMap((ou) => [1, 2, 3].map((n) => ldifPerson({ uid: `${ou}${n}`, unit: `ou=${ou},ou=staff` })))
        .slice(0, -1)
        .join(''),
  )
  await ldap.change(
    `dn: ou=optics,ou=staff,${BASE}\nchangetype: modify\nadd: owner\nowner: ${dnOf({ uid: 'optics1', unit: 'ou=optics,ou=staff' })}\n\n`,
  )
  await at.root.call(teams.create, { body: { name: 'vacuum', display_name: 'Vacuum', type: 'I' } })
})
afterAll(async () => {
  await browser.close()
  await Promise.all([at.stop(), ldap.stop()])
})

const looks = [
  { locale: 'en', size: 'desk' },
  { locale: 'de', size: 'phone' },
] as const

describe.skipIf(!hasSlapd).each(looks)('in $locale, at a $size', ({ locale, size }) => {
  const t = texts[locale]
  const shot = async (name: string): Promise<void> => {
    await picture(root.page, `namespaces-${name}-${locale}-${size}`)
    const isWider = `(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)(document.querySelector('main'))`
    expect(await root.page.evaluate(isWider), name).toBe(false)
  }
  const button = (name: string) => page.getByRole('button', { name })
  let root: Visitor
  let page: Page
  beforeAll(async () => {
    await at.root.call(users.patch, { params: { user_id: at.root.id }, body: { locale } })
    root = await visit(browser, at.server.url, { locale, size })
    page = root.page
    await signInByApi(root.context, at.root)
  })
  afterAll(() => root.context.close())
  afterEach(({ task }) =>
    task.result?.state === 'fail' ? shot(`failed-${task.name.slice(0, 20)}`) : undefined,
  )

  it('shows the tree of the directory, and begins a rule for one of its branches', async () => {
    await page.goto('/admin_console/authentication/namespaces')
    await page.getByText(t.none).waitFor()
    await page.getByRole('button', { name: t.entry, exact: true }).click()
    await page.getByRole('button', { name: 'optics', exact: true }).waitFor()
    await shot('tree')
    await expectAccessible(page, 'the tree of the directory')
    await button(t.here).click()
    await page.getByLabel(t.name, { exact: true }).waitFor()
  })

  it('says what a rule would do before it is saved', async () => {
    await button(t.preview).click()
    await page.getByText(t.missing).waitFor()
    await page.getByLabel(t.name, { exact: true }).fill('Staff')
    await button(t.preview).click()
    await page.getByText(t.would).waitFor()
    if (locale === 'en') await page.getByRole('checkbox', { name: t.takeOver }).check()
    await shot('preview')
    await expectAccessible(page, 'the preview of a rule')
    // Another rule has not been seen.
    await page.getByLabel(t.only).fill('x*')
    await button(t.preview).waitFor()
    await page.getByLabel(t.only).fill('')
    await button(t.save).click()
  })

  it('makes what the rule says, and shows it', async () => {
    await page.waitForURL(/namespaces$/)
    await hurry(at.server, 'jobs.run')
    await page.reload()
    await page.getByText(t.made).waitFor()
    if (locale === 'en') {
      await button(t.show).click()
      const made = page.getByRole('list', { name: t.places })
      await made.getByText('optics').first().waitFor()
      const team = await at.root.call(teams.getByName, { params: { team_name: 'optics' } })
      const inside = await at.root.call(teams.listMembers, { params: { team_id: team.id } })
      expect(inside.filter(({ scheme_admin }) => scheme_admin)).toHaveLength(1)
      expect(inside).toHaveLength(3)
    }
    await shot('rules')
    await expectAccessible(page, 'the rules')
  })

  it('can be deleted; what it made stays', async () => {
    await button(locale === 'en' ? `${t.remove} Staff` : `Staff ${t.remove}`).click()
    const asking = page.getByRole('alertdialog')
    await asking.waitFor()
    await shot('delete')
    await asking.getByRole('button', { name: t.confirm, exact: true }).click()
    await page.getByText(t.none).waitFor()
    await at.root.call(teams.getByName, { params: { team_name: 'optics' } })
    expect(root.problems).toEqual([])
  })
})
