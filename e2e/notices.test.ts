/** Notifications, the desktop app's bridge, groups of people, and the phone. */
import { join } from 'node:path'
import { createApi } from '@plausch/client'
import { channels, members, posts, presence, users } from '@plausch/wire'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { expectAccessible, outputFolder, visit } from './browser.ts'
import {
  at,
  browser,
  closeAll,
  jan,
  mia,
  PASSWORD,
  picture,
  say,
  search,
  server,
  signIn,
  townSquare,
  withPeople,
} from './people.ts'

withPeople()

const watchNotices = (context: BrowserContext) =>
  context.addInitScript(() => {
    const shown: string[] = []
    Object.assign(window, { shown })
    const Original = window.Notification
    window.Notification = class extends Original {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options)
        shown.push(`${title}: ${options?.body ?? ''}`)
      }
    }
  })

const noticesIn = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { shown: string[] }).shown)

it('two tabs show one notification, and none while nothing may disturb', async () => {
  const visitor = await visit(browser, server.url)
  await visitor.context.grantPermissions(['notifications'], { origin: server.url })
  await watchNotices(visitor.context)
  await signIn(visitor.page, 'jan')
  const second = await visitor.context.newPage()
  await second.goto('/strahlen/channels/off-topic')
  await second.getByRole('heading', { name: 'Off-Topic' }).first().waitFor()
  const talk = await newMia().then((api) => api.call(channels.createDirect, { body: [mia.id, jan.id] }))
  const all = async () => [...(await noticesIn(visitor.page)), ...(await noticesIn(second))]
  await write(talk.id, 'Hast du kurz Zeit?')
  await expect.poll(all).toEqual(['Mia Sommer: Hast du kurz Zeit?'])
  await jan.call(presence.set, { params: { user_id: 'me' }, body: { user_id: jan.id, status: 'dnd' } })
  const status = visitor.page
    .getByRole('button', { name: /Your account/ })
    .getByRole('img', { name: 'Do not disturb' })
  await status.waitFor()
  await write(talk.id, 'Schläfst du?')
  await jan.call(presence.set, { params: { user_id: 'me' }, body: { user_id: jan.id, status: 'online' } })
  await status.waitFor({ state: 'detached' })
  await write(talk.id, 'Guten Morgen!')
  await expect.poll(all).toEqual(['Mia Sommer: Hast du kurz Zeit?', 'Mia Sommer: Guten Morgen!'])
  await visitor.context.close()
})

/** The second factor and the end of all sessions are past: a new session of Mia's. */
let writing: typeof mia | undefined
const newMia = async () => {
  if (writing) return writing
  const { page } = at
  const dialog = await search(page, 'token')
  await dialog.getByLabel('What is the new token for?').fill('Test')
  await dialog.getByRole('button', { name: 'Create token' }).click()
  const token = await dialog.getByLabel('New token', { exact: true }).inputValue()
  await closeAll(page)
  writing = { id: mia.id, call: createApi({ baseUrl: server.url, token }).call }
  return writing
}

/** The same, after a dialog was closed. */
const newMiaBehind = async (dialog: Locator) => {
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await dialog.waitFor({ state: 'detached' })
  return await newMia()
}

const write = async (channelId: string, message: string) =>
  (await newMia()).call(posts.create, { body: { channel_id: channelId, message } })

