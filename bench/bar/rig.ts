/** What every check gets: a server with the reference data, a browser, and pages that measure themselves. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from '@plausch/client'
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core'
import { as, type Data, PASSWORD } from './data.ts'
import { p95 } from './quantiles.ts'

const CHROMIUM = '/usr/bin/chromium'
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-precise-memory-info',
]

export type Network = 'lan' | 'home'
const networks = {
  lan: { latency: 20, mbit: 20 },
  home: { latency: 100, mbit: 9 },
}

export type Look = {
  network?: Network
  /** How many times slower the processor is. */
  slow?: number
  locale?: 'de' | 'en'
  scheme?: 'light' | 'dark'
  phone?: boolean
  /** Without a session. */
  signedOut?: boolean
  scripts?: boolean
  as?: string
  /** Another way to the server than its own address. */
  origin?: string
  /** CSS media, such as reduced motion. */
  media?: { reducedMotion?: 'reduce'; forcedColors?: 'active' }
}

export type Tab = {
  context: BrowserContext
  page: Page
  cdp: CDPSession
  /** Runs an expression in the page. */
  ask<T>(expression: string): Promise<T>
  /** Waits until an expression is true in a painted frame; resolves with the page's time then. */
  until(condition: string, timeout?: number): Promise<number>
  /** Milliseconds from the next event of this type until the condition (an expression) is painted. */
  timed(type: string, condition: string, act: () => Promise<unknown>): Promise<number>
  close(): Promise<void>
}

export type Rig = {
  url: string
  data: Data
  isShort: boolean
  /** How many times a timing is repeated. */
  runs: number
  /** Requests to other origins so far, of all pages. */
  foreign: string[]
  /**
   * How much slower than a usual machine this one is, by the reference page while the present check runs; 1
   * for as fast or faster.
   */
  readonly slowness: number
  /** A check begins: what the reference page took before does not count. */
  begin(): Promise<void>
  open(path: string, look?: Look): Promise<Tab>
  /** Calls as one of the people; without a name, as the person who tests. */
  as(username?: string): Promise<Api>
  /** The server's way down and up again; undefined if it cannot be restarted. */
  restart: (() => Promise<{ up(): Promise<void> }>) | undefined
  close(): Promise<void>
}

export type RigOptions = Pick<Rig, 'url' | 'data' | 'isShort' | 'restart'>

export const pathOf = ({ name }: { name: string }): string => `/lab/channels/${name}`

const throttle = async (cdp: CDPSession, { network, slow = 1 }: Look) => {
  await cdp.send('Network.enable')
  if (network) {
    const { latency, mbit } = networks[network]
    const bytes = (mbit * 1_000_000) / 8
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency,
      downloadThroughput: bytes,
      uploadThroughput: bytes,
    })
  }
  if (slow > 1) await cdp.send('Emulation.setCPUThrottlingRate', { rate: slow })
}

/** Shows 60 plain rows; returns how long this machine takes until they are painted. Usually 33 ms at most. */
const showRows = `(async () => {
  const main = document.querySelector('main')
  const began = performance.now()
  main.replaceChildren(...Array.from({ length: 60 }, (_, n) => {
    const row = document.createElement('p')
    row.textContent = 'row ' + began + ' ' + n + ' lorem ipsum dolor sit amet'.repeat(3)
    return row
  }))
  return (await bar.painted()) - began
})()`
const USUAL_MS = 33
/** So often the page is shown while a check runs, and so often before it. */
const EVERY_MS = 500
const FIRST = 20

/** The page with which all times are compared: what else the machine does slows both down. */
const openReference = async (browser: Browser) => {
  const page = await browser.newPage()
  await page.addInitScript({ path: join(import.meta.dirname, 'in-page.js') })
  await page.goto('data:text/html,<main></main>')
  let times: number[] = []
  const show = async () => void times.push(await page.evaluate<number>(showRows))
  let isOver = false
  const repeating = async () => {
    while (!isOver) {
      await sleep(EVERY_MS)
      await show().catch(() => undefined)
    }
  }
  const begin = async () => {
    times = []
    for (let run = 0; run < FIRST; run++) await show()
  }
  await begin()
  const running = repeating()
  return {
    begin,
    slowness: (): number => Math.max(1, p95(times) / USUAL_MS),
    async close() {
      isOver = true
      await running
    },
  }
}

