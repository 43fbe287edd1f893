/** Profiles, statuses and settings, in a browser. */
import { createApi } from '@plausch/client'
import { presence, sessions, users } from '@plausch/wire'
import { expect, it } from 'vitest'
import { expectAccessible, visit } from './browser.ts'
import { codeOf } from './one-time-code.ts'
import {
  at,
  browser,
  closeAll,
  mia,
  openSettings,
  picture,
  say,
  search,
  server,
  signIn,
  withPeople,
} from './people.ts'

withPeople()

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
  // The dialog has another name at once: `check` would look for the old one.
  await dialog.getByLabel('Deutsch').click()
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
  // The focus was in the row that is gone; Esc must still close the dialog.
  await dialog.getByRole('button', { name: 'Delete token “Messskript”' }).waitFor({ state: 'detached' })
  await closeAll(page)
})

/** What the browser was asked to show, in whichever tab. */

it('no errors happened, and no request went to another server', () => {
  // A name that is taken and wrong codes are answered with 400 on purpose.
  expect(at.problems.filter((problem) => !/status of 40\d/.test(problem))).toEqual([])
})