it('inside of the desktop app, notices and counts go to the app', async () => {
  const visitor = await visit(browser, server.url)
  // The app is a foreign program; this is what it gives the page, as far as the page uses it.
  await visitor.context.addInitScript(() => {
    const told: unknown[][] = []
    let press: ((channelId: string, teamId: string, url: string) => void) | undefined
    Object.assign(window, {
      told,
      pressNotice: (url: string) => press?.('', '', url),
      desktopAPI: {
        sendNotification: async (...args: unknown[]) => void told.push(['notice', ...args]),
        setUnreadsAndMentions: (...args: unknown[]) => void told.push(['unreads', ...args]),
        onNotificationClicked: (listener: typeof press) => {
          press = listener
          return () => undefined
        },
        onLogin: () => void told.push(['login']),
      },
    })
  })
  await signIn(visitor.page, 'jan')
  const told = (): Promise<unknown[][]> =>
    visitor.page.evaluate(() => (window as unknown as { told: unknown[][] }).told)
  await expect.poll(async () => (await told()).some(([kind]) => kind === 'login')).toBe(true)
  const talk = await (await newMia()).call(channels.createDirect, { body: [mia.id, jan.id] })
  await write(talk.id, 'Kommst du mit?')
  await expect
    .poll(async () => (await told()).find(([kind]) => kind === 'notice')?.slice(0, 4))
    .toEqual(['notice', 'Mia Sommer', 'Kommst du mit?', talk.id])
  await expect.poll(async () => (await told()).findLast(([kind]) => kind === 'unreads')?.[1]).toBe(true)
  const url = String((await told()).find(([kind]) => kind === 'notice')?.[5])
  await visitor.page.evaluate(
    (path) => (window as unknown as { pressNotice(url: string): void }).pressNotice(path),
    url,
  )
  await visitor.page.getByRole('main').getByText('Kommst du mit?').first().waitFor()
  await visitor.context.close()
})

it('a group is made, mentioned in profiles, and its members change', async () => {
  const { page } = at
  await page.getByRole('button', { name: /Your account/ }).click()
  await page.getByRole('menuitem', { name: 'Groups of people' }).click()
  await page.getByRole('dialog', { name: 'Groups of people' }).getByText('There is no group yet').waitFor()
  await page.getByRole('button', { name: 'Create group' }).click()
  const box = page.getByRole('dialog', { name: 'Create group' })
  await box.getByLabel('Name', { exact: true }).fill('Detektor')
  expect(await box.getByLabel('Name for mentions').inputValue()).toBe('detektor')
  await box.getByRole('combobox').fill('jan')
  await box.getByRole('option', { name: /Jan Petersen/ }).click()
  await box.getByRole('button', { name: 'Create group' }).click()
  await box.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /Detektor/ }).click()
  const group = page.getByRole('dialog', { name: 'Detektor' })
  await group.getByText('Jan Petersen').waitFor()
  await expectAccessible(page, 'a group')
  await picture('group')
  await group.getByRole('combobox').fill('mia')
  await group.getByRole('option', { name: /Mia Sommer/ }).click()
  await group.getByRole('button', { name: 'Remove Mia Sommer from the group' }).waitFor()
  await page.goto('/strahlen/channels/town-square')
  await page.getByRole('main').getByRole('button', { name: '@jan' }).click()
  await page.getByRole('dialog', { name: 'Jan Petersen' }).getByRole('button', { name: 'Detektor' }).waitFor()
})

it('the profile’s menu mentions the person in the open channel', async () => {
  const { page } = at
  await page.getByRole('main').getByRole('button', { name: '@jan' }).first().click()
  await page.getByRole('button', { name: 'Actions for jan' }).click()
  await page.getByRole('menuitem', { name: 'Mention' }).click()
  const field = page.getByRole('main').getByRole('textbox').last()
  await expect.poll(() => field.inputValue()).toBe('@jan ')
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
  await field.fill('')
})

it('a channel rings as was chosen for it', async () => {
  const { page } = at
  await page.getByRole('heading', { name: 'Town Square' }).first().getByRole('button').click()
  await page.getByRole('menuitem', { name: 'Notifications' }).click()
  const dialog = page.getByRole('dialog', { name: 'Notifications' })
  await dialog
    .getByRole('group', { name: /On this computer/ })
    .getByLabel('All messages')
    .check()
  await dialog.getByText('Saved').waitFor()
  await expectAccessible(page, 'the notifications of a channel')
  await picture('channel-notices')
  const params = { channel_id: townSquare, user_id: mia.id }
  const { call } = await newMiaBehind(dialog)
  await expect.poll(async () => (await call(members.get, { params })).notify_props.desktop).toBe('all')
})

