/** Files and drafts: how they get into messages, what becomes of them after an interruption, how they look. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Person, type Place, place, signUp } from '@plausch/testkit'
import { drafts, posts, scheduled } from '@plausch/wire'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  expectAccessible,
  openBrowser,
  outputFolder,
  signInByApi,
  type Visitor,
  visit,
  webFolder,
} from './browser.ts'

let at: Place
let browser: Browser
let ana: Visitor

const picture = (page: Page, name: string) => page.screenshot({ path: join(outputFolder, `${name}.png`) })

const enter = async (person: Person, look: Parameters<typeof visit>[2] = {}): Promise<Visitor> => {
  const visitor = await visit(browser, at.server.url, look)
  await signInByApi(visitor.context, person)
  await visitor.page.goto(`/${at.team.name}/channels/town-square`)
  await visitor.page.locator('[data-composer] textarea').waitFor()
  return visitor
}

beforeAll(async () => {
  await mkdir(outputFolder, { recursive: true })
  at = await place({ webFolder })
  browser = await openBrowser()
  ana = await enter(at.ana)
})
afterAll(async () => {
  await browser.close()
  await at.stop()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await picture(ana.page, `failed-${task.name.slice(0, 40)}`)
})

const main = () => ana.page.getByRole('main')
const box = (page = ana.page) => page.getByRole('main').getByRole('textbox').last()
const attached = () => main().getByRole('list', { name: 'Attached files' })
/** A picture that browsers draw, of one colour. */
const png = async (width: number, height: number, colour: string): Promise<Buffer> => {
  const address = (await ana.page.evaluate(`{
    const canvas = document.createElement('canvas')
    canvas.width = ${width}
    canvas.height = ${height}
    const brush = canvas.getContext('2d')
    brush.fillStyle = '${colour}'
    brush.fillRect(0, 0, ${width}, ${height})
    brush.fillStyle = 'white'
    brush.fillRect(${width} / 4, ${height} / 4, ${width} / 8, ${height} / 8)
    canvas.toDataURL('image/png')
  }`)) as string
  return Buffer.from(address.split(',')[1] ?? '', 'base64')
}
type Given = { name: string; mimeType: string; buffer: Buffer }
const choose = (files: readonly Given[]) =>
  main()
    .locator('input[type=file]')
    .setInputFiles([...files])
const drop = (name: string, size: number) =>
  ana.page.evaluate(`{
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([new Uint8Array(${size}).fill(120)], '${name}'))
    const target = document.querySelector('[data-messages]')
    for (const type of ['dragenter', 'dragover', 'drop'])
      target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
  }`)

