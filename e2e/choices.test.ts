/** What people choose in the settings of messages, and what the messages then look like. */
import { channelOf, type Place, place, signUp, write } from '@plausch/testkit'
import { members } from '@plausch/wire'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, picture, signInByApi, type Visitor, visit, webFolder } from './browser.ts'

let at: Place
let browser: Browser
let ana: Visitor

beforeAll(async () => {
  at = await place({ webFolder })
  browser = await openBrowser()
  ana = await visit(browser, at.server.url)
  await signInByApi(ana.context, at.ana)
  await open('town-square')
})
afterAll(async () => {
  await browser.close()
  await at.stop()
})

const main = () => ana.page.getByRole('main')

const open = async (channel: string): Promise<void> => {
  await ana.page.goto(`/${at.team.name}/channels/${channel}`)
  await ana.page.locator('[data-composer] textarea').waitFor()
}

/** Goes to a channel in the list, without loading the page again. */
const go = async (name: string): Promise<void> => {
  await ana.page.keyboard.press('Control+k')
  await ana.page.getByRole('combobox', { name: 'Go to channel or person' }).fill(name)
  await ana.page
    .getByRole('option', { name: new RegExp(name) })
    .first()
    .waitFor()
  await ana.page.keyboard.press('Enter')
  await main().getByRole('heading', { name }).first().waitFor()
}

const inSettings = async (term: string, press: (dialog: ReturnType<typeof main>) => Promise<void>) => {
  await ana.page.keyboard.press('Control+,')
  const dialog = ana.page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('searchbox').fill(term)
  await press(dialog)
  await dialog.getByText('Saved').first().waitFor()
  await ana.page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
}

it('who joined and left is hidden at once if one wants so, but not what concerns oneself', async () => {
  const channel = await channelOf(at.bo, at.team, 'O', [at.ana, at.root])
  await write(at.bo, channel, 'Welcome to you all.')
  const cleo = await signUp(at.server, 'cleo', at.team.invite_id)
  const params = { channel_id: channel.id }
  await cleo.call(members.add, { params, body: { user_id: cleo.id } })
  await open(channel.name)
  const joined = main().getByText(/cleo\w* joined/)
  await joined.waitFor()

  await inSettings('joined', (dialog) =>
    dialog.getByRole('switch', { name: 'Show who joined or left' }).press('Space'),
  )
  await expect.poll(() => joined.count()).toBe(0)
  await main().getByText('Welcome to you all.').waitFor()
  const own = main().getByText(/added you|added ana/)
  await own.waitFor()
  await expect.poll(() => own.textContent()).not.toContain('root')
  await cleo.call(members.remove, { params: { ...params, user_id: cleo.id } })
  await write(at.bo, channel, 'She has left.')
  await main().getByText('She has left.').waitFor()
  expect(
    await main()
      .getByText(/cleo\w* left/)
      .count(),
  ).toBe(0)

  await inSettings('joined', (dialog) =>
    dialog.getByRole('switch', { name: 'Show who joined or left' }).press('Space'),
  )
  await main()
    .getByText(/cleo\w* left/)
    .waitFor()
})

it('a channel whose loaded part has only hidden notes still shows what was written before', async () => {
  const channel = await channelOf(at.bo, at.team, 'O', [at.ana])
  await write(at.bo, channel, 'the only message')
  const cleo = await signUp(at.server, 'cleo', at.team.invite_id)
  for (let i = 0; i < 40; i++) {
    await cleo.call(members.add, { params: { channel_id: channel.id }, body: { user_id: cleo.id } })
    await cleo.call(members.remove, { params: { channel_id: channel.id, user_id: cleo.id } })
  }
  await inSettings('joined', (dialog) =>
    dialog.getByRole('switch', { name: 'Show who joined or left' }).press('Space'),
  )
  await open(channel.name)
  await main().getByText('the only message').waitFor()
  expect(await main().getByText(/cleo/).count()).toBe(0)
})

it('a channel with unread messages opens where the reader left off, or at the newest', async () => {
  const channel = await channelOf(at.bo, at.team, 'O', [at.ana])
  await write(at.bo, channel, 'read before')
  await open(channel.name)
  await main().getByText('read before').waitFor()
  await go('Town Square')
  const wordy = (text: string) => `${text}\n\n${'More about it. '.repeat(40)}`
  for (let i = 1; i <= 60; i++) await write(at.bo, channel, wordy(`news ${i}.`))
  await go(channel.name)
  const line = main().getByText('New', { exact: true })
  await expect.poll(() => isInView(line)).toBe(true)
  expect(await isInView(main().getByText('news 60.'))).toBe(false)

  await inSettings('unread channels open', async (dialog) => {
    await dialog.getByText('At the newest message').click()
  })
  await go('Town Square')
  for (let i = 61; i <= 120; i++) await write(at.bo, channel, wordy(`news ${i}.`))
  await go(channel.name)
  await expect.poll(() => isInView(main().getByText('news 120.'))).toBe(true)
})

const isInView = async (what: ReturnType<typeof main>): Promise<boolean> => {
  const box = await what
    .last()
    .boundingBox()
    .catch(() => null)
  return box !== null && box.y >= 0 && box.y + Math.min(box.height, 20) <= 768
}

it('pictures are folded if one wants so, and unfolded one by one', async () => {
  await open('town-square')
  const address = (await ana.page.evaluate(
    "{ const canvas = document.createElement('canvas'); canvas.width = 60; canvas.height = 60; canvas.toDataURL('image/png') }",
  )) as string
  const buffer = Buffer.from(address.split(',')[1] ?? '', 'base64')
  await main()
    .locator('input[type=file]')
    .setInputFiles([{ name: 'Plan.png', mimeType: 'image/png', buffer }])
  await main().getByRole('list', { name: 'Attached files' }).getByText('Plan.png').waitFor()
  await main().getByRole('button', { name: 'Send', exact: true }).click()
  const shown = main().getByRole('article').getByRole('button', { name: 'Open Plan.png' })
  await shown.waitFor()

  await inSettings('pictures', (dialog) =>
    dialog.getByRole('switch', { name: 'Show pictures unfolded' }).press('Space'),
  )
  await expect.poll(() => shown.count()).toBe(0)
  const fold = main().getByRole('button', { name: 'Plan.png', expanded: false })
  await picture(ana.page, 'choices-folded')
  await fold.press('Enter')
  await shown.waitFor()
  await main().getByRole('button', { name: 'Plan.png', expanded: true }).press('Enter')
  await expect.poll(() => shown.count()).toBe(0)
})

it('no errors happened, and no request went to another server', () => {
  expect(ana.problems).toEqual([])
})
