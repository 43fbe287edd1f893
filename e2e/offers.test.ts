/** What people can do if their server offers it: public links, the own account, archived groups, a test. */
import { type Person, type Place, place, write } from '@plausch/testkit'
import { brand, groups, settings, users } from '@plausch/wire'
import type { Browser, Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  expectAccessible,
  openBrowser,
  picture,
  signInByApi,
  type Visitor,
  visit,
  webFolder,
} from './browser.ts'

let at: Place
let browser: Browser
let ana: Visitor

/** A picture of one dot. */
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const enter = async (person: Person): Promise<Visitor> => {
  const visitor = await visit(browser, at.server.url)
  await signInByApi(visitor.context, person)
  await visitor.page.goto(`/${at.team.name}/channels/town-square`)
  await visitor.page.locator('[data-composer] textarea').waitFor()
  return visitor
}

beforeAll(async () => {
  at = await place({ webFolder })
  await at.root.call(settings.patch, {
    body: {
      ServiceSettings: { SiteURL: at.server.url, EnableCustomGroups: true },
      FileSettings: { EnablePublicLink: true },
      TeamSettings: {
        EnableUserDeactivation: true,
        EnableCustomBrand: true,
        CustomBrandText: 'Beam time only.',
      },
    },
  })
  browser = await openBrowser()
  ana = await enter(at.ana)
})
afterAll(async () => {
  await browser.close()
  await at.stop()
})

const inSettings = async ({ page }: Visitor, term: string) => {
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('searchbox').fill(term)
  return dialog
}

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await picture(ana.page, `failed-${task.name.slice(0, 40)}`)
})