describe('attaching', () => {
  it('pictures become a gallery, and a text and an archive cards', async () => {
    const { page } = ana
    await choose([
      { name: 'Aufbau.png', mimeType: 'image/png', buffer: await png(800, 600, 'teal') },
      { name: 'Schnitt.png', mimeType: 'image/png', buffer: await png(300, 600, 'brown') },
      { name: 'daten.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n3,4\n') },
      {
        name: 'alles.zip',
        mimeType: 'application/zip',
        buffer: Buffer.from('PK\u0005\u0006'.padEnd(22, '\0')),
      },
    ])
    await expect.poll(() => attached().getByRole('listitem').count()).toBe(4)
    await expect.poll(() => attached().getByRole('progressbar').count()).toBe(0)
    await expectAccessible(page, 'attached files')
    await picture(page, 'files-attached')
    await box().fill('Die Aufnahmen von heute')
    await box().press('Enter')
    await attached().waitFor({ state: 'detached' })
    await expect.poll(() => main().getByRole('button', { name: 'Open Aufbau.png' }).count()).toBe(1)
    await main()
      .getByRole('button', { name: /^alles.zip/ })
      .waitFor()
    await expect.poll(() => main().locator('pre', { hasText: '3,4' }).count()).toBe(1)
    await expectAccessible(page, 'files in a message')
    await picture(page, 'files-message')
  })

  it('the viewer goes from file to file, zooms, and gives the focus back', async () => {
    const { page } = ana
    const opener = main().getByRole('button', { name: 'Open Aufbau.png' })
    await opener.click()
    const viewer = page.getByRole('dialog')
    await viewer.getByRole('heading', { name: 'Aufbau.png' }).waitFor()
    const scale = viewer.getByRole('button', { name: /%$/ })
    await page.keyboard.press('+')
    await expect.poll(() => scale.textContent()).toBe('140%')
    await page.keyboard.press('0')
    await expect.poll(() => scale.textContent()).toBe('100%')
    await expectAccessible(page, 'the viewer')
    await picture(page, 'files-viewer')
    await page.keyboard.press('ArrowRight')
    await viewer.getByRole('heading', { name: 'Schnitt.png' }).waitFor()
    await page.keyboard.press('ArrowRight')
    await viewer.getByText('3,4').waitFor()
    await picture(page, 'files-viewer-text')
    await page.keyboard.press('Escape')
    await viewer.waitFor({ state: 'detached' })
    await expect.poll(() => opener.evaluate((button) => button.matches(':focus'))).toBe(true)
  })

  it('the pane lists the files of the channel and finds them', async () => {
    const { page } = ana
    await box().fill('/files')
    await box().press('Enter')
    const pane = page.getByRole('complementary', { name: 'Files in this channel' })
    await pane.getByText('daten.csv').waitFor()
    await expectAccessible(page, 'the pane of files')
    await picture(page, 'files-pane')
    await pane.getByLabel('Search files').fill('Aufb')
    await expect.poll(() => pane.getByRole('listitem').allTextContents()).toHaveLength(1)
    await pane.getByRole('button', { name: 'Close' }).click()
    await pane.waitFor({ state: 'detached' })
  })

  it('files can be dropped anywhere on the channel', async () => {
    await drop('protokoll.txt', 5)
    await attached().getByText('protokoll.txt').waitFor()
    await attached().getByRole('button', { name: 'Remove protokoll.txt' }).click()
    await attached().waitFor({ state: 'detached' })
  })

  it('says what is wrong before anything is sent', async () => {
    await choose([{ name: 'leer.txt', mimeType: 'text/plain', buffer: Buffer.from('') }])
    await ana.page.getByText('leer.txt is empty.').last().waitFor()
    const many = Array.from({ length: 11 }, (_, i) => ({
      ...{ name: `${i}.txt`, mimeType: 'text/plain', buffer: Buffer.from('x') },
    }))
    await choose(many)
    await ana.page.getByText('A message can have at most 10 files.').last().waitFor()
    await expect.poll(() => attached().getByRole('listitem').count()).toBe(10)
    for (let left = 10; left > 0; left--) {
      await attached()
        .getByRole('button', { name: /^Remove/ })
        .first()
        .press('Enter')
      await expect.poll(() => attached().getByRole('listitem').count()).toBe(left - 1)
    }
  })

  it('continues a big upload after an interruption, and keeps the text', async () => {
    const { page, context } = ana
    await box().fill('mit Anhang')
    let cuts = 0
    let offsets = 0
    await page.route('**/api/v4/uploads/*', async (route) => {
      const isPiece = route.request().method() === 'POST'
      if (!isPiece) offsets += 1
      if (isPiece && cuts++ === 1) await route.abort('connectionfailed')
      else await route.continue()
    })
    await drop('gross.bin', 20_000_000)
    await attached().getByText('gross.bin').waitFor()
    await expect.poll(() => attached().getByRole('progressbar').count(), { timeout: 30_000 }).toBe(0)
    expect(await attached().getByText('Not uploaded').count()).toBe(0)
    await expect.poll(() => offsets).toBeGreaterThan(0)
    await page.unroute('**/api/v4/uploads/*')
    expect(await box().inputValue()).toBe('mit Anhang')
    await context.setOffline(false)
    await box().press('Enter')
    await main()
      .getByRole('button', { name: /^gross.bin/ })
      .waitFor()
    const size = await page.evaluate(
      `fetch(document.querySelector('a[aria-label="Download gross.bin"]').href, { method: 'HEAD' }).then((it) => it.headers.get('content-length'))`,
    )
    expect(size).toBe('20000000')
  })
})

