/** Two people in real browsers: Debian's Chromium, driven by playwright-core. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { startServer, type TestServer } from '@plausch/testkit'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { accessibilityProblems } from './accessibility.ts'

export const webFolder = join(import.meta.dirname, '../apps/web/dist')
export const outputFolder = join(import.meta.dirname, 'output')

const CHROMIUM = '/usr/bin/chromium'

/** No sandbox, because tests run as root; no requests that the browser makes on its own. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, headless: true, args: flags })

export type Visitor = {
  context: BrowserContext
  page: Page
  /** Every error in the page's console, and every request to another origin. */
  problems: string[]
}

export type Look = { locale?: 'en' | 'de'; scheme?: 'light' | 'dark'; size?: 'desk' | 'phone' }

const sizes = { desk: { width: 1366, height: 768 }, phone: { width: 360, height: 740 } }

/** A separate browser profile with one page. */
export const visit = async (browser: Browser, origin: string, look: Look = {}): Promise<Visitor> => {
  const { locale = 'en', scheme = 'light', size = 'desk' } = look
  const context = await browser.newContext({
    baseURL: origin,
    locale: locale === 'de' ? 'de-DE' : 'en-GB',
    colorScheme: scheme,
    viewport: sizes[size],
    hasTouch: size === 'phone',
    // Accessibility must not be checked during a fade.
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url()))
      problems.push(`asked ${request.url()}`)
  })
  return { context, page, problems }
}

/** Signs a person in without the sign-in page. */
export const signInByApi = async (
  { request }: BrowserContext,
  { username, password }: { username: string; password: string },
): Promise<void> => {
  const answer = await request.post('/api/v4/users/login', {
    data: { login_id: username, password },
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  })
  expect(answer.status()).toBe(200)
}

/** A server that serves the built web client. */
export const serveClient = (): Promise<TestServer> => startServer({ webFolder })

/** Expects no accessibility problem on the current screen. */
export const expectAccessible = async (page: Page, screen: string): Promise<void> =>
  expect(await accessibilityProblems(page), screen).toEqual([])

/** Waits for everything that moves for a while, and for the painting after it. */
const stillness = `(async () => {
  const moving = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity)
  await Promise.all(moving.map((each) => each.finished.catch(() => undefined)))
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  // With a finger, a dialog waits for the keyboard on the screen before it shows itself.
  const isHidden = (each) => getComputedStyle(each).opacity === '0'
  while ([...document.querySelectorAll('[data-modal]')].some(isHidden)) await frame()
  for (let i = 0; i < 2; i += 1) await frame()
})()`

/** A picture of a page for people to look at, in `e2e/output`. */
export const picture = async (page: Page, name: string): Promise<void> => {
  await mkdir(outputFolder, { recursive: true })
  await page.evaluate(stillness)
  await page.screenshot({ path: join(outputFolder, `${name}.png`) })
}

/** Presses an element with a finger until its menu is open. */
export const longPress = async (page: Page, element: Locator): Promise<void> => {
  await element.scrollIntoViewIfNeeded()
  const { x = 0, y = 0 } = (await element.boundingBox()) ?? {}
  const session = await page.context().newCDPSession(page)
  const touchPoints = [{ x: x + 20, y: y + 8 }]
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
  await page.getByRole('menu').waitFor()
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await session.detach()
}

/** On a new server: makes the administrator and the team, in English, and enters its Town Square. */
export const settleIn = async (page: Page, name: string, team: string): Promise<void> => {
  await page.goto('/')
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('E-mail').fill('mia@example.org')
  await page.getByLabel('Username').fill('mia')
  await page.getByLabel('Password', { exact: true }).fill('ein langes Passwort')
  await page.getByRole('button', { name: 'Create administrator' }).click()
  await page.getByLabel('Name of the team').fill(team)
  await page.getByRole('button', { name: 'Create team' }).click()
  await page.getByRole('heading', { name: 'Town Square' }).first().waitFor()
}
