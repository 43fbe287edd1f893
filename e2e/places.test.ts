/** The sidebar, channels, members and teams: by pointer and by keyboard, and what each person may not do. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { channelOf, direct, type Person, type Place, place, write } from '@plausch/testkit'
import { type Channel, categories, channels, members, preferences, teams, users } from '@plausch/wire'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { expectAccessible, openBrowser, outputFolder, type Visitor, visit, webFolder } from './browser.ts'

let at: Place
let browser: Browser
let ana: Visitor
let optics: Channel
let vacuum: Channel
let lunch: Channel
/** The page of which a failure shows a picture. */
let onFailure: Page

const picture = (page: Page, name: string) =>
  page.screenshot({ path: join(outputFolder, `places-${name}.png`) })

const rename = (channel: Channel, display_name: string) =>
  at.root.call(channels.patch, { params: { channel_id: channel.id }, body: { display_name } })

beforeAll(async () => {
  await mkdir(outputFolder, { recursive: true })
  at = await place({ webFolder })
  optics = await rename(await channelOf(at.ana, at.team, 'O', [at.bo]), 'Optics')
  vacuum = await rename(await channelOf(at.ana, at.team, 'P', [at.bo]), 'Vacuum')
  lunch = await rename(await channelOf(at.bo, at.team, 'O'), 'Lunch')
  await write(at.bo, lunch, 'Soup today')
  browser = await openBrowser()
  ana = await visit(browser, at.server.url)
  await signIn(ana.page, at.ana)
  await row(ana.page, 'Optics').waitFor()
})
afterAll(async () => {
  await browser.close()
  await at.stop()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await picture(onFailure, 'failed')
})

const signIn = async (page: Page, { username, password }: Person): Promise<void> => {
  onFailure = page
  await page.goto('/')
  await page.getByLabel(/or username|oder Benutzername/i).fill(username)
  await page.getByLabel(/^(Password|Passwort)$/).fill(password)
  await page.keyboard.press('Enter')
}

const side = (page: Page) => page.getByRole('navigation', { name: 'Channels' })
const row = (page: Page, name: string) => side(page).locator('a[data-channel]', { hasText: name })
const group = (page: Page, name: string) => side(page).getByRole('region', { name, exact: true })
const item = (page: Page, name: string | RegExp) =>
  page.getByRole('menuitem', { name }).or(page.getByRole('menuitemradio', { name }))

/** The names of the channels that the server has in a category. */
const inCategory = async (name: string): Promise<readonly string[]> => {
  const all = await at.ana.call(categories.list, { params: { user_id: 'me', team_id: at.team.id } })
  const ids = all.categories.find((each) => each.display_name === name || each.type === name)?.channel_ids
  return ids ?? []
}

it('a channel becomes a favourite by the menu of its row, on the keyboard', async () => {
  const { page } = ana
  await row(page, 'Optics').focus()
  await page.keyboard.press('Shift+F10')
  await item(page, 'Add to favourites').waitFor()
  await expectAccessible(page, 'the menu of a row')
  await item(page, 'Add to favourites').press('Enter')
  await group(page, 'Favourites').getByRole('link', { name: 'Optics' }).waitFor()
  await expect.poll(() => inCategory('favorites')).toEqual([optics.id])
})

it('a category is made from the menu of a channel, and takes another one by dragging', async () => {
  const { page } = ana
  await row(page, 'Vacuum').click({ button: 'right' })
  await item(page, 'Move to …').click()
  await item(page, 'New category …').click()
  await page.getByLabel('Name of the category').fill('Beamline')
  await expectAccessible(page, 'a new category')
  await page.keyboard.press('Enter')
  await group(page, 'Beamline').getByRole('link', { name: 'Vacuum' }).waitFor()
  await row(page, 'Optics').dragTo(row(page, 'Vacuum'), { targetPosition: { x: 60, y: 2 } })
  await group(page, 'Beamline').getByRole('link', { name: 'Optics' }).waitFor()
  await expect.poll(() => inCategory('Beamline')).toEqual([optics.id, vacuum.id])
  await picture(page, 'sidebar')
  await expectAccessible(page, 'the sidebar')
})

it('categories change their order by dragging and by the menu', async () => {
  const { page } = ana
  const names = () =>
    side(page)
      .locator('section')
      .evaluateAll((all) => all.map((each) => each.ariaLabel))
  const heading = (name: string) => group(page, name).locator('[data-category-heading]')
  await heading('Beamline').dragTo(group(page, 'Direct messages'), { targetPosition: { x: 60, y: 2 } })
  await expect.poll(names).toEqual(['Channels', 'Beamline', 'Direct messages'])
  await page.getByRole('button', { name: 'Menu of Beamline' }).click()
  await item(page, 'Move up').click()
  await expect.poll(names).toEqual(['Beamline', 'Channels', 'Direct messages'])
})

