/** How messages are drawn: each text in its own direction, names apart from what surrounds them, every emoji, and nothing lost. */
import type { TestServer } from '@plausch/testkit'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, serveClient, type Visitor, visit } from './browser.ts'

let server: TestServer
let browser: Browser
let mia: Visitor

beforeAll(async () => {
  server = await serveClient()
  browser = await openBrowser()
  mia = await visit(browser, server.url)
  const { page } = mia
  await page.goto('/')
  await page.getByLabel('Your name').fill('Änne Özdemir')
  await page.getByLabel('E-mail').fill('mia@example.org')
  await page.getByLabel('Username').fill('mia')
  await page.getByLabel('Password', { exact: true }).fill('ein langes Passwort')
  await page.getByRole('button', { name: 'Create administrator' }).click()
  await page.getByLabel('Name of the team').fill('Reading')
  await page.getByRole('button', { name: 'Create team' }).click()
  await page.getByRole('heading', { name: 'Town Square' }).first().waitFor()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const box = () => mia.page.getByRole('main').getByRole('textbox').last()
const say = async (text: string) => {
  await box().fill(text)
  await box().press('Escape')
  await box().press('Enter')
}
/** To be asked until it stands: a row is drawn anew when the server has the message. */
const directionOf = (text: string, tag: string) =>
  mia.page
    .getByRole('main')
    .locator(tag, { hasText: text })
    .first()
    .evaluate((element) => element.ownerDocument.defaultView?.getComputedStyle(element).direction)

it('each paragraph, item and cell has the direction of its text', async () => {
  await say(
    'سلام hello. دنیا!\n\nhello سلام one\n\n- یک دو one\n- one یک three\n\n> نقل quote\n\n|سر head|b|\n|-|-|\n|خانه cell|cell خانه|',
  )
  await expect.poll(() => directionOf('سلام hello', 'p')).toBe('rtl')
  await expect.poll(() => directionOf('hello سلام one', 'p')).toBe('ltr')
  await expect.poll(() => directionOf('یک دو one', 'li[dir]')).toBe('rtl')
  await expect.poll(() => directionOf('one یک three', 'li[dir]')).toBe('ltr')
  await expect.poll(() => directionOf('نقل quote', 'blockquote')).toBe('rtl')
  await expect.poll(() => directionOf('سر head', 'th')).toBe('rtl')
  await expect.poll(() => directionOf('خانه cell', 'td')).toBe('rtl')
  await expect.poll(() => directionOf('cell خانه', 'td')).toBe('ltr')
})

it('a name stands apart from the direction of what surrounds it', async () => {
  await say('سلام @mia یک دو')
  const name = mia.page.getByRole('main').locator('bdi', { hasText: '@mia' }).first()
  await name.waitFor()
  expect(
    await name.evaluate(
      (element) => element.ownerDocument.defaultView?.getComputedStyle(element).unicodeBidi,
    ),
  ).toBe('isolate')
})

it('emoji in a tone of skin are drawn, and what looks like a definition is text', async () => {
  await say('rated :+1_medium_light_skin_tone: and :lobster:')
  const { page } = mia
  await page
    .getByRole('main')
    .getByRole('img', { name: '+1 medium light skin tone' })
    .getByText('👍🏼')
    .waitFor()
  await page.getByRole('main').getByRole('img', { name: 'lobster' }).getByText('🦞').waitFor()
  await say('[WARN]: disk-full')
  await page.getByRole('main').getByText('[WARN]: disk-full').waitFor()
})

it('suggests people while their names are typed in any alphabet', async () => {
  for (const typed of ['@änn', '@aen', '@özd']) {
    await box().fill(typed)
    await mia.page.getByRole('option', { name: /Änne Özdemir/ }).waitFor()
  }
  await box().fill('')
  expect(mia.problems).toEqual([])
})
