/**
 * A channel that stays open while hundreds of messages come: the client forgets the oldest ones, and the
 * reader notices nothing of it.
 */
import { type Place, place, write } from '@plausch/testkit'
import { posts, unreads } from '@plausch/wire'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, type Visitor, visit, webFolder } from './browser.ts'

const COUNT = 500
const LONGEST_MS = 600_000

let at: Place
let browser: Browser
let ana: Visitor
let page: Page
/** How often parts of the history were asked for that are older than what was known. */
let asked = 0

beforeAll(async () => {
  at = await place({ webFolder })
  browser = await openBrowser()
  ana = await visit(browser, at.server.url)
  page = ana.page
  page.on('request', (request) => {
    if (/\/posts\?.*before=/.test(request.url())) asked += 1
  })
  await page.goto('/login')
  await page.getByLabel(/username|e-mail/i).fill(at.ana.username)
  await page.getByLabel('Password', { exact: true }).fill(at.ana.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/channels\//)
  await page.goto(`/${at.team.name}/channels/town-square`)
  await page.getByRole('main').getByRole('textbox').last().waitFor()
})
afterAll(async () => {
  await browser.close()
  await at.stop()
})

const row = (text: string) => page.locator('[data-messages] [data-post]').getByText(text, { exact: true })

/** The numbered messages on the page, in their order. Those out of view have no text that is rendered. */
const numbers = () =>
  page.evaluate<number[]>(
    `[...document.querySelectorAll('[data-messages] [data-post] p')].flatMap((text) => {
      const number = /^number (\\d+)$/.exec(text.textContent.trim())?.[1]
      return number === undefined ? [] : [Number(number)]
    })`,
  )

/** Scrolls up until the first message is there; returns all messages that were seen on the way. */
const readUp = async (): Promise<Set<number>> => {
  const seen = new Set<number>()
  await page.locator('[data-messages]').hover()
  for (;;) {
    const rows = await numbers()
    // At each moment: in order, none missing in between, none twice.
    expect(rows).toEqual(rows.map((_, n) => (rows[0] ?? 0) + n))
    for (const each of rows) seen.add(each)
    if (rows[0] === 0) return seen
    await page.mouse.wheel(0, -1500)
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  }
}

it('a mark as read that fails once does not keep later messages unread', async () => {
  const unread = async () => {
    const params = { user_id: 'me', channel_id: at.townSquare.id }
    return (await at.ana.call(unreads.ofChannel, { params })).msg_count
  }
  await page.bringToFront()
  await page.route('**/channels/members/me/view', (route) => route.fulfill({ status: 500 }), { times: 1 })
  const failed = page.waitForResponse((answer) => answer.url().endsWith('/view') && answer.status() === 500)
  await write(at.bo, at.townSquare, 'read, but the server fails')
  await failed
  await write(at.bo, at.townSquare, 'read as well')
  await row('read as well').waitFor()
  await expect.poll(unread).toBe(0)
})

it(
  'what was forgotten is loaded again by scrolling up: no message is missing, twice or in another place',
  async () => {
    for (let n = 0; n < COUNT; n++) await write(at.bo, at.townSquare, `number ${n}`)
    await row(`number ${COUNT - 1}`).waitFor()
    // When the client has forgotten them depends on when it has time.
    await expect
      .poll(
        async () => {
          expect((await readUp()).size).toBe(COUNT)
          await page.getByRole('button', { name: 'Jump to newest' }).click()
          await row(`number ${COUNT - 1}`).waitFor()
          return asked
        },
        { timeout: 240_000, interval: 1000 },
      )
      .toBeGreaterThan(0)
  },
  LONGEST_MS,
)

it(
  'an edit under way keeps its row, its text and the focus, however many messages come',
  async () => {
    const field = page.getByRole('main').getByRole('textbox').last()
    await field.fill('my own words')
    await field.press('Enter')
    await row('my own words').waitFor()
    await field.press('ArrowUp')
    const editor = page.getByLabel('Edit message')
    await editor.fill('my own words, and more')
    for (let n = 0; n < 250; n++) await write(at.bo, at.townSquare, `later ${n}`)
    await row('later 249').waitFor()
    expect(await editor.inputValue()).toBe('my own words, and more')
    expect(await editor.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true)
    await editor.press('Enter')
    await expect
      .poll(async () => {
        const list = await at.ana.call(posts.listInChannel, {
          params: { channel_id: at.townSquare.id },
          query: { page: 4, per_page: 60 },
        })
        return Object.values(list.posts).map(({ message }) => message)
      })
      .toContain('my own words, and more')
  },
  LONGEST_MS,
)

const isInView = (text: string) =>
  row(text).evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect()
    const list = element.closest('[data-messages]')?.getBoundingClientRect()
    return list !== undefined && bottom > list.top && top < list.bottom
  })

it(
  'the message of a link is deleted while it is read: the reader stays where they are',
  async () => {
    const linked = await write(at.bo, at.townSquare, 'linked')
    for (let n = 0; n < 80; n++) await write(at.bo, at.townSquare, `beside ${n}`)
    await page.goto(`/${at.team.name}/pl/${linked.id}`)
    await row('linked').waitFor()
    await at.bo.call(posts.remove, { params: { post_id: linked.id } })
    await row('linked').waitFor({ state: 'detached' })
    await expect.poll(() => isInView('beside 0')).toBe(true)
  },
  LONGEST_MS,
)