it('a folded category shows only what is unread, and the filter nothing else', async () => {
  const { page } = ana
  for (const name of ['Optics', 'Vacuum', 'Town Square']) {
    await row(page, name).click()
    await page.getByRole('textbox', { name: new RegExp(name) }).waitFor()
  }
  await group(page, 'Beamline').getByRole('button', { name: 'Beamline', exact: true }).click()
  await row(page, 'Optics').waitFor({ state: 'detached' })
  await row(page, 'Vacuum').waitFor({ state: 'detached' })
  await write(at.bo, vacuum, '10⁻⁹ mbar')
  await row(page, 'Vacuum').waitFor()
  await page.getByRole('button', { name: 'Show only unread channels' }).click()
  await group(page, 'Unread').getByRole('link', { name: 'Vacuum' }).waitFor()
  await row(page, 'Town Square').waitFor({ state: 'detached' })
  await page.keyboard.press('Control+Shift+U')
  await row(page, 'Town Square').waitFor()
})

it('the arrow keys walk through the rows, and change the width of the sidebar', async () => {
  const { page } = ana
  await row(page, 'Town Square').focus()
  await page.keyboard.press('ArrowUp')
  await row(page, 'Off-Topic').and(page.locator(':focus')).waitFor()
  const edge = page.getByRole('separator', { name: 'Width of the channel list' })
  await edge.focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => edge.getAttribute('aria-valuenow')).toBe('280')
  await page.reload()
  await expect.poll(() => edge.getAttribute('aria-valuenow')).toBe('280')
  await edge.dblclick()
  await expect.poll(() => edge.getAttribute('aria-valuenow')).toBe('264')
})

it('a conversation is closed until its next message', async () => {
  const { page } = ana
  const chat = await direct(at.bo, at.ana)
  await write(at.bo, chat, 'Hello')
  const conversation = group(page, 'Direct messages').getByRole('link', { name: at.bo.username })
  await conversation.getByText('1 mention').waitFor({ state: 'attached' })
  await conversation.click()
  await page.getByRole('main').getByText('Hello').waitFor()
  await conversation.click({ button: 'right' })
  await item(page, 'Close conversation').click()
  await conversation.waitFor({ state: 'detached' })
  await write(at.bo, chat, 'Once more')
  await conversation.waitFor()
})

it('unread channels stand on top for those who want it', async () => {
  const { page } = ana
  const body = {
    user_id: at.ana.id,
    category: 'sidebar_settings',
    name: 'show_unread_section',
    value: 'true',
  }
  await at.ana.call(preferences.save, { params: { user_id: 'me' }, body: [body] })
  await write(at.bo, vacuum, 'Leak found')
  const unread = group(page, 'Unread').getByRole('link', { name: 'Vacuum' })
  await unread.click()
  // The row stays under the pointer, although the channel is read now, until another one is opened.
  await page.getByRole('main').getByText('Leak found').waitFor()
  await expect.poll(() => unread.getAttribute('data-unread')).toBe(null)
  await unread.waitFor()
  await row(page, 'Town Square').click()
  await unread.waitFor({ state: 'detached' })
  await at.ana.call(preferences.save, { params: { user_id: 'me' }, body: [{ ...body, value: 'false' }] })
})

it('a muted category mutes its channels', async () => {
  const { page } = ana
  await page.getByRole('button', { name: 'Menu of Beamline' }).click()
  await item(page, 'Mute category').click()
  await group(page, 'Beamline').getByRole('button', { name: 'Beamline', exact: true }).click()
  await row(page, 'Vacuum').getByRole('img', { name: 'muted' }).waitFor()
  await page.getByRole('button', { name: 'Menu of Beamline' }).click()
  await item(page, 'Unmute category').click()
  await row(page, 'Vacuum').getByRole('img', { name: 'muted' }).waitFor({ state: 'detached' })
})

it('tells who can read a private channel before one writes', async () => {
  const { page } = ana
  await row(page, 'Vacuum').click()
  await page.getByRole('button', { name: 'Who can read this?' }).click()
  const pop = page.getByRole('dialog', { name: 'Who can read this?' })
  await pop.getByText('Only the 2 members of this channel.').waitFor()
  await pop.getByText('Administrators of the server can open it as well.').waitFor()
  await picture(page, 'readers')
  await expectAccessible(page, 'who can read this')
  await page.keyboard.press('Escape')
})

