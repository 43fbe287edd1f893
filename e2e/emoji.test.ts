/** Custom emoji: one person adds them, everybody has them, and what became of them when they are deleted. */
import { type Place, place, write } from '@plausch/testkit'
import { preferences, users } from '@plausch/wire'
import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, openBrowser, picture, webFolder } from './browser.ts'
import { type Seat, takeSeat } from './seat.ts'

let at: Place
let browser: Browser

beforeAll(async () => {
  at = await place({ webFolder })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await at.stop()
})

/** A picture that the browser draws. */
const png = async ({ page }: Seat, width: number, height: number): Promise<Buffer> => {
  const address = (await page.evaluate(`{
    const canvas = document.createElement('canvas')
    canvas.width = ${width}
    canvas.height = ${height}
    const brush = canvas.getContext('2d')
    brush.fillStyle = 'teal'
    brush.arc(${width} / 2, ${height} / 2, ${Math.min(width, height)} / 2, 0, 7)
    brush.fill()
    canvas.toDataURL('image/png')
  }`)) as string
  return Buffer.from(address.split(',')[1] ?? '', 'base64')
}
const asPng = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/png', buffer })

const dialogOf = ({ page, say }: Seat) => page.getByRole('dialog', { name: say('emoji.add'), exact: true })
const listOf = ({ page, say }: Seat) => page.getByRole('dialog', { name: say('emoji.all'), exact: true })
const pickerOf = ({ page, say }: Seat) => page.getByRole('dialog', { name: say('emoji.picker'), exact: true })
const searchIn = (seat: Seat) => pickerOf(seat).getByRole('combobox')
const hintOf = (field: Locator) =>
  field.evaluate((element) => {
    const id = element.getAttribute('aria-describedby') ?? ''
    return element.ownerDocument.getElementById(id)?.textContent
  })
const byPalette = async ({ page, say }: Seat, label: string): Promise<void> => {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: say('switcher.title') }).fill(`>${label}`)
  await page.getByRole('option', { name: label }).first().waitFor()
  await page.keyboard.press('Enter')
}
/** How many pictures of custom emoji are drawn? The toolbar of a message offers those used last. */
const drawn = (within: Locator): Promise<number> =>
  within
    .locator('img[src*="/api/v4/emoji/"]:not([role="toolbar"] img)')
    .evaluateAll((all) => all.filter((image) => Reflect.get(image, 'naturalWidth') > 0).length)

const looks = [
  { adds: 'en', sees: 'de', size: 'desk', other: 'phone' },
  { adds: 'de', sees: 'en', size: 'phone', other: 'desk' },
] as const

