/**
 * The server goes away and comes back: no message is lost or duplicated, and nobody has to reload the page.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createApi } from '@plausch/client'
import {
  dropDatabase,
  freshDatabase,
  type Person,
  signIn,
  startServer,
  type TestServer,
} from '@plausch/testkit'
import { type Channel, channels, onboarding, type Post, posts, sessions, teams } from '@plausch/wire'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, outputFolder, type Visitor, visit, webFolder } from './browser.ts'

const PASSWORD = 'ein langes Passwort'

let databaseUrl: string
let server: TestServer
let browser: Browser
let mia: Visitor
let townSquare: Channel
let port: number

/** An administrator with a team, made through the API; the browser then signs in. */
const settle = async () => {
  const api = createApi({ baseUrl: server.url })
  await api.call(onboarding.signUp, {
    body: { username: 'mia', email: 'mia@example.org', password: PASSWORD },
  })
  await api.call(sessions.login, { body: { login_id: 'mia', password: PASSWORD } })
  const team = await api.call(onboarding.firstTeam, { body: { name: 'team', display_name: 'Team' } })
  const jan = { username: 'jan', email: 'jan@example.org', password: PASSWORD }
  await api.call(onboarding.signUp, { query: { iid: team.invite_id }, body: jan })
  townSquare = await api.call(channels.getByName, {
    params: { team_id: team.id, channel_name: 'town-square' },
  })
  return await api.call(teams.get, { params: { team_id: team.id } })
}

const start = () => startServer({ webFolder, port }, databaseUrl)
const write = (by: Person, message: string): Promise<Post> =>
  by.call(posts.create, { body: { channel_id: townSquare.id, message } })

beforeAll(async () => {
  await mkdir(outputFolder, { recursive: true })
  databaseUrl = await freshDatabase()
  port = 0
  server = await start()
  port = Number(new URL(server.url).port)
  await settle()
  browser = await openBrowser()
  mia = await visit(browser, server.url)
})
afterAll(async () => {
  await browser.close()
  await server.stop()
  await dropDatabase(databaseUrl)
})

it('after a restart, loads messages that were written, edited and deleted meanwhile', async () => {
  const { page } = mia
  await page.goto('/login')
  await page.getByLabel('E-mail or username').fill('mia')
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Town Square' }).first().waitFor()
  await page.evaluate('globalThis.wasHere = true')
  const main = page.getByRole('main')

  const jan = await signIn(server, 'jan', PASSWORD)
  const [kept, edited, deleted] = [
    await write(jan, 'stays'),
    await write(jan, 'changes'),
    await write(jan, 'goes'),
  ]
  await main.getByText('goes', { exact: true }).waitFor()

  await server.stop()
  await page.getByText('Reconnecting').waitFor()
  await main.getByRole('textbox').last().fill('written while away')
  await page.keyboard.press('Enter')
  await main.getByText('written while away').waitFor()
  await page.screenshot({ path: join(outputFolder, 'reconnecting.png') })

  server = await start()
  const again = await signIn(server, 'jan', PASSWORD)
  for (let n = 0; n < 50; n += 1) await write(again, `meanwhile ${n}`)
  await again.call(posts.patch, { params: { post_id: edited.id }, body: { message: 'has changed' } })
  await again.call(posts.remove, { params: { post_id: deleted.id } })

  await main.getByText('meanwhile 49', { exact: true }).waitFor({ timeout: 30_000 })
  await page.getByText('Reconnecting').waitFor({ state: 'detached' })
  await main.getByText(/^has changed/).waitFor()
  expect(await main.getByText('stays', { exact: true }).count()).toBe(1)
  await expect.poll(() => main.getByText('goes', { exact: true }).count()).toBe(0)
  await expect.poll(() => main.getByText('written while away').count()).toBe(1)
  const list = await again.call(posts.listInChannel, {
    params: { channel_id: townSquare.id },
    query: { per_page: 100 },
  })
  const texts = Object.values(list.posts).map((post) => post.message)
  expect(texts.filter((text) => text === 'written while away')).toHaveLength(1)
  expect(list.posts[kept.id]).toBeDefined()
  for (let n = 0; n < 50; n += 1)
    expect(await main.getByText(`meanwhile ${n}`, { exact: true }).count()).toBe(1)
  expect(await page.evaluate('globalThis.wasHere')).toBe(true)
})
