/** Threads: answered beside the channel, read by coming into view, listed, and found by their links. */
import { type Person, type Place, place, write } from '@plausch/testkit'
import { type Post, threads } from '@plausch/wire'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible, openBrowser, type Visitor, visit, webFolder } from './browser.ts'

let at: Place
let browser: Browser
let ana: Visitor
let root: Post

const signIn = async (page: Page, person: Person): Promise<void> => {
  await page.goto('/')
  await page.getByLabel(/e-mail or username/i).fill(person.username)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation').first().waitFor()
}

beforeAll(async () => {
  at = await place({ webFolder })
  browser = await openBrowser()
  root = await write(at.ana, at.townSquare, 'Where do we meet?')
  ana = await visit(browser, at.server.url)
  await signIn(ana.page, at.ana)
  await ana.page.goto(`/${at.team.name}/channels/town-square`)
  await row('Where do we meet?').waitFor()
})
afterAll(async () => {
  await browser.close()
  await at.stop()
})

const main = () => ana.page.getByRole('main')
const pane = () => ana.page.getByRole('complementary', { name: 'Thread' })
const row = (text: string) => main().getByRole('article').filter({ hasText: text })
const reply = (text: string) => pane().getByRole('article').filter({ hasText: text })
const followed = (person: Person) =>
  person.call(threads.get, {
    params: { user_id: 'me', team_id: at.team.id, thread_id: root.id },
  })

it('a message is answered in a pane, and the channel shows how often', async () => {
  const { page } = ana
  await row('Where do we meet?').focus()
  await page.keyboard.press('r')
  await expect
    .poll(() =>
      pane()
        .getByRole('textbox')
        .evaluate((box) => box === document.activeElement),
    )
    .toBe(true)
  await page.keyboard.type('In the hall')
  await page.keyboard.press('Enter')
  await reply('In the hall').waitFor()
  await row('Where do we meet?')
    .getByRole('button', { name: /^1 reply, last/ })
    .waitFor()
  expect(await row('In the hall').count()).toBe(0)
  await expectAccessible(page, 'thread')
  await page.keyboard.press('Escape')
  await pane().waitFor({ state: 'detached' })
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
})

it('a reply of somebody else counts in the list of threads, and is read when it comes into view', async () => {
  const { page } = ana
  await write(at.bo, at.townSquare, `@${at.ana.username} which hall?`, root.id)
  const entry = page.getByRole('link', { name: /^Threads/ })
  await expect.poll(() => entry.textContent()).toMatch(/1/)
  await expect.poll(() => page.title()).toMatch(/^\(1\)/)
  await expect.poll(async () => (await followed(at.ana)).unread_mentions).toBe(1)
  await entry.click()
  const line = page.getByRole('button', { name: /Where do we meet/ })
  await line.waitFor()
  await expectAccessible(page, 'list of threads')
  await line.focus()
  await page.keyboard.press('Enter')
  await reply('which hall?').waitFor()
  await pane().getByText('New', { exact: true }).waitFor()
  await expect.poll(async () => (await followed(at.ana)).unread_replies).toBe(0)
  await expect.poll(() => page.title()).not.toMatch(/^\(/)
})

it('replies that were not in view stay unread', async () => {
  const { page } = ana
  // A fresh page without the pane: nobody sees what comes now.
  await page.goto(`/${at.team.name}/channels/off-topic`)
  await main()
    .getByRole('heading', { name: /Off-Topic/ })
    .waitFor()
  for (let n = 0; n < 30; n++)
    await write(at.bo, at.townSquare, `${n}: a line\n\nand another\n\nand one more`, root.id)
  await page.goto(`/${at.team.name}/threads/${root.id}`)
  await pane().getByText('New', { exact: true }).waitFor()
  await expect.poll(async () => (await followed(at.ana)).unread_replies).toBeLessThan(30)
  expect((await followed(at.ana)).unread_replies).toBeGreaterThan(0)
  await pane()
    .getByRole('button', { name: /new repl/ })
    .click()
  await expect.poll(async () => (await followed(at.ana)).unread_replies).toBe(0)
})

it('a reply is marked unread from its row, and a thread unfollowed', async () => {
  const { page } = ana
  await reply('29: a line').last().focus()
  await page.keyboard.press('u')
  await expect.poll(async () => (await followed(at.ana)).unread_replies).toBe(1)
  await pane().getByRole('button', { name: 'Unfollow thread' }).click()
  await pane().getByRole('button', { name: 'Follow thread' }).click()
  await pane().getByRole('button', { name: 'Unfollow thread' }).waitFor()
  await expect.poll(async () => (await followed(at.ana)).is_following).toBe(true)
})

it('the link of a reply opens its thread at the reply', async () => {
  const { page } = ana
  const answer = await write(at.bo, at.townSquare, 'The small one', root.id)
  await page.goto(`/${at.team.name}/pl/${answer.id}`)
  await reply('The small one').waitFor()
  await expect
    .poll(() => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.post))
    .toBe(answer.id)
  await row('Where do we meet?').waitFor()
  expect(ana.problems).toEqual([])
})

it('where replies are not collapsed, they stay in the channel, under a plain text of what they answer', async () => {
  const fixed = { ServiceSettings: { CollapsedThreads: 'disabled' as const } }
  const other = await place({ webFolder, fixed })
  try {
    const { page, context, problems } = await visit(browser, other.server.url)
    await write(other.bo, other.townSquare, '**first** of `all` :smile: and [a page](https://example.org)')
    await signIn(page, other.ana)
    await page.goto(`/${other.team.name}/channels/town-square`)
    await page.getByRole('main').getByRole('article').filter({ hasText: 'of all' }).focus()
    await page.keyboard.press('r')
    await page.getByRole('textbox', { name: 'Reply in the thread' }).fill('answered')
    await page.keyboard.press('Enter')
    await page.getByRole('main').getByRole('article').filter({ hasText: 'answered' }).waitFor()
    await expect
      .poll(() => page.getByRole('main').locator('q').allInnerTexts())
      .toEqual(['first of all 😄 and a page'])
    expect(await page.getByRole('link', { name: /^Threads/ }).count()).toBe(0)
    expect(problems).toEqual([])
    await context.close()
  } finally {
    await other.stop()
  }
})
