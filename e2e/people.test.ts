/** People, their settings, and notifications: what they set takes effect, for themselves and for others. */
import { createHmac } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createApi } from '@plausch/client'
import type { TestServer } from '@plausch/testkit'
import {
  channels,
  members,
  onboarding,
  posts,
  presence,
  sessions,
  settings,
  type Team,
  users,
} from '@plausch/wire'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { expectAccessible, openBrowser, outputFolder, serveClient, type Visitor, visit } from './browser.ts'

const PASSWORD = 'ein langes Passwort'

let server: TestServer
let browser: Browser
let team: Team
let mia: Awaited<ReturnType<typeof person>>
let jan: Awaited<ReturnType<typeof person>>
let at: Visitor
let townSquare: string

const person = async (username: string, first: string, last: string, iid = '') => {
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

const signIn = async (page: Page, username: string) => {
  await page.goto('/login')
  await page.getByLabel('E-mail or username').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Town Square' }).first().waitFor()
}

const say = (who: typeof mia, message: string) =>
  who.call(posts.create, { body: { channel_id: townSquare, message } })

const picture = (name: string) => at.page.screenshot({ path: join(outputFolder, `people-${name}.png`) })

const openSettings = async (page: Page) => {
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('searchbox').waitFor()
  return dialog
}

const search = async (page: Page, term: string) => {
  const dialog = await openSettings(page)
  await dialog.getByRole('searchbox').fill(term)
  return dialog
}

const closeAll = async (page: Page) => {
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

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

it('a press on a mention shows the profile beside it, and Esc returns the focus', async () => {
  const { page } = at
  const mention = page.getByRole('main').getByRole('button', { name: '@jan' })
  await mention.focus()
  await page.keyboard.press('Enter')
  const card = page.getByRole('dialog', { name: 'Jan Petersen' })
  await card.getByText('Detektorgruppe').waitFor()
  await card.getByText('@jan').waitFor()
  await card.getByText(/there, \d+ hours ahead/).waitFor()
  await expectAccessible(page, 'a profile')
  await picture('profile')
  await page.keyboard.press('Escape')
  await card.waitFor({ state: 'detached' })
  expect(await mention.evaluate((element) => element === document.activeElement)).toBe(true)
})

it('a status of one’s own is seen by others, until it is cleared', async () => {
  const { page } = at
  const other = await visit(browser, server.url)
  await signIn(other.page, 'jan')
  await say(mia, 'Bin gleich zurück')
  await page.keyboard.press('Control+Shift+Y')
  const dialog = page.getByRole('dialog', { name: 'What are you doing?' })
  await dialog.getByRole('button', { name: /At lunch/ }).click()
  await expectAccessible(page, 'one’s status')
  await picture('status')
  await dialog.getByRole('button', { name: 'Set status' }).click()
  await dialog.waitFor({ state: 'detached' })
  const row = other.page.getByRole('article', { name: /^Mia Sommer/ }).last()
  await row.getByRole('img', { name: 'hamburger' }).waitFor()
  await page.keyboard.press('Control+Shift+Y')
  await page.getByRole('dialog').getByRole('button', { name: 'Clear status' }).click()
  await row.getByRole('img', { name: 'hamburger' }).waitFor({ state: 'detached' })
  await other.context.close()
})

it('do not disturb gets an end', async () => {
  const { page } = at
  await page.getByRole('button', { name: /Your account/ }).click()
  await page.getByRole('menuitem', { name: /Do not disturb/ }).click()
  await page.getByRole('menuitem', { name: 'For an hour' }).click()
  const status = () => mia.call(presence.get, { params: { user_id: mia.id } })
  await expect.poll(async () => (await status()).status).toBe('dnd')
  const { dnd_end_time } = await status()
  expect(Math.abs(dnd_end_time - Date.now() / 1000 - 3600)).toBeLessThan(120)
  await page.getByRole('button', { name: /Your account/ }).click()
  await picture('menu')
  await page.getByRole('menuitemradio', { name: 'Online' }).click()
  await expect.poll(async () => (await status()).status).toBe('online')
})

it('the settings are one accessible page, and the search finds a row', async () => {
  const { page } = at
  const dialog = await openSettings(page)
  await dialog.getByText('Where you are signed in').waitFor()
  await expectAccessible(page, 'the settings')
  await picture('settings')
  await dialog.getByRole('searchbox').fill('clock')
  await dialog.getByRole('group', { name: 'Clock' }).waitFor()
  await expect.poll(() => dialog.getByRole('group', { name: 'Colours' }).isVisible()).toBe(false)
  await dialog.getByRole('searchbox').fill('xyzzy')
  await dialog.getByText('No setting matches “xyzzy”.').waitFor()
  await closeAll(page)
})

it('the clock and the language change at once, and are kept', async () => {
  const { page } = at
  const time = page.getByRole('main').locator('article time').first()
  const dialog = await search(page, 'clock')
  await dialog.getByLabel('12 hours').check()
  await dialog.getByText('Saved').waitFor()
  await expect.poll(() => time.textContent()).toMatch(/[ap]m/i)
  await dialog.getByLabel('24 hours').check()
  await expect.poll(() => time.textContent()).toMatch(/^\d\d:\d\d$/)
  await dialog.getByRole('searchbox').fill('language')
  await dialog.getByLabel('Deutsch').check()
  await page.getByRole('dialog', { name: 'Einstellungen' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('de')
  // The words that were searched for are English.
  await page.getByRole('searchbox').fill('sprache')
  await page.getByLabel('English').click()
  await page.getByRole('dialog', { name: 'Settings' }).waitFor()
  await closeAll(page)
  await page.reload()
  await expect.poll(() => time.textContent()).toMatch(/^\d\d:\d\d$/)
})

it('a refused change is told beside the field, and what was typed stays', async () => {
  const { page } = at
  const dialog = await search(page, 'username')
  const field = dialog.getByLabel('Username', { exact: true })
  await field.fill('jan')
  await page.keyboard.press('Enter')
  await dialog.locator('[data-section="profile"] [role="status"][data-problem]').waitFor()
  expect(await field.inputValue()).toBe('jan')
  expect((await mia.call(users.get, { params: { user_id: mia.id } })).username).toBe('mia')
  await field.fill('mia')
  await page.keyboard.press('Enter')
  await closeAll(page)
})

it('a name is saved when the field is left', async () => {
  const { page } = at
  const dialog = await search(page, 'position')
  await dialog.getByLabel('Position').fill('Strahlzeitplanung')
  await page.keyboard.press('Tab')
  await dialog.getByText('Saved').waitFor()
  expect((await mia.call(users.get, { params: { user_id: mia.id } })).position).toBe('Strahlzeitplanung')
  await closeAll(page)
})

it('a picture is cut to a square by keys, and seen', async () => {
  const { page } = at
  const dialog = await search(page, 'picture')
  const png = await page.screenshot()
  await dialog
    .locator('input[type="file"]')
    .setInputFiles({ name: 'ich.png', mimeType: 'image/png', buffer: png })
  const crop = page.getByRole('dialog', { name: 'Cut out your picture' })
  await crop.getByRole('application').focus()
  await page.keyboard.press('ArrowRight')
  await expectAccessible(page, 'the crop of a picture')
  await crop.getByRole('button', { name: 'Use picture' }).click()
  await crop.waitFor({ state: 'detached' })
  await dialog.getByRole('button', { name: 'Remove' }).waitFor()
  const face = page.getByRole('navigation').locator('img').last()
  await expect.poll(() => face.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
  await closeAll(page)
})

it('a theme of Mattermost is imported, and can be read', async () => {
  const { page } = at
  const dialog = await search(page, 'theme')
  await dialog.getByRole('button', { name: /Import a Mattermost theme/ }).click()
  const box = page.getByRole('dialog', { name: /Import a Mattermost theme/ })
  await box.getByLabel('Theme as JSON').fill('{')
  await box.getByRole('button', { name: 'Use this theme' }).click()
  await box.getByText(/no complete theme/).waitFor()
  // Grey on grey, as nobody could read it.
  const names =
    'sidebarBg sidebarText centerChannelBg centerChannelColor linkColor buttonBg errorTextColor onlineIndicator mentionHighlightBg'
  const grey = Object.fromEntries(
    names.split(' ').map((name) => [name, name === 'sidebarBg' ? '#14213e' : '#777777']),
  )
  await box.getByLabel('Theme as JSON').fill(JSON.stringify(grey))
  await box.getByRole('button', { name: 'Use this theme' }).click()
  await box.waitFor({ state: 'detached' })
  await expectAccessible(page, 'settings with an imported theme')
  await closeAll(page)
  await expectAccessible(page, 'a channel with an imported theme')
  await picture('theme')
  const again = await search(page, 'colours')
  await again.getByLabel('Light').check()
  await closeAll(page)
})

/** A code of RFC 6238, as an app computes it. */
const codeOf = (secret: string): string => {
  const bits = [...secret]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const digest = createHmac('sha1', key).update(step).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

it('a second factor is set up with the code of an app', async () => {
  const { page } = at
  const dialog = await search(page, 'factor')
  await dialog.getByRole('button', { name: 'Set up a second factor' }).click()
  const box = page.getByRole('dialog', { name: 'Set up a second factor' })
  await box.getByRole('img', { name: 'QR code for the app' }).waitFor()
  await expectAccessible(page, 'setting up a second factor')
  await picture('factor')
  await box.getByLabel('Code of your app').fill('1')
  await box.getByRole('button', { name: 'Switch on' }).click()
  await box.getByText('A code has six digits.').waitFor()
  const secret = (await box.locator('code').textContent()) ?? ''
  await box.getByLabel('Code of your app').fill(codeOf(secret.replaceAll(' ', '')))
  await box.getByRole('button', { name: 'Switch on' }).click()
  await box.waitFor({ state: 'detached' })
  await dialog.getByText('Switched on').waitFor()
  expect((await mia.call(users.get, { params: { user_id: mia.id } })).mfa_active).toBe(true)
  await closeAll(page)
})

it('sessions are listed, and all others end at once', async () => {
  const { page } = at
  const dialog = await search(page, 'signed in')
  await dialog.getByText('This device').waitFor()
  await dialog.getByRole('button', { name: 'Sign out all other devices' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out all other devices' }).click()
  await page.getByRole('alertdialog').waitFor({ state: 'detached' })
  await expect
    .poll(() =>
      mia.call(sessions.list, { params: { user_id: mia.id } }).then(
        () => 'alive',
        () => 'ended',
      ),
    )
    .toBe('ended')
  await dialog.getByText('This device').waitFor()
  await closeAll(page)
})

it('a token is shown once, and deleted', async () => {
  const { page } = at
  const dialog = await search(page, 'token')
  await dialog.getByLabel('What is the new token for?').fill('Messskript')
  await dialog.getByRole('button', { name: 'Create token' }).click()
  const token = await dialog.getByLabel('New token', { exact: true }).inputValue()
  const api = createApi({ baseUrl: server.url, token })
  expect((await api.call(users.get, { params: { user_id: 'me' } })).username).toBe('mia')
  await dialog.getByRole('button', { name: 'Delete token “Messskript”' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await dialog.getByLabel('New token', { exact: true }).waitFor({ state: 'detached' })
  await expect
    .poll(() =>
      api.call(users.get, { params: { user_id: 'me' } }).then(
        () => 'works',
        () => 'refused',
      ),
    )
    .toBe('refused')
  await closeAll(page)
})

/** What the browser was asked to show, in whichever tab. */
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
  const dialog = await search(page, 'password')
  await dialog.getByRole('button', { name: 'Password' }).click()
  await dialog.getByLabel('Current password').fill('falsch')
  await dialog.getByLabel('New password').fill('ein noch längeres Passwort')
  await dialog.getByRole('button', { name: 'Change password' }).click()
  await dialog.getByRole('alert').waitFor()
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
