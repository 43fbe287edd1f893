/** People in a team, for the journeys about profiles, settings and notifications. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createApi } from '@plausch/client'
import type { TestServer } from '@plausch/testkit'
import { channels, onboarding, posts, sessions, settings, type Team, users } from '@plausch/wire'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { openBrowser, outputFolder, serveClient, type Visitor, visit } from './browser.ts'

export const PASSWORD = 'ein langes Passwort'

export let server: TestServer
export let browser: Browser
export let team: Team
export let mia: Awaited<ReturnType<typeof person>>
export let jan: Awaited<ReturnType<typeof person>>
export let at: Visitor
export let townSquare: string

export const person = async (username: string, first: string, last: string, iid = '') => {
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

export const signIn = async (page: Page, username: string) => {
  await page.goto('/login')
  await page.getByLabel('E-mail or username').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Town Square' }).first().waitFor()
}

export const say = (who: typeof mia, message: string) =>
  who.call(posts.create, { body: { channel_id: townSquare, message } })

export const picture = (name: string) =>
  at.page.screenshot({ path: join(outputFolder, `people-${name}.png`) })

export const openSettings = async (page: Page) => {
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('searchbox').waitFor()
  return dialog
}

export const search = async (page: Page, term: string) => {
  const dialog = await openSettings(page)
  await dialog.getByRole('searchbox').fill(term)
  return dialog
}

export const closeAll = async (page: Page) => {
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

/** Two people of one team on a server of their own, the first of them in a browser. */
export const withPeople = (): void => {
  beforeAll(async () => {
    await mkdir(outputFolder, { recursive: true })
    server = await serveClient()
    mia = await person('mia', 'Mia', 'Sommer')
    team = await mia.call(onboarding.firstTeam, {
      body: { name: 'strahlen', display_name: 'Strahlenforschung' },
    })
    jan = await person('jan', 'Jan', 'Petersen', team.invite_id)
    await mia.call(settings.patch, {
      body: {
        ServiceSettings: {
          EnableMultifactorAuthentication: true,
          EnableUserAccessTokens: true,
          EnableCustomGroups: true,
        },
        TeamSettings: { TeammateNameDisplay: 'full_name' },
      },
    })
    await jan.call(users.patch, {
      params: { user_id: 'me' },
      body: {
        position: 'Detektorgruppe',
        timezone: { useAutomaticTimezone: 'false', manualTimezone: 'Asia/Tokyo', automaticTimezone: '' },
      },
    })
    const params = { team_id: team.id, channel_name: 'town-square' }
    townSquare = (await mia.call(channels.getByName, { params })).id
    await say(jan, 'Guten Morgen, @mia und @jan!')
    browser = await openBrowser()
    at = await visit(browser, server.url)
    await signIn(at.page, 'mia')
  })
  afterAll(async () => {
    await browser.close()
    await server.stop()
  })

  // Each begins with nothing open.
  beforeEach(async () => {
    await at.page.goto('/strahlen/channels/town-square')
    await at.page.getByRole('main').getByRole('article').first().waitFor()
  })
}
