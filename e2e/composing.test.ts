/**
 * Writing messages: names are completed, text is formatted, files are attached, drafts are kept, and what
 * should not be sent by accident is asked about.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestServer } from '@plausch/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  expectAccessible,
  openBrowser,
  outputFolder,
  serveClient,
  settleIn,
  type Visitor,
  visit,
} from './browser.ts'

let server: TestServer
let browser: Browser
let mia: Visitor

const picture = (page: Page, name: string) => page.screenshot({ path: join(outputFolder, `${name}.png`) })

beforeAll(async () => {
  await mkdir(outputFolder, { recursive: true })
  server = await serveClient()
  browser = await openBrowser()
  mia = await visit(browser, server.url)
  const { page } = mia
  await settleIn(page, 'Mia Sommer', 'Labor')
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await picture(mia.page, `failed-${task.name.slice(0, 40)}`)
})

const box = () => mia.page.getByRole('main').getByRole('textbox').last()
const text = () => box().inputValue()
const main = () => mia.page.getByRole('main')
const empty = async () => {
  await box().fill('')
  await box().press('Escape')
}

describe('completing', () => {
  it('people, channels, emoji and commands, but nothing in code', async () => {
    const { page } = mia
    await box().pressSequentially('hi @mi')
    const option = page.getByRole('option').first()
    await expect.poll(() => option.textContent()).toContain('mia')
    await expectAccessible(page, 'suggestions')
    await picture(page, 'composer-people')
    await page.keyboard.press('Tab')
    expect(await text()).toBe('hi @mia ')
    await box().pressSequentially('in ~town')
    await page.getByRole('option', { name: /Town Square/ }).waitFor()
    await page.keyboard.press('Enter')
    expect(await text()).toBe('hi @mia in ~town-square ')
    await box().pressSequentially(':tad')
    await page.getByRole('option', { name: /:tada:/ }).waitFor()
    await page.keyboard.press('Tab')
    expect(await text()).toBe('hi @mia in ~town-square :tada: ')
    await box().fill('`code @mi')
    await expect.poll(() => page.getByRole('option').count()).toBe(0)
    await box().fill('')
    await box().pressSequentially('/he')
    await page.getByRole('option', { name: /\/header/ }).waitFor()
    await picture(page, 'composer-commands')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('option').count()).toBe(0)
    await empty()
  })
})

describe('formatting', () => {
  it('by keys, with the undo of the browser', async () => {
    const { page } = mia
    await box().pressSequentially('some text')
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+b')
    expect(await text()).toBe('**some text**')
    await page.keyboard.press('Control+i')
    expect(await text()).toBe('***some text***')
    await page.keyboard.press('Control+z')
    expect(await text()).toBe('**some text**')
    await page.keyboard.press('Control+z')
    expect(await text()).toBe('some text')
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+k')
    expect(await text()).toBe('[some text](https://)')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await box().fill('')
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('continues lists, and Enter begins a line inside of code', async () => {
    const { page } = mia
    await box().fill('')
    await box().pressSequentially('- one')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('two')
    expect(await text()).toBe('- one\n- two')
    await box().fill('```')
    await page.keyboard.press('Enter')
    await page.keyboard.type('x')
    expect(await text()).toBe('```\nx')
    await empty()
  })

  it('by the bar, which also shows a preview', async () => {
    const { page } = mia
    await page.getByRole('button', { name: 'Formatting' }).click()
    const bar = page.getByRole('toolbar', { name: 'Formatting' })
    await box().fill('a\nb')
    await box().press('Control+a')
    await bar.getByRole('button', { name: 'Bulleted list' }).click()
    expect(await text()).toBe('- a\n- b')
    await bar.getByRole('button', { name: 'Preview' }).click()
    await main().getByRole('region', { name: 'Preview' }).getByRole('listitem').first().waitFor()
    await expectAccessible(page, 'the formatting bar')
    await picture(page, 'composer-formatting')
    await bar.getByRole('button', { name: 'Continue writing' }).click()
    await page.getByRole('button', { name: 'Formatting' }).click()
    await empty()
  })

  /** Written as text, because only browsers know clipboards. */
  const paste = async (data: Record<string, string>) =>
    await mia.page.evaluate(`{
      const area = document.querySelector('[data-composer] textarea')
      area.focus()
      const clipboardData = new DataTransfer()
      for (const [type, value] of Object.entries(${JSON.stringify(data)})) clipboardData.setData(type, value)
      area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }`)

  it('improves what is pasted', async () => {
    await paste({
      'text/html':
        '<p>see <a href="https://example.org/x">the <b>page</b></a></p><ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>' +
        '<table><tr><th>a</th><th>b|c</th></tr><tr><td>1</td><td>2</td></tr></table><script>alert(1)</script><img src=x onerror=alert(1)>' +
        '<a href="javascript:alert(1)">bad</a>',
      'text/plain': 'plain',
    })
    await expect
      .poll(text)
      .toBe(
        'see [the **page**](https://example.org/x)\n\n- one\n  - inner\n- two\n\n| a | b\\|c |\n| --- | --- |\n| 1 | 2 |\n\nbad',
      )
    await box().fill('')
    await paste({ 'text/plain': 'a\tb\n1\t2' })
    expect(await text()).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |\n')
    await box().fill('word')
    await box().press('Control+a')
    await paste({ 'text/plain': 'https://example.org' })
    expect(await text()).toBe('[word](https://example.org)')
    await empty()
  })

  it('offers a file for a text that is too long', async () => {
    const { page } = mia
    await paste({ 'text/plain': 'x'.repeat(20_000) })
    const dialog = page.getByRole('dialog', { name: 'Attach as a file?' })
    await dialog.getByRole('button', { name: 'Attach as a file' }).click()
    const list = main().getByRole('list', { name: 'Attached files' })
    await list.getByText('Text.txt').waitFor()
    await list.getByRole('button', { name: 'Remove Text.txt' }).click()
    await list.waitFor({ state: 'detached' })
    await expect.poll(() => box().evaluate((area) => area.matches(':focus'))).toBe(true)
  })
})

describe('sending', () => {
  it('asks before it sends personal data, and can mask them', async () => {
    const { page } = mia
    await box().fill('IBAN DE89 3704 0044 0532 0130 00')
    await box().press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Does this belong in the chat?' })
    await dialog.getByText('a bank account number (IBAN)').waitFor()
    await expectAccessible(page, 'the warning')
    await picture(page, 'composer-warning')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    expect(await text()).toBe('IBAN DE89 3704 0044 0532 0130 00')
    await expect.poll(() => box().evaluate((area) => area.matches(':focus'))).toBe(true)
    await box().press('Enter')
    await dialog.getByRole('button', { name: 'Mask and send' }).click()
    await main().getByText('IBAN •••• •••• •••• •••• •••0 00').waitFor()
    expect(await text()).toBe('')
  })

  it('an unknown command stays, and can be sent as a message', async () => {
    await box().fill('/etc is a folder')
    await box().press('Enter')
    await main().getByText('There is no command /etc.').waitFor()
    expect(await text()).toBe('/etc is a folder')
    await main().getByRole('button', { name: 'Send as message' }).click()
    await main().getByText('/etc is a folder').first().waitFor()
    await expect.poll(text).toBe('')
    await box().fill('/shrug well')
    await box().press('Enter')
    await main().getByText(/well/).first().waitFor()
  })
})