it('an admin of the channel makes another one; who may not moderate learns who may', async () => {
  const { page } = ana
  await page.keyboard.press('Control+Shift+M')
  const pane = page.getByRole('complementary', { name: 'Members' })
  await pane.getByRole('button', { name: `Actions for ${at.bo.username}` }).click()
  await item(page, 'Make admin').click()
  await expect.poll(() => pane.getByText('Admin', { exact: true }).count()).toBe(2)
  const params = { channel_id: vacuum.id, user_id: at.bo.id }
  await expect.poll(async () => (await at.root.call(members.get, { params })).scheme_admin).toBe(true)
  await picture(page, 'members')
  await expectAccessible(page, 'the members')
  await pane.getByRole('button', { name: 'Close' }).click()
  await page
    .getByRole('button', { name: /^Vacuum/ })
    .first()
    .click()
  await item(page, 'Channel settings').click()
  await page.getByRole('tab', { name: 'Rights' }).click()
  await page.getByText('Only administrators of the server can do this.').waitFor()
  await expectAccessible(page, 'the settings of a channel')
  await page.getByRole('tab', { name: 'About' }).click()
  await page.getByRole('textbox', { name: 'Topic' }).fill('Pumps and **gauges**')
  await picture(page, 'settings')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('main').getByText('Pumps and gauges', { exact: true }).waitFor()
})

it('looks into a public channel before joining it', async () => {
  const { page } = ana
  await page.getByRole('button', { name: 'Add to Channels' }).click()
  await item(page, 'Browse channels').click()
  await page.getByRole('button', { name: 'Preview Lunch' }).waitFor()
  await page.getByText('1 member', { exact: true }).first().waitFor()
  await picture(page, 'browse')
  await expectAccessible(page, 'the list of channels')
  await page.getByRole('button', { name: 'Preview Lunch' }).click()
  await page.getByRole('main').getByText('Soup today').waitFor()
  await picture(page, 'preview')
  await expectAccessible(page, 'a channel before joining')
  await page.getByRole('button', { name: 'Join channel' }).click()
  await row(page, 'Lunch').waitFor()
  await page.getByRole('textbox', { name: /Lunch/ }).waitFor()
})

it('an archived channel says so, and a team admin restores it', async () => {
  const { page } = ana
  await at.ana.call(channels.archive, { params: { channel_id: lunch.id } })
  await page
    .getByText(/This channel is archived/)
    .first()
    .waitFor()
  await expectAccessible(page, 'an archived channel')
  await page.getByRole('button', { name: 'Restore' }).click()
  await page.getByRole('textbox', { name: /Lunch/ }).waitFor()
})

it('a channel becomes private, and who leaves it is warned', async () => {
  const { page } = ana
  await page
    .getByRole('button', { name: /^Lunch/ })
    .first()
    .click()
  await item(page, 'Make private').click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Make private' }).click()
  const type = async () => (await at.bo.call(channels.get, { params: { channel_id: lunch.id } })).type
  await expect.poll(type).toBe('P')
  await page.getByRole('alertdialog').waitFor({ state: 'detached' })
  await row(page, 'Lunch').click({ button: 'right' })
  await item(page, 'Leave channel').click()
  await page.getByText('You can come back only if somebody adds you.').waitFor()
  await expectAccessible(page, 'leaving a channel')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Leave' }).click()
  await row(page, 'Lunch').waitFor({ state: 'detached' })
})

it('helps where there is no channel', async () => {
  const { page } = ana
  await page.goto(`/${at.team.name}/channels/no-such-channel`)
  await page.getByRole('heading', { name: 'No such channel' }).waitFor()
  await page.getByRole('button', { name: 'Browse channels' }).waitFor()
  await expectAccessible(page, 'no such channel')
  await page.goto('/no-such-team/channels/town-square')
  await page.getByRole('heading', { name: 'This team is not open to you' }).waitFor()
  await expectAccessible(page, 'no such team')
})

it('a second team brings the rail, in an order of one’s own', async () => {
  const { page } = ana
  const body = { name: 'accelerator', display_name: 'Accelerator', type: 'O' as const }
  const team = await at.root.call(teams.create, { body: { ...body, allow_open_invite: true } })
  await page.goto('/accelerator/channels/town-square')
  await page.getByRole('button', { name: 'Join Accelerator' }).click()
  const rail = side(page).getByRole('list', { name: 'Teams' })
  await expect.poll(() => rail.getByRole('link').count()).toBe(2)
  const names = () => rail.getByRole('link').evaluateAll((all) => all.map((each) => each.textContent))
  await expect.poll(names).toEqual([expect.stringContaining('Accelerator'), expect.stringContaining('Team')])
  await rail.getByRole('link').first().click({ button: 'right' })
  await item(page, 'Move down').click()
  await expect.poll(names).toEqual([expect.stringContaining('Team'), expect.stringContaining('Accelerator')])
  await picture(page, 'rail')
  await expectAccessible(page, 'the rail of teams')
  await page.keyboard.press('Control+Alt+1')
  await expect.poll(() => new URL(page.url()).pathname.split('/')[1]).toBe(at.team.name)
  await at.root.call(teams.archive, { params: { team_id: team.id } })
  await rail.waitFor({ state: 'detached' })
})

