/**
 * Every screen and dialog has no accessibility problem, in both languages, light and dark, wide and narrow.
 * Takes screenshots of all.
 */
import { createApi } from '@plausch/client'
import type { TestServer } from '@plausch/testkit'
import { channels, members, onboarding, posts, sessions, type Team, users } from '@plausch/wire'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, type Look, openBrowser, picture, serveClient, visit } from './browser.ts'

const PASSWORD = 'ein langes Passwort'

let server: TestServer
let browser: Browser
let team: Team
let mia: Awaited<ReturnType<typeof person>>
/** A message of a conversation. */
let said: string

const LONG = 'Ein Absatz, der lang genug ist, um umzubrechen. '.repeat(60)

/** An account with a session, made through the API. */
const person = async (username: string, first: string, last: string, iid = '') => {
  const api = createApi({ baseUrl: server.url })
  const body = {
    username,
    email: `${username}@example.org`,
    password: PASSWORD,
    first_name: first,
    last_name: last,
  }
  const user = await api.call(onboarding.signUp, { query: { iid }, body })
  await api.call(sessions.login, { body: { login_id: username, password: PASSWORD } })
  return { id: user.id, call: api.call }
}

beforeAll(async () => {
  server = await serveClient()
  mia = await person('mia', 'Mia', 'Sommer')
  team = await mia.call(onboarding.firstTeam, {
    body: { name: 'strahlen', display_name: 'Strahlenforschung' },
  })
  const jan = await person('jan', 'Jan', 'Petersen', team.invite_id)
  const long = await person(
    'maximiliane.von-und-zu-hohenstein',
    'Maximiliane',
    'von und zu Hohenstein-Waldenburg',
    team.invite_id,
  )
  const params = { team_id: team.id, channel_name: 'town-square' }
  const townSquare = await mia.call(channels.getByName, { params })
  type Writer = typeof mia
  const write = (who: Writer, message: string, rootId = '') =>
    who.call(posts.create, { body: { channel_id: townSquare.id, message, root_id: rootId } })
  await write(jan, LONG)
  await write(mia, 'Guten Morgen zusammen! Die **Strahlzeit** beginnt heute um 14 Uhr.')
  const question = await write(jan, 'Wer übernimmt die erste Schicht? @mia vielleicht?')
  await write(mia, 'Ich. Ab 14 Uhr im Kontrollraum.', question.id)
  await write(
    long,
    '- Proben vorbereiten\n- Kamera kalibrieren\n\n```python\nfor n in range(3):\n    print(n)\n```\n\n| Probe | Zeit |\n|---|---|\n| A | 14:00 |\n| B | 15:30 |',
  )
  await write(mia, 'Danke euch :smile: Siehe ~off-topic und https://example.invalid')
  const secret = await mia.call(channels.create, {
    body: {
      team_id: team.id,
      name: 'leitung',
      display_name: 'Leitung',
      type: 'P',
      header: 'Nur für die Gruppenleitung',
    },
  })
  await mia.call(members.add, { params: { channel_id: secret.id }, body: { user_id: jan.id } })
  const talk = await jan.call(channels.createDirect, { body: [jan.id, mia.id] })
  const body = { channel_id: talk.id, message: 'Hast du kurz Zeit?' }
  said = (await jan.call(posts.create, { body })).id
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const signIn = async (page: Page, isGerman: boolean) => {
  await page.goto('/login')
  await page.getByLabel(isGerman ? 'E-Mail oder Benutzername' : 'E-mail or username').fill('mia')
  await page.getByLabel(isGerman ? 'Passwort' : 'Password', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Town Square' }).first().waitFor()
}

const looks: [string, Look][] = [
  ['desk-light-en', { locale: 'en', scheme: 'light', size: 'desk' }],
  ['desk-dark-de', { locale: 'de', scheme: 'dark', size: 'desk' }],
  ['phone-light-de', { locale: 'de', scheme: 'light', size: 'phone' }],
  ['phone-dark-en', { locale: 'en', scheme: 'dark', size: 'phone' }],
]

/** Does the page scroll sideways? */
const overflows = (page: Page) =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth')

/** Text fields whose direction is not that of their text. */
const directed = (page: Page) =>
  page
    .locator('textarea, input:not([type="checkbox"], [type="radio"], [type="file"])')
    .evaluateAll((fields) =>
      fields.filter((field) => field.getAttribute('dir') !== 'auto').map((field) => field.outerHTML),
    )

describe.each(looks)('%s', (name, look) => {
  it('has no accessibility problem on any screen', async () => {
    await mia.call(users.patch, { params: { user_id: 'me' }, body: { locale: look.locale } })
    const { page, problems, context } = await visit(browser, server.url, look)
    const isGerman = look.locale === 'de'
    const seen = async (screen: string) => {
      await picture(page, `${name}-${screen}`)
      await expectAccessible(page, `${screen}, ${name}`)
      expect(await overflows(page), `${screen} scrolls sideways`).toBe(false)
      expect(await directed(page), `fields of ${screen}`).toEqual([])
    }
    await page.goto('/login')
    await page.getByRole('button', { name: isGerman ? 'Anmelden' : 'Sign in' }).waitFor()
    await seen('sign-in')
    await page.goto(`/signup_user_complete/?id=${team.invite_id}`)
    await page.getByRole('heading', { name: /Strahlenforschung/ }).waitFor()
    await seen('sign-up')
    await page.goto('/signup_user_complete/?id=aaaaaaaaaaaaaaaaaaaaaaaaaa')
    await page.getByRole('heading').first().waitFor()
    await seen('sign-up-invalid')
    await signIn(page, isGerman)
    await page.getByText('Danke euch').waitFor()
    await seen('channel')
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').waitFor()
    await page.getByRole('dialog').getByRole('option').first().waitFor()
    await seen('switcher')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+/')
    await page.getByRole('dialog').waitFor()
    await seen('shortcuts')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page
      .getByRole('button', { name: isGerman ? 'Mitglieder' : 'Members' })
      .first()
      .click()
    const pane = page.getByRole('complementary')
    await pane.getByText('maximiliane.von-und-zu-hohenstein').waitFor()
    await seen('members')
    await page.goto('/strahlen/messages/@jan')
    await page.getByText('Hast du kurz Zeit').waitFor()
    await seen('direct')
    // A link may name its sender's team, which need not be the reader's.
    for (const link of [`pl/${said}`, 'messages/@jan']) {
      await page.goto(`/elsewhere/${link}`)
      await page.getByText('Hast du kurz Zeit').waitFor()
    }
    await page.goto('/strahlen/channels/leitung')
    await page.getByRole('textbox', { name: /Leitung/ }).waitFor()
    await seen('private')
    await page.goto('/strahlen/channels/there-is-none')
    await page.getByRole('heading').first().waitFor()
    await seen('not-found')
    // Some requests are for missing things on purpose: an invalid link, a missing channel.
    const wrong = problems.filter((problem) => !/status of 40[04]/.test(problem))
    expect(wrong).toEqual([])
    await context.close()
  })
})
