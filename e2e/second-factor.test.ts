/** A server that demands a second factor: nobody can do anything before they have set one up. */
import { type Person, type Place, place } from '@plausch/testkit'
import { settings } from '@plausch/wire'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible, openBrowser, picture, type Visitor, visit, webFolder } from './browser.ts'
import { codeOf } from './one-time-code.ts'

let at: Place
let browser: Browser
let ana: Visitor

const signIn = async ({ page }: Visitor, person: Person, [user, password]: readonly [RegExp, string]) => {
  await page.goto('/login')
  await page.getByLabel(user).fill(person.username)
  await page.getByLabel(password, { exact: true }).fill(person.password)
  await page.keyboard.press('Enter')
}
const ENGLISH = [/username|e-mail/i, 'Password'] as const
const GERMAN = [/Benutzername|E-Mail/, 'Passwort'] as const

const codeOn = async (page: Page): Promise<string> => {
  const secret = page.locator('ol code')
  await expect.poll(() => secret.textContent()).toMatch(/\w{4} \w{4}/)
  return codeOf((await secret.textContent())?.replaceAll(' ', '') ?? '')
}

beforeAll(async () => {
  at = await place({ webFolder })
  browser = await openBrowser()
  ana = await visit(browser, at.server.url)
  await signIn(ana, at.ana, ENGLISH)
  await ana.page.locator('[data-composer] textarea').waitFor()
  await ana.page.locator('[data-composer] textarea').fill('begun before')
  await at.root.call(settings.patch, {
    body: {
      ServiceSettings: { EnableMultifactorAuthentication: true, EnforceMultifactorAuthentication: true },
    },
  })
})
afterAll(async () => {
  await browser.close()
  await at.stop()
})

it('whoever is signed in when the duty begins sets up a factor, and goes on where they were', async () => {
  const { page } = ana
  const title = page.getByRole('heading', { name: 'Set up a second factor' })
  await title.waitFor()
  await page.getByRole('img', { name: 'QR code for the app' }).waitFor()
  await picture(page, 'factor-needed')
  await expectAccessible(page, 'a second factor is needed')
  await page.reload()
  await title.waitFor()
  await page.goto(`/${at.team.name}/channels/off-topic`)
  await title.waitFor()
  expect(await page.getByRole('main').getByText('Off-Topic').count()).toBe(0)

  const code = page.getByLabel('Code of your app')
  await code.fill('12')
  await code.press('Enter')
  await page.getByText('A code has six digits.').waitFor()
  await code.fill(await codeOn(page))
  await code.press('Enter')
  await page.getByRole('main').getByRole('heading', { name: 'Off-Topic' }).first().waitFor()
  await page.goto(`/${at.team.name}/channels/town-square`)
  const field = page.locator('[data-composer] textarea')
  await expect.poll(() => field.inputValue()).toBe('begun before')
  await field.press('Enter')
  // The server has it.
  await page.locator('[data-post]').filter({ hasText: 'begun before' }).first().waitFor()
  await page.reload()
  await page.getByRole('article').filter({ hasText: 'begun before' }).first().waitFor()
})

it('whoever signs in without one is led to it in their language, and can sign out again', async () => {
  const bo = await visit(browser, at.server.url, { locale: 'de', size: 'phone' })
  const { page } = bo
  await signIn(bo, at.bo, GERMAN)
  const title = page.getByRole('heading', { name: 'Zweiten Faktor einrichten' })
  await title.waitFor()
  await picture(page, 'factor-needed-de-phone')
  await page.getByRole('button', { name: 'Abmelden' }).click()
  await page.getByLabel('Passwort', { exact: true }).waitFor()

  await signIn(bo, at.bo, GERMAN)
  await title.waitFor()
  await page.getByLabel('Code aus Ihrer App').fill(await codeOn(page))
  await page.getByRole('button', { name: 'Einschalten' }).click()
  await page.locator('[data-composer] textarea').waitFor()
})