it('a file has a public link, which opens it without an account', async () => {
  const { page, context } = ana
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const main = page.getByRole('main')
  await main
    .locator('input[type=file]')
    .setInputFiles([{ name: 'Dot.png', mimeType: 'image/png', buffer: DOT }])
  await main.getByRole('list', { name: 'Attached files' }).getByText('Dot.png').waitFor()
  await expect.poll(() => main.getByRole('progressbar').count()).toBe(0)
  // The file is opened while its message is still on its way.
  const { promise: opened, resolve: release } = Promise.withResolvers<void>()
  await page.route('**/api/v4/posts', async (route) => {
    await opened
    await route.continue()
  })
  await main.getByRole('button', { name: 'Send', exact: true }).click()
  await main.getByRole('article').getByRole('button', { name: 'Open Dot.png' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Copy link' }).waitFor()
  release()
  await page.getByRole('dialog').getByRole('button', { name: 'Copy public link' }).press('Enter')
  await page.getByText('Public link copied').first().waitFor()
  const link = (await page.evaluate('navigator.clipboard.readText()')) as string
  expect(link).toContain(at.server.url)
  const answer = await fetch(link)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('image/png')
  await page.keyboard.press('Escape')
})

it('a test notification is a message of the system bot', async () => {
  const { page } = ana
  const dialog = await inSettings(ana, 'test')
  await dialog.getByRole('button', { name: 'Send a test notification' }).press('Enter')
  await page.getByText('The system bot has written to you.').first().waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('navigation', { name: 'Channels' }).getByText('system-bot').first().waitFor()
})

it('an archived group is listed for whoever may restore it', async () => {
  const { page } = ana
  const body = {
    ...{ name: 'shift-crew', display_name: 'Shift crew', source: 'custom' as const },
    ...{ allow_reference: true, user_ids: [at.bo.id] },
  }
  const group = await at.ana.call(groups.create, { body })
  await at.ana.call(groups.archive, { params: { group_id: group.id } })
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Go to channel or person' }).fill('>groups of people')
  await page.getByRole('option', { name: 'Groups of people' }).waitFor()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Groups of people' })
  await dialog.getByText('There is no group yet').waitFor()
  await dialog.getByRole('button', { name: /Archived groups/ }).press('Enter')
  await expectAccessible(page, 'archived groups')
  await picture(page, 'offers-groups')
  await dialog.getByRole('button', { name: 'Restore Shift crew' }).press('Enter')
  await dialog.getByRole('button', { name: 'Shift crew @shift-crew' }).waitFor()
  expect((await at.ana.call(groups.get, { params: { group_id: group.id } })).delete_at).toBe(0)
  await page.keyboard.press('Escape')
})

it('people end their own account, after a question', async () => {
  await write(at.bo, at.townSquare, 'my last words')
  const bo = await enter(at.bo)
  const dialog = await inSettings(bo, 'deactivate')
  await dialog.getByRole('button', { name: 'Deactivate your account' }).press('Enter')
  const question = bo.page.getByRole('alertdialog', { name: 'Deactivate your account?' })
  await picture(bo.page, 'offers-deactivate')
  await expectAccessible(bo.page, 'the question before an account ends')
  await question.getByRole('button', { name: 'Deactivate' }).press('Enter')
  await bo.page.getByLabel('E-mail or username').waitFor()
  expect((await at.root.call(users.get, { params: { user_id: at.bo.id } })).delete_at).toBeGreaterThan(0)
  await ana.page.getByRole('article').filter({ hasText: 'my last words' }).waitFor()
})

it('the sign-in page shows the picture and the words of the organisation', async () => {
  const { page } = await visit(browser, at.server.url)
  await page.goto('/login')
  await page.getByText('Beam time only.').waitFor()
  // There is no picture yet.
  await expect.poll(() => page.getByRole('main').locator('img').count()).toBe(0)
  const form = new FormData()
  form.append('image', new Blob([DOT], { type: 'image/png' }), 'brand.png')
  await at.root.api.send(brand.setImage, {}, form)
  await page.reload()
  const shown = page.getByRole('main').getByRole('img')
  await expect
    .poll(() => shown.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
    .toBe(1)
  await expectAccessible(page, 'the sign-in page of an organisation')
})

it('the help desk and the own pages of the organisation stand on the sign-in page, and in the user menu', async () => {
  await at.root.call(settings.patch, {
    body: {
      SupportSettings: { SupportEmail: 'help@lab.example', PrivacyPolicyLink: 'https://lab.example/privacy' },
      PlauschSettings: {
        HelpDeskPhone: '+49 (40) 8998',
        ImprintLink: 'https://lab.example/imprint',
        AccessibilityLink: 'https://lab.example/access',
      },
    },
  })
  const { page, context } = await visit(browser, at.server.url, { locale: 'de' })
  await page.goto('/login')
  const links = (within: Locator) =>
    within.getByRole('link').evaluateAll((all) => all.map((each) => each.getAttribute('href')))
  const all = [
    ...['mailto:help@lab.example', 'tel:+49408998', 'https://lab.example/privacy'],
    ...['https://lab.example/access', 'https://lab.example/imprint'],
  ]
  await page.getByRole('link', { name: 'Impressum' }).waitFor()
  expect(await links(page.getByRole('contentinfo'))).toEqual(all)
  await context.close()
  await ana.page.getByRole('button', { name: /Your account/ }).click()
  await ana.page.getByRole('menuitem', { name: 'Help desk and imprint' }).click()
  const dialog = ana.page.getByRole('dialog', { name: 'Help desk and imprint' })
  await dialog.waitFor()
  expect(await links(dialog)).toEqual(all)
  await expectAccessible(ana.page, 'the help desk')
  await picture(ana.page, 'help-desk')
  await ana.page.keyboard.press('Escape')
})

it('administrators, and nobody else, are told when most seats are taken', async () => {
  const { total_users_count: used } = await at.root.call(users.stats)
  const root = await enter(at.root)
  const seats = root.page.getByText(/seats are taken/)
  await at.root.call(settings.patch, { body: { PlauschSettings: { MaxActiveUsers: used } } })
  await root.page.getByText(`All ${used} seats are taken.`, { exact: false }).waitFor()
  await picture(root.page, 'seats')
  expect(await ana.page.getByText(/seats are taken/).count()).toBe(0)
  await at.root.call(settings.patch, { body: { PlauschSettings: { MaxActiveUsers: 0 } } })
  await seats.waitFor({ state: 'detached' })
  await root.context.close()
})

it('no errors happened, and no request went to another server', () => {
  expect(ana.problems).toEqual([])
})
