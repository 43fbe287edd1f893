/**
 * The main journey: a person becomes the first administrator and creates the team, invites a colleague by
 * link, and the two write to each other live, in Town Square and in a direct message.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestServer } from '@plausch/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { expectAccessible, openBrowser, outputFolder, serveClient, type Visitor, visit } from './browser.ts'

let server: TestServer
let browser: Browser
let mia: Visitor
let jan: Visitor
let inviteLink = ''

beforeAll(async () => {
  await mkdir(outputFolder, { recursive: true })
  server = await serveClient()
  browser = await openBrowser()
  mia = await visit(browser, server.url)
  jan = await visit(browser, server.url, { locale: 'de' })
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

// Screenshots of both pages after a failure.
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  await picture(mia.page, 'failed-mia')
  await picture(jan.page, 'failed-jan')
})

const picture = (page: Page, name: string) => page.screenshot({ path: join(outputFolder, `${name}.png`) })
/** The row of a message that begins with this text; a mark such as "(edited)" may follow. */
const message = (page: Page, text: string) => page.getByRole('main').getByText(new RegExp(`^${text}( \\(|$)`))

const say = async (page: Page, text: string) => {
  await page.getByRole('main').getByRole('textbox').last().fill(text)
  await page.keyboard.press('Enter')
}

it('the first person becomes administrator and names the team', async () => {
  const { page } = mia
  await page.goto('/')
  await page.getByRole('heading', { name: 'Welcome to Plausch' }).waitFor()
  await expectAccessible(page, 'first run')
  await picture(page, 'first-run')
  await page.getByLabel('Your name').fill('Mia Sommer')
  await page.getByLabel('E-mail').fill('mia@example.org')
  await page.getByLabel('Username').fill('mia')
  await page.getByLabel('Password', { exact: true }).fill('ein langes Passwort')
  await page.getByRole('button', { name: 'Create administrator' }).click()
  await page.getByLabel('Name of the team').fill('Strahlenforschung')
  await expectAccessible(page, 'first team')
  await page.getByRole('button', { name: 'Create team' }).click()
  await page.getByRole('heading', { name: 'Town Square' }).first().waitFor()
  await expectAccessible(page, 'an empty channel')
})

it('she copies the invite link', async () => {
  const { page } = mia
  await page
    .getByRole('button', { name: /Team menu|Strahlenforschung/ })
    .first()
    .click()
  await page.getByRole('menuitem', { name: 'Invite people' }).click()
  const dialog = page.getByRole('dialog')
  inviteLink = await dialog.getByLabel('Invite link').inputValue()
  expect(inviteLink).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/signup_user_complete\/\?id=[a-z0-9]{26}$/)
  await expectAccessible(page, 'the invite dialog')
  await picture(page, 'invite')
  await page.keyboard.press('Escape')
})

it('her colleague signs up by the link, in German, and enters the team', async () => {
  const { page } = jan
  await page.goto(inviteLink)
  await page.getByRole('heading', { name: /Strahlenforschung/ }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('de')
  await expectAccessible(page, 'sign-up')
  await picture(page, 'sign-up-de')
  await page.getByLabel('Ihr Name').fill('Jan Petersen')
  await page.getByLabel('E-Mail').fill('jan@example.org')
  await page.getByLabel('Benutzername').fill('jan')
  await page.getByLabel('Passwort', { exact: true }).fill('noch ein langes Passwort')
  await page.getByRole('button', { name: 'Konto anlegen' }).click()
  await page.getByRole('heading', { name: 'Town Square' }).first().waitFor()
})

it('both see each other’s messages at once', async () => {
  await say(mia.page, 'Willkommen, Jan!')
  await message(jan.page, 'Willkommen, Jan!').waitFor()
  await say(jan.page, 'Danke, **schön** hier zu sein.')
  await mia.page.getByRole('main').locator('strong', { hasText: 'schön' }).waitFor()
  await expectAccessible(jan.page, 'a channel, in German')
})

it('an edit and a deletion arrive', async () => {
  await say(mia.page, 'Treffen um 9')
  await message(jan.page, 'Treffen um 9').waitFor()
  await mia.page.keyboard.press('ArrowUp')
  await mia.page.getByLabel('Edit message').fill('Treffen um 10')
  await mia.page.keyboard.press('Enter')
  await message(jan.page, 'Treffen um 10').waitFor()
  expect(await message(jan.page, 'Treffen um 9').count()).toBe(0)
  await say(mia.page, 'versehentlich')
  await message(jan.page, 'versehentlich').waitFor()
  await message(mia.page, 'versehentlich').hover()
  await mia.page.getByRole('button', { name: 'More' }).last().click()
  await mia.page.getByRole('menuitem', { name: 'Delete' }).click()
  await mia.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await message(jan.page, 'versehentlich').waitFor({ state: 'detached' })
})

it('a direct message arrives, with the right unread marks', async () => {
  await jan.page.getByRole('button', { name: 'Neue Unterhaltung' }).click()
  const dialog = jan.page.getByRole('dialog')
  await dialog.getByRole('combobox').fill('mia')
  await dialog.getByRole('option', { name: /mia/ }).click()
  await dialog.getByRole('button', { name: 'Unterhaltung beginnen' }).click()
  // Only in the open conversation is the field the right one.
  await jan.page.getByRole('heading', { name: 'mia' }).first().waitFor()
  await say(jan.page, 'Hast du kurz Zeit')
  const row = mia.page.getByRole('navigation').getByRole('link', { name: /jan/i })
  await row.getByText('1', { exact: true }).waitFor()
  await expect.poll(() => mia.page.title()).toMatch(/\(1\)/)
  await row.click()
  await message(mia.page, 'Hast du kurz Zeit').waitFor()
  await row.getByText('1', { exact: true }).waitFor({ state: 'detached' })
  await say(mia.page, 'Klar, bin gleich da.')
  await message(jan.page, 'Klar, bin gleich da.').waitFor()
  await picture(jan.page, 'direct-de')
})

it('no errors happened, and no request went to another server', () => {
  expect(mia.problems).toEqual([])
  expect(jan.problems).toEqual([])
})
