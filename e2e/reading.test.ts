/**
 * How messages are rendered: each text in its own direction, names isolated from their surroundings, every
 * emoji, and no text lost.
 */
import type { TestServer } from '@plausch/testkit'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, serveClient, settleIn, type Visitor, visit } from './browser.ts'

let server: TestServer
let browser: Browser
let mia: Visitor

beforeAll(async () => {
  server = await serveClient()
  browser = await openBrowser()
  mia = await visit(browser, server.url)
  const { page } = mia
  await settleIn(page, 'Änne Özdemir', 'Reading')
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const box = () => mia.page.getByRole('main').getByRole('textbox').last()
const say = async (text: string) => {
  await box().fill(text)
  await box().press('Escape')
  await box().press('Enter')
}
/** Call it until it is stable: a row is rendered again when the server has the message. */
const directionOf = (text: string, tag: string) =>
  mia.page
    .getByRole('main')
    .locator(tag, { hasText: text })
    .first()
    .evaluate((element) => element.ownerDocument.defaultView?.getComputedStyle(element).direction)

it('each paragraph, item and cell has the direction of its text', async () => {
  await say(
    'سلام hello. دنیا!\n\nhello سلام one\n\n- یک دو one\n- one یک three\n\n> نقل quote\n\n|سر head|b|\n|-|-|\n|خانه cell|cell خانه|',
  )
  await expect.poll(() => directionOf('سلام hello', 'p')).toBe('rtl')
  await expect.poll(() => directionOf('hello سلام one', 'p')).toBe('ltr')
  await expect.poll(() => directionOf('یک دو one', 'li[dir]')).toBe('rtl')
  await expect.poll(() => directionOf('one یک three', 'li[dir]')).toBe('ltr')
  await expect.poll(() => directionOf('نقل quote', 'blockquote')).toBe('rtl')
  await expect.poll(() => directionOf('سر head', 'th')).toBe('rtl')
  await expect.poll(() => directionOf('خانه cell', 'td')).toBe('rtl')
  await expect.poll(() => directionOf('cell خانه', 'td')).toBe('ltr')
})

/** The distance of an item's text from both sides of its list. */
const indentOf = (text: string) =>
  mia.page
    .getByRole('main')
    .locator('li[dir]', { hasText: text })
    .last()
    .evaluate((item) => {
      const [own, list] = [item.getBoundingClientRect(), item.parentElement?.getBoundingClientRect()]
      const sides = { left: own.left - (list?.left ?? 0), right: (list?.right ?? 0) - own.right }
      return { left: Math.round(sides.left), right: Math.round(sides.right) }
    })

it.each([1280, 390])(
  'the bullet of an item has its space on the side where the text begins, at %i px',
  async (width) => {
    const { page } = mia
    await page.setViewportSize({ width, height: 800 })
    const [left, right] = [`one یک ${width}`, `یک one ${width}`]
    await say(`1. ${left}\n2. ${right}\n   - inner ${left}\n   - ${right} درون`)
    for (const text of [left, `inner ${left}`])
      await expect.poll(() => indentOf(text)).toEqual({ left: 24, right: 0 })
    for (const text of [`${right} درون`])
      await expect.poll(() => indentOf(text)).toEqual({ left: 0, right: 24 })
    await say(`998. long ${left}\n999. ${right} بلند\n1000. last`)
    for (const [text, side] of [
      [`long ${left}`, 'left'],
      [`${right} بلند`, 'right'],
    ] as const)
      await expect.poll(async () => (await indentOf(text))[side]).toBeGreaterThan(45)
    await say(`- [ ] ${right} باز\n- [x] open ${left}`)
    await expect.poll(() => indentOf(`${right} باز`)).toEqual({ left: 0, right: 2 })
    await expect.poll(() => indentOf(`open ${left}`)).toEqual({ left: 2, right: 0 })
    await page.setViewportSize({ width: 1366, height: 768 })
  },
)

it('typed text has its own direction, in the composer, the editor and the switcher', async () => {
  const { page } = mia
  const typed = async (field: ReturnType<typeof box>) => {
    const is = () =>
      field.evaluate((element) => element.ownerDocument.defaultView?.getComputedStyle(element).direction)
    await field.fill('سلام hello')
    await expect.poll(is).toBe('rtl')
    await field.fill('hello سلام')
    await expect.poll(is).toBe('ltr')
  }
  await typed(box())
  await box().fill('to be changed')
  await box().press('Enter')
  // A message that is still on its way cannot be changed.
  await page.locator('[data-post]').getByText('to be changed').waitFor()
  await box().press('ArrowUp')
  const editor = page.getByRole('textbox', { name: 'Edit message' })
  await typed(editor)
  await editor.press('Escape')
  await page.keyboard.press('Control+k')
  await typed(page.getByRole('combobox', { name: 'Go to channel or person' }))
  await page.keyboard.press('Escape')
})

/**
 * The key that ends a composition, as sent by browsers in which it comes after the composition: `isComposing`
 * is false.
 */
const endComposition = (field: ReturnType<typeof box>, key: string) =>
  field.dispatchEvent('keydown', { key, keyCode: 229, isComposing: false })

it('a key that ends a composition does nothing, in any field', async () => {
  const { page } = mia
  const main = page.getByRole('main')
  await box().fill('東京')
  await endComposition(box(), 'Enter')
  await expect.poll(() => box().inputValue()).toBe('東京')
  await box().press('Enter')
  await main.locator('[data-post] p', { hasText: '東京' }).waitFor()
  await box().press('ArrowUp')
  const editor = page.getByRole('textbox', { name: 'Edit message' })
  await editor.fill('東京駅')
  for (const key of ['Enter', 'Escape']) await endComposition(editor, key)
  expect(await editor.inputValue()).toBe('東京駅')
  await editor.press('Escape')
  await page.keyboard.press('Control+k')
  const switcher = page.getByRole('combobox', { name: 'Go to channel or person' })
  await switcher.fill('off')
  await page.getByRole('option', { name: /Off-Topic/ }).waitFor()
  await endComposition(switcher, 'Enter')
  expect(await switcher.isVisible()).toBe(true)
  await page.keyboard.press('Escape')
  expect(page.url()).toContain('town-square')
})

it('a name is isolated from the direction of its surroundings', async () => {
  await say('سلام @mia یک دو')
  const name = mia.page.getByRole('main').locator('bdi', { hasText: '@mia' }).first()
  // The pending message is replaced by the stored one: an element that is checked at that moment has no
  // style.
  await expect
    .poll(() =>
      name.evaluate((element) => element.ownerDocument.defaultView?.getComputedStyle(element).unicodeBidi),
    )
    .toBe('isolate')
})

it('emoji with skin tones are drawn, and text that looks like a link reference stays text', async () => {
  await say('rated :+1_medium_light_skin_tone: and :lobster:')
  const { page } = mia
  await page
    .getByRole('main')
    .getByRole('img', { name: '+1 medium light skin tone' })
    .getByText('👍🏼')
    .waitFor()
  await page.getByRole('main').getByRole('img', { name: 'lobster' }).getByText('🦞').waitFor()
  await say('[WARN]: disk-full')
  await page.getByRole('main').getByText('[WARN]: disk-full').waitFor()
})

it('suggests people while their names are typed, in any alphabet', async () => {
  for (const typed of ['@änn', '@aen', '@özd']) {
    await box().fill(typed)
    await mia.page.getByRole('option', { name: /Änne Özdemir/ }).waitFor()
  }
  await box().fill('')
  expect(mia.problems).toEqual([])
})