describe('a message whose files are still on their way', () => {
  it('is sent when they have arrived, once, unless it is changed before', async () => {
    const { page } = ana
    const waits = main().getByText('Is sent as soon as the files are uploaded.')
    const held = Promise.withResolvers<void>()
    await page.route('**/api/v4/uploads*', async (route) => {
      await held.promise
      await route.continue()
    })
    await drop('slow.bin', 20_000_000)
    await attached().getByText('slow.bin').waitFor()
    await box().fill('with the slow one')
    await box().press('Enter')
    await waits.waitFor()
    await picture(page, 'files-waiting')
    await box().pressSequentially('!')
    await waits.waitFor({ state: 'detached' })
    await box().press('Enter')
    await waits.waitFor()
    held.resolve()
    const row = main().getByRole('article').filter({ hasText: 'with the slow one!' })
    await row.getByRole('button', { name: /^slow.bin/ }).waitFor()
    expect(await row.count()).toBe(1)
    expect(await box().inputValue()).toBe('')
    await page.unroute('**/api/v4/uploads*')
  })
})

describe('drafts', () => {
  it('are on the server half a second after the last key, with their files, and survive a reload', async () => {
    const { page } = ana
    await choose([{ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('x') }])
    await box().pressSequentially('angefangen')
    const params = { user_id: 'me', team_id: at.team.id }
    const saved = async () => (await at.ana.call(drafts.list, { params }))[0]
    await expect.poll(async () => (await saved())?.message).toBe('angefangen')
    await expect.poll(async () => (await saved())?.file_ids.length).toBe(1)
    await page.reload()
    await expect.poll(() => box().inputValue()).toBe('angefangen')
    await attached().getByText('a.txt').waitFor()
  })

  it('are on another device, and what is written there comes back', async () => {
    const phone = await enter(at.ana, { size: 'phone', locale: 'de', scheme: 'dark' })
    await expect.poll(() => box(phone.page).inputValue()).toBe('angefangen')
    await picture(phone.page, 'composer-phone')
    await box(phone.page).fill('angefangen und ergänzt')
    await expect.poll(() => box().inputValue()).toBe('angefangen und ergänzt')
    await box().press('Enter')
    await main().getByText('angefangen und ergänzt').first().waitFor()
    await expect.poll(() => box(phone.page).inputValue()).toBe('')
    await phone.context.close()
  })

  it('survive a session that has ended', async () => {
    const bo = await enter(at.bo)
    await box(bo.page).pressSequentially('nicht verlieren')
    const saved = async () =>
      JSON.stringify(await at.bo.call(drafts.list, { params: { user_id: 'me', team_id: at.team.id } }))
    await expect.poll(saved).toContain('nicht verlieren')
    await bo.context.request.post('/api/v4/users/logout', {
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
    })
    await bo.page.reload()
    await signInByApi(bo.context, at.bo)
    await bo.page.goto(`/${at.team.name}/channels/town-square`)
    await expect.poll(() => box(bo.page).inputValue()).toBe('nicht verlieren')
    await bo.context.close()
  })

  it('have a page, from which they can be opened and deleted', async () => {
    const { page } = ana
    await box().fill('ein Entwurf')
    await page.getByRole('link', { name: /^Drafts/ }).click()
    const list = main().getByRole('list', { name: 'Drafts' })
    await list.getByText('ein Entwurf').waitFor()
    await expectAccessible(page, 'the drafts')
    await picture(page, 'drafts')
    await list.getByRole('button', { name: 'Delete draft' }).click()
    await main().getByText('No drafts').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await list.getByText('ein Entwurf').click()
    await expect.poll(() => box().inputValue()).toBe('ein Entwurf')
    await box().fill('')
  })
})