it('finds an open team among many, page by page or by its name', async () => {
  const { page } = ana
  const names = Array.from({ length: 60 }, (_, i) => `Group ${String(i).padStart(2, '0')}`)
  for (const [i, display_name] of names.entries()) {
    const body = { name: `group-${i}`, display_name, type: 'O' as const, allow_open_invite: true }
    await at.root.call(teams.create, { body })
  }
  await page.getByRole('button', { name: 'Team', exact: true }).click()
  await item(page, 'Join another team').click()
  const dialog = page.getByRole('dialog', { name: 'Join another team' })
  const list = dialog.getByRole('listitem')
  await expect.poll(() => list.count()).toBe(50)
  await dialog.getByRole('button', { name: 'Show more' }).click()
  await expect.poll(() => list.count()).toBe(60)
  await expectAccessible(page, 'the teams that one may join')
  await dialog.getByRole('searchbox').fill('no such team')
  await dialog.getByText('No team matches.').waitFor()
  await dialog.getByRole('searchbox').fill('group 57')
  await expect.poll(() => list.count()).toBe(1)
  await dialog.getByRole('button', { name: 'Join Group 57' }).click()
  await page.getByRole('main').getByRole('heading', { name: 'Town Square' }).first().waitFor()
  await expect.poll(() => new URL(page.url()).pathname.split('/')[1]).toBe('group-57')
  await page.goto(`/${at.team.name}/channels/town-square`)
  await page.getByRole('main').getByRole('heading', { name: 'Town Square' }).first().waitFor()
})

it('a team is described, and its members are listed', async () => {
  const { page } = ana
  await page.getByRole('button', { name: 'Team', exact: true }).click()
  await item(page, 'Team settings').click()
  await page.getByLabel('Description').fill('All who build the beamline')
  await expectAccessible(page, 'the settings of a team')
  await picture(page, 'team')
  await page.getByRole('tab', { name: 'Access' }).click()
  await page.getByLabel('Invite link').waitFor()
  await expectAccessible(page, 'the access to a team')
  await page.getByRole('tab', { name: 'Members of the team' }).click()
  await page.getByRole('button', { name: `Actions for ${at.bo.username}` }).waitFor()
  await expectAccessible(page, 'the members of a team')
  await page.getByRole('tab', { name: 'About' }).click()
  await page.getByLabel('Description').fill('All who build the beamline')
  await page.getByRole('button', { name: 'Save' }).click()
  const read = async () => (await at.ana.call(teams.get, { params: { team_id: at.team.id } })).description
  await expect.poll(read).toBe('All who build the beamline')
})

it('works on a phone, in German and in the dark', async () => {
  await at.bo.call(users.patch, { params: { user_id: 'me' }, body: { locale: 'de' } })
  const bo = await visit(browser, at.server.url, { locale: 'de', scheme: 'dark', size: 'phone' })
  const { page } = bo
  await signIn(page, at.bo)
  await page.getByRole('button', { name: 'Kanäle', exact: true }).click()
  await page
    .getByRole('navigation', { name: 'Kanäle' })
    .getByRole('link', { name: /Optics/ })
    .waitFor()
  await picture(page, 'phone-sidebar')
  await expectAccessible(page, 'the sidebar on a phone')
  await page.getByRole('link', { name: /Optics/ }).click()
  await page.getByRole('button', { name: /Wer kann das lesen/ }).click()
  await page.getByText(/Alle im Team Team/).waitFor()
  await picture(page, 'phone-readers')
  await expectAccessible(page, 'who can read this, on a phone')
  await page.keyboard.press('Escape')
  await page
    .getByRole('button', { name: /^Optics/ })
    .first()
    .click()
  await picture(page, 'phone-menu')
  await page.getByRole('menuitem', { name: 'Kanaleinstellungen' }).click()
  await page.getByRole('tab', { name: 'Verwalten' }).click()
  await page.getByText(/Das können nur Admins des Teams/).waitFor()
  await picture(page, 'phone-settings')
  await expectAccessible(page, 'the settings of a channel on a phone')
  expect(bo.problems).toEqual([])
  await bo.context.close()
})

it('asks the page for nothing wrong', () => {
  // The two addresses that do not exist, and the picture of nobody, are refused by the server.
  expect(ana.problems.filter((each) => !/status of (404|403)/.test(each))).toEqual([])
})