describe.each(looks)('somebody adds an emoji at a $size in $adds', ({ adds, sees, size, other }) => {
  const name = `plausch_${adds}`
  let bo: Seat
  let ana: Seat
  const said = `Wie sieht das aus? (${adds})`

  beforeAll(async () => {
    for (const [person, locale] of [
      [at.bo, adds],
      [at.ana, sees],
    ] as const)
      await person.call(users.patch, { params: { user_id: 'me' }, body: { locale } })
    await write(at.ana, at.townSquare, said)
    bo = await takeSeat(browser, at.server.url, at.bo, { locale: adds, size, scheme: 'light' })
    ana = await takeSeat(browser, at.server.url, at.ana, { locale: sees, size: other, scheme: 'dark' })
    await bo.row(said).waitFor()
    await ana.row(said).waitFor()
  })
  const look = async (seat: Seat, screen: string): Promise<void> => {
    const [locale, width] = seat === bo ? [adds, size] : [sees, other]
    await picture(seat.page, `emoji-${locale}-${width}-${screen}`)
    await expectAccessible(seat.page, `${screen}, ${locale}, ${width}`)
  }
  afterAll(async () => {
    await bo.context.close()
    await ana.context.close()
  })

  it('after the dialog has said what is wrong with the name and the picture, and kept what was typed', async () => {
    const { page, say } = bo
    await bo.press(page.getByRole('main').getByRole('button', { name: say('emoji.picker'), exact: true }))
    await pickerOf(bo).getByRole('gridcell').first().waitFor()
    await look(bo, 'picker')
    await bo.press(pickerOf(bo).getByRole('button', { name: say('emoji.add') }))
    const dialog = dialogOf(bo)
    await pickerOf(bo).waitFor({ state: 'detached' })
    const field = dialog.getByRole('textbox', { name: say('emoji.name') })
    const button = dialog.getByRole('button', { name: say('emoji.choosePicture') })
    await expect.poll(() => field.evaluate((element) => element.matches(':focus'))).toBe(true)
    const limits = { size: 512, edge: 1028 }
    expect(await hintOf(button)).toBe(say('emoji.pictureHint', limits))

    const refused = async (typed: string, why: string) => {
      await field.fill(typed)
      await page.keyboard.press('Enter')
      await expect.poll(() => hintOf(field)).toBe(why)
      expect(await field.getAttribute('aria-invalid')).toBe('true')
      expect(await field.inputValue()).toBe(typed)
    }
    await refused('', say('emoji.nameMissing'))
    await refused('zwei wörter', say('emoji.nameWrong'))
    await refused('tada', say('emoji.nameReserved'))
    await refused('wave_dark_skin_tone', say('emoji.nameReserved'))
    expect(await hintOf(button)).toBe(say('emoji.pictureMissing'))

    const choose = async (file: { name: string; mimeType: string; buffer: Buffer }, why: string) => {
      await dialog.locator('input[type=file]').setInputFiles(file)
      await expect.poll(() => hintOf(button)).toBe(why)
    }
    await choose(asPng('large.png', Buffer.alloc(600 * 1024, 7)), say('emoji.pictureTooLarge', limits))
    await look(bo, 'refused')
    await choose(asPng('wide.png', await png(bo, 1200, 20)), say('emoji.pictureTooWide', limits))
    await choose(asPng('broken.png', Buffer.from('no picture')), say('emoji.pictureWrong', limits))
    await choose(
      { name: 'x.txt', mimeType: 'text/plain', buffer: Buffer.from('x') },
      say('emoji.pictureWrong', limits),
    )

    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await byPalette(bo, say('emoji.add'))
    expect(await field.inputValue()).toBe('wave_dark_skin_tone')
    await field.fill(`:${name}:`)
    expect(await field.inputValue()).toBe(name)
    await choose(asPng('good.png', await png(bo, 200, 200)), say('emoji.pictureHint', limits))
    await dialog.getByRole('img', { name: name.replaceAll('_', ' ') }).waitFor()
    await look(bo, 'preview')
  })

  it('the other person has it at once in the open picker, and reacts with it', async () => {
    const { page, say } = ana
    const dialog = dialogOf(bo)
    const react = async () => {
      await ana.choose(ana.row(said), say('reactions.add'))
      await pickerOf(ana).waitFor()
    }
    await react()
    await searchIn(ana).fill(name)
    await pickerOf(ana).getByText(say('emoji.none')).waitFor()
    await bo.press(dialog.getByRole('button', { name: bo.say('emoji.addSubmit'), exact: true }))
    await dialog.waitFor({ state: 'detached' })
    await pickerOf(ana).getByRole('gridcell').first().waitFor()
    await expect.poll(() => drawn(pickerOf(ana))).toBe(1)
    await page.keyboard.press('Enter')
    await pickerOf(ana).waitFor({ state: 'detached' })
    for (const seat of [ana, bo]) await expect.poll(() => drawn(seat.row(said))).toBe(1)

    await bo.write(`In a text (${adds})\n:${name}:`)
    await expect.poll(() => drawn(ana.row(`In a text (${adds})`))).toBe(1)
    await look(ana, 'used')
  })

  it('a name that is taken is refused', async () => {
    const { page, say } = ana
    await byPalette(ana, say('emoji.add'))
    const field = dialogOf(ana).getByRole('textbox', { name: say('emoji.name') })
    await field.fill(name)
    await page.keyboard.press('Enter')
    await expect.poll(() => hintOf(field)).toBe(say('emoji.nameTaken'))
    await page.keyboard.press('Escape')
    await dialogOf(ana).waitFor({ state: 'detached' })
  })

  it('only who made it may delete it; then it is gone everywhere at once', async () => {
    await byPalette(ana, ana.say('emoji.all'))
    const row = (seat: Seat) => listOf(seat).getByRole('listitem').filter({ hasText: name })
    await row(ana).waitFor()
    await expect.poll(() => row(ana).textContent()).toContain('bo')
    expect(
      await listOf(ana)
        .getByRole('button', { name: ana.say('emoji.deleteNamed', { name }) })
        .count(),
    ).toBe(0)
    await look(ana, 'list')
    expect(await row(ana).count()).toBe(1)
    await ana.page.keyboard.press('Escape')

    const { page, say } = bo
    await byPalette(bo, say('emoji.all'))
    await row(bo).waitFor()
    const search = listOf(bo).getByRole('searchbox')
    await search.fill('nothing-like-it')
    await listOf(bo).getByText(say('emoji.none')).waitFor()
    await search.fill(name.slice(3))
    await look(bo, 'list')
    await bo.press(row(bo).getByRole('button', { name: say('emoji.deleteNamed', { name }) }))
    const question = page.getByRole('alertdialog', { name: say('emoji.deleteTitle', { name }) })
    await question.waitFor()
    await look(bo, 'delete')
    await page.keyboard.press('Escape')
    await question.waitFor({ state: 'detached' })
    await row(bo).getByRole('button').press('Enter')
    await question.getByRole('button', { name: say('emoji.deleteSubmit'), exact: true }).press('Enter')
    await question.waitFor({ state: 'detached' })
    await row(bo).waitFor({ state: 'detached' })
    // The dialog keeps the focus although the row that had it is gone.
    expect(
      await listOf(bo).evaluate((element) => element.contains(element.ownerDocument.activeElement)),
    ).toBe(true)
    await page.keyboard.press('Escape')
    await listOf(bo).waitFor({ state: 'detached' })
    await expect.poll(() => bo.row(`In a text (${adds})`).textContent()).toContain(`:${name}:`)
    for (const seat of [ana, bo]) await expect.poll(() => drawn(seat.row(said))).toBe(0)
  })

  it('the other person, whom no event tells of the deletion, is not offered it any more', async () => {
    const used = async () => {
      const params = { user_id: 'me', category: 'recent_emojis' }
      const [kept] = await at.ana.call(preferences.listCategory, { params })
      return kept?.value ?? ''
    }
    expect(await used()).toContain(name)
    await ana.choose(ana.row(said), ana.say('reactions.add'))
    await pickerOf(ana).getByRole('gridcell').first().waitFor()
    await expect.poll(used).not.toContain(name)
    await ana.page.keyboard.press('Escape')
    await pickerOf(ana).waitFor({ state: 'detached' })
  })

  it('nothing went wrong meanwhile', () => {
    expect([...bo.problems, ...ana.problems]).toEqual([])
  })
})