describe('sending otherwise', () => {
  const option = async (name: string | RegExp) => {
    await main().getByRole('button', { name: 'Send options' }).click()
    const { page } = ana
    const radio = page.getByRole('menuitemradio', { name })
    await radio.or(page.getByRole('menuitemcheckbox', { name })).click()
  }

  it('later, with a place where it can be changed', async () => {
    const { page } = ana
    await box().fill('Guten Morgen')
    await main().getByRole('button', { name: 'Send options' }).click()
    await page.getByRole('menu').waitFor()
    await expectAccessible(page, 'send options')
    await picture(page, 'composer-options')
    await page.getByRole('menuitem', { name: /Monday at 9:00/ }).click()
    await expect.poll(() => box().inputValue()).toBe('')
    await page.goto(`/${at.team.name}/drafts/scheduled`)
    const list = main().getByRole('list', { name: 'Scheduled' })
    await list.getByText('Guten Morgen').waitFor()
    await expectAccessible(page, 'scheduled messages')
    await picture(page, 'scheduled')
    await list.getByRole('button', { name: 'Edit' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Message').fill('Guten Morgen!')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await list.getByText('Guten Morgen!').waitFor()
    await list.getByRole('button', { name: 'Change time' }).click()
    await dialog.getByLabel('Day and time').fill('2020-01-01T09:00')
    await dialog.getByRole('button', { name: 'Schedule' }).click()
    await dialog.getByText('Please choose a time in the future.').waitFor()
    await dialog.getByLabel('Day and time').fill('2099-01-01T09:00')
    await expectAccessible(page, 'choosing a time')
    await dialog.getByRole('button', { name: 'Schedule' }).click()
    await list.getByText(/2099/).waitFor()
    await list.getByRole('button', { name: 'Send now' }).click()
    await main().getByText('Nothing scheduled').waitFor()
    const query = { includeDirectChannels: true }
    const left = async () =>
      Object.values(await at.ana.call(scheduled.list, { params: { team_id: at.team.id }, query })).flat()
    await expect.poll(left).toEqual([])
    await page.goto(`/${at.team.name}/channels/town-square`)
    await main().getByText('Guten Morgen!').waitFor()
  })

  it('with a priority', async () => {
    await box().fill('wichtig')
    await option('Urgent')
    await main().getByText('Urgent').waitFor()
    await option('Ask for acknowledgement')
    await box().press('Enter')
    await main().getByText('wichtig').first().waitFor()
    const params = { channel_id: at.townSquare.id }
    const newest = async () => {
      const list = await at.ana.call(posts.listInChannel, { params })
      return list.posts[list.order[0] ?? '']?.metadata.priority
    }
    await expect.poll(newest).toMatchObject({ priority: 'urgent', requested_ack: true })
  })

  it('to many people only after a question', async () => {
    for (let i = 0; i < 6; i++) await signUp(at.server, 'guest', at.team.invite_id)
    const { page } = ana
    await box().fill('hello @channel')
    await box().press('Escape')
    await box().press('Enter')
    const dialog = page.getByRole('alertdialog', { name: 'Notify many people?' })
    await dialog.getByText(/@channel notifies \d+ people/).waitFor()
    await picture(page, 'composer-wide')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(await box().inputValue()).toBe('hello @channel')
    await box().press('Enter')
    await dialog.getByRole('button', { name: 'Send' }).click()
    await expect.poll(() => box().inputValue()).toBe('')
  })
})

it('nothing failed in the background, and no other server was asked', () => {
  const known = /ERR_CONNECTION_FAILED|ERR_FAILED/
  expect(ana.problems.filter((problem) => !known.test(problem))).toEqual([])
})