export const openRig = async (options: RigOptions): Promise<Rig> => {
  const browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: flags })
  const foreign: string[] = []
  const cookies = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>()
  const apis = new Map<string, Promise<Api>>()
  const reference = await openReference(browser)

  const signIn = async (context: BrowserContext, username: string) => {
    const known = cookies.get(username)
    if (known) return await context.addCookies(known)
    const data = { login_id: username, password: PASSWORD }
    // Only browsers' own requests get cookies.
    const headers = { 'X-Requested-With': 'XMLHttpRequest' }
    const response = await context.request.post(`${options.url}/api/v4/users/login`, { data, headers })
    if (!response.ok()) throw new Error(`${username} could not sign in: ${response.status()}`)
    cookies.set(username, await context.cookies())
  }

  const open = async (path: string, look: Look = {}): Promise<Tab> => {
    const context = await browser.newContext({
      baseURL: look.origin ?? options.url,
      locale: look.locale === 'de' ? 'de-DE' : 'en-GB',
      colorScheme: look.scheme ?? 'light',
      viewport: look.phone ? { width: 360, height: 740 } : { width: 1366, height: 768 },
      hasTouch: look.phone ?? false,
      javaScriptEnabled: look.scripts ?? true,
      ...look.media,
    })
    context.setDefaultTimeout(20_000)
    if (!look.signedOut) await signIn(context, look.as ?? options.data.tester)
    const page = await context.newPage()
    page.on('request', (request) => {
      const url = request.url()
      if (
        ![options.url, look.origin ?? options.url].some((own) => url.startsWith(own)) &&
        !/^(?:data|blob|about):/.test(url)
      )
        foreign.push(url)
    })
    const cdp = await context.newCDPSession(page)
    await throttle(cdp, look)
    if (look.scripts !== false) await page.addInitScript({ path: join(import.meta.dirname, 'in-page.js') })
    // As if the reader had chosen the language on this device: otherwise the account's applies.
    if (look.locale && !look.signedOut && look.scripts !== false)
      await page.addInitScript({ content: `localStorage.setItem('plausch/language', '${look.locale}')` })
    if (path !== '') await page.goto(path, { waitUntil: 'commit' })
    return {
      context,
      page,
      cdp,
      ask: (expression) => page.evaluate(expression),
      until: (condition, timeout = 60_000) => page.evaluate(`bar.until(() => ${condition}, ${timeout})`),
      async timed(type, condition, act) {
        const measured = page.evaluate<number>(`bar.after('${type}', () => ${condition})`)
        // It listens from the next turn on.
        await page.evaluate('0')
        await act()
        return await measured
      },
      close: () => context.close(),
    }
  }

  return {
    ...options,
    runs: options.isShort ? 5 : 20,
    foreign,
    get slowness() {
      return reference.slowness()
    },
    begin: reference.begin,
    open,
    as(username = options.data.tester) {
      const api = apis.get(username) ?? as(options.url, username)
      apis.set(username, api)
      return api
    },
    async close() {
      await reference.close()
      await browser.close()
    },
  }
}

/** Opens a page of the chat and waits for its messages. */
export const openChat = async (rig: Rig, place: { name: string }, look: Look = {}): Promise<Tab> => {
  const tab = await rig.open(pathOf(place), look)
  await tab.until('bar.paint > 0', 30_000)
  return tab
}

export const composerOf = ({ page }: Tab) => page.locator('[data-composer] textarea, main textarea').last()
export const linkTo = ({ page }: Tab, { id }: { id: string }) =>
  page.locator(`[data-channel="${id}"]`).first()