it('the browser asks for permission only after a press, once somebody has written', async () => {
  const visitor = await visit(browser, server.url)
  await visitor.context.addInitScript(() => {
    Notification.requestPermission = async () => {
      Object.assign(window, { wasAsked: true })
      return 'granted'
    }
  })
  await signIn(visitor.page, 'jan')
  const offer = visitor.page.getByRole('button', { name: 'Allow notifications' })
  expect(await offer.count()).toBe(0)
  await visitor.page.getByRole('main').getByRole('textbox').last().fill('Bin da')
  await visitor.page.keyboard.press('Enter')
  await offer.waitFor()
  const wasAsked = () => visitor.page.evaluate(() => Reflect.get(window, 'wasAsked') === true)
  expect(await wasAsked()).toBe(false)
  await offer.click()
  await offer.waitFor({ state: 'detached' })
  expect(await wasAsked()).toBe(true)
  await visitor.context.close()
})

it('a new password counts, and keys without Ctrl can be switched off', async () => {
  const { page } = at
  await say(mia, 'eine eigene Nachricht')
  const dialog = await search(page, 'password')
  await dialog.getByRole('button', { name: 'Password' }).click()
  await dialog.getByLabel('Current password').fill('falsch')
  await dialog.getByLabel('New password').fill('ein noch längeres Passwort')
  await dialog.getByRole('button', { name: 'Change password' }).click()
  // The refusal stands beside the field that it is about, which gets the focus.
  const current = dialog.getByLabel('Current password')
  await expect.poll(() => current.getAttribute('aria-invalid')).toBe('true')
  await current.and(page.locator(':focus')).waitFor()
  expect(await dialog.getByLabel('New password').inputValue()).toBe('ein noch längeres Passwort')
  await dialog.getByLabel('Current password').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Change password' }).click()
  await page.getByText('Password changed').first().waitFor()
  await dialog.getByRole('searchbox').fill('single')
  await dialog.getByRole('switch').uncheck()
  await dialog.getByText('Saved').waitFor()
  await closeAll(page)
  await page
    .getByRole('article', { name: /^Mia Sommer/ })
    .last()
    .focus()
  await page.keyboard.press('e')
  expect(await page.getByLabel('Edit message').count()).toBe(0)
})

it('everything fits on a phone, in German and dark', async () => {
  const { page, context, problems } = await visit(browser, server.url, {
    locale: 'de',
    scheme: 'dark',
    size: 'phone',
  })
  const seen = async (screen: string) => {
    await page.screenshot({ path: join(outputFolder, `people-phone-${screen}.png`) })
    // One rule set a screen is enough: the search shows rows of the settings.
    if (screen !== 'search') await expectAccessible(page, `${screen} on a phone`)
    const isWide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth'
    expect(await page.evaluate<boolean>(isWide), `${screen} scrolls sideways`).toBe(false)
  }
  await jan.call(users.patch, { params: { user_id: 'me' }, body: { locale: 'de' } })
  await page.goto('/login')
  await page.getByLabel('E-Mail oder Benutzername').fill('jan')
  await page.getByLabel('Passwort', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('main').getByRole('button', { name: '@mia' }).first().click()
  await page.getByRole('dialog').getByText('@mia').waitFor()
  await seen('profile')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog', { name: 'Einstellungen' })
  await dialog.getByText('Wo Sie angemeldet sind').waitFor()
  await seen('settings')
  await dialog.getByRole('searchbox').fill('ton')
  await seen('search')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await page.keyboard.press('Control+Shift+Y')
  await page.getByRole('dialog', { name: 'Was machen Sie gerade?' }).waitFor()
  await seen('status')
  expect(problems).toEqual([])
  await context.close()
}, 150_000)

it('no errors happened, and no request went to another server', () => {
  // A name that is taken and wrong codes are answered with 400 on purpose.
  expect(at.problems.filter((problem) => !/status of 40\d/.test(problem))).toEqual([])
})
