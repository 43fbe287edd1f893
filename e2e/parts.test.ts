/** The elements of the kit, on a page of their own, by keyboard, pointer and accessibility tree. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { buildParts, serveParts } from '../apps/web/test/parts/build.ts'
import { expectAccessible, type Look, openBrowser, type Visitor, visit } from './browser.ts'

let browser: Browser
let folder: string
let served: Awaited<ReturnType<typeof serveParts>>
let visitor: Visitor
let page: Page
/** One for each look: a new profile costs more than a new page. */
const visitors = new Map<string, Visitor>()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plausch-parts-'))
  await buildParts(folder)
  served = await serveParts(folder)
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await served?.close()
  await rm(folder, { recursive: true, force: true })
})

afterEach(() => {
  expect(visitor.problems).toEqual([])
})

const open = async (look: Look & { theme?: string } = {}): Promise<void> => {
  const key = JSON.stringify([look.scheme ?? 'light', look.size ?? 'desk'])
  visitor = visitors.get(key) ?? (await visit(browser, served.url, look))
  visitors.set(key, visitor)
  page = visitor.page
  await page.goto(`/?theme=${look.theme ?? 'system'}&language=${look.locale ?? 'en'}`)
  await page.getByRole('heading', { name: 'Parts' }).waitFor()
}

const button = (name: string): Locator => page.getByRole('button', { name, exact: true })
const item = (name: string): Locator => page.getByRole('menuitem', { name })
const keys = async (...all: string[]): Promise<void> => {
  for (const key of all) await page.keyboard.press(key)
}
/** The name, or else the text, of what has the focus. */
const focused = async (): Promise<string> => {
  const element = page.locator(':focus')
  if ((await element.count()) === 0) return ''
  return (await element.getAttribute('aria-label')) ?? (await element.textContent()) ?? ''
}
const expectFocus = (name: string): Promise<void> =>
  expect.poll(focused, { message: 'focus' }).toContain(name)
const expectFocusOn = (locator: Locator): Promise<void> =>
  expect.poll(() => locator.and(page.locator(':focus')).count()).toBe(1)
const expectGone = (locator: Locator): Promise<void> => expect.poll(() => locator.count()).toBe(0)

describe('menus', () => {
  test('arrow keys, letters, Home, End and Esc; the focus returns to the button', async () => {
    await open()
    await button('More').focus()
    await keys('Enter')
    await expectFocus('Reply')
    expect(await page.getByRole('menu', { name: 'Message' }).count()).toBe(1)
    await keys('ArrowDown')
    await expectFocus('Copy link')
    await keys('ArrowUp', 'ArrowUp')
    await expectFocus('Delete')
    await keys('Home')
    await expectFocus('Reply')
    await keys('End')
    await expectFocus('Delete')
    await keys('r')
    await expectFocus('Reply')
    await keys('Escape')
    await expectGone(page.getByRole('menu'))
    await expectFocusOn(button('More'))
  })

  test('an item runs, and the focus is on the button when it does', async () => {
    await open()
    await button('More').click()
    await item('Copy link').click()
    await expect.poll(() => page.locator('output').textContent()).toBe('copy')
    await expectGone(page.getByRole('menu'))
    await expectFocusOn(button('More'))
  })

  test('a disabled item can be reached and says why, but does nothing', async () => {
    await open()
    await button('More').focus()
    await keys('ArrowDown')
    await expectFocus('Reply')
    await keys('e')
    await expectFocus('Edit')
    const edit = item('Edit')
    expect(await edit.getAttribute('aria-disabled')).toBe('true')
    expect(await edit.textContent()).toContain('Only the author may.')
    await keys('Enter')
    expect(await page.getByRole('menu').count()).toBe(1)
    expect(await page.locator('output').textContent()).toBe('')
  })

  test('options that are on or off, and one of several', async () => {
    await open()
    await button('More').click()
    const muted = page.getByRole('menuitemcheckbox', { name: 'Muted' })
    await muted.click()
    await expect.poll(() => muted.getAttribute('aria-checked')).toBe('true')
    const away = page.getByRole('menuitemradio', { name: 'away' })
    expect(await away.getAttribute('aria-checked')).toBe('false')
    await away.click()
    await expectGone(page.getByRole('menu'))
    await button('More').click()
    await expect.poll(() => away.getAttribute('aria-checked')).toBe('true')
  })

  test('submenus by the arrow keys', async () => {
    await open()
    await button('More').focus()
    await keys('Enter')
    await expectFocus('Reply')
    await keys('m', 'ArrowDown', 'ArrowRight')
    await expectFocus('In an hour')
    await keys('ArrowLeft')
    await expectFocus('Remind me')
    await keys('ArrowRight', 'ArrowDown', 'Enter')
    await expect.poll(() => page.locator('output').textContent()).toBe('tomorrow')
    await expectGone(page.getByRole('menu'))
    await expectFocusOn(button('More'))
  })

  test('at a point: by the right button, the Menu key and Shift+F10', async () => {
    await open()
    const row = page.getByRole('article', { name: 'A message' })
    await row.click({ button: 'right' })
    await expectFocus('Reply')
    await keys('Escape')
    await expectGone(page.getByRole('menu'))
    for (const key of ['ContextMenu', 'Shift+F10']) {
      await row.focus()
      await keys(key)
      await expectFocus('Reply')
      await keys('Escape')
      await expectGone(page.getByRole('menu'))
      await expectFocusOn(row)
    }
  })

  test('at a point: by a long press, as a sheet at the lower edge', async () => {
    await open({ size: 'phone' })
    const row = page.getByRole('article', { name: 'A message' })
    await row.scrollIntoViewIfNeeded()
    const { x = 0, y = 0 } = (await row.boundingBox()) ?? {}
    const session = await visitor.context.newCDPSession(page)
    const touchPoints = [{ x: x + 20, y: y + 8 }]
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
    await page.getByRole('menu', { name: 'Message' }).waitFor()
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    const sheet = await page.getByRole('menu').boundingBox()
    expect(sheet?.width).toBeGreaterThan(330)
    for (const each of await page.getByRole('menuitem').all())
      expect((await each.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    await item('Reply').tap()
    await expect.poll(() => page.locator('output').textContent()).toBe('reply')
  })
})

describe('popovers', () => {
  test('takes the focus, keeps the page usable, closes by Esc and by a press elsewhere', async () => {
    await open()
    await button('Ana').click()
    const card = page.getByRole('dialog', { name: 'Profile' })
    await card.waitFor()
    await expectFocusOn(card)
    await keys('Escape')
    await expectGone(card)
    await expectFocusOn(button('Ana'))
    await button('Ana').click()
    await card.waitFor()
    await page.getByRole('heading', { name: 'Parts' }).click()
    await expectGone(card)
    await button('Ana').click()
    await card.waitFor()
    await button('Ana').click()
    await expectGone(card)
  })

  test('a menu inside does not close it', async () => {
    await open()
    await button('Ana').click()
    const card = page.getByRole('dialog', { name: 'Profile' })
    await card.getByRole('button', { name: 'More' }).click()
    await item('Block').waitFor()
    await keys('Escape')
    await expectGone(page.getByRole('menu'))
    expect(await card.count()).toBe(1)
    await expectFocusOn(card.getByRole('button', { name: 'More' }))
  })

  test('beside an element, and at a place', async () => {
    await open()
    const anchored = page.getByRole('dialog', { name: 'Anchored' })
    for (const name of ['Beside me', 'Somewhere']) {
      await button(name).click()
      await expectFocusOn(anchored.getByRole('textbox', { name: 'Search emoji' }))
      await keys('Escape')
      await expectGone(anchored)
      await expectFocusOn(button(name))
    }
  })
})

/** Writes letters into the field that has the focus; the median time until the results are laid out. */
const LETTERS = `(async () => {
  const put = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set
  const times = []
  for (const term of ['l', 'la', 'las', 'lase', 'laser', 'laser v', 'laser va', 'laser']) {
    const start = performance.now()
    put.call(document.activeElement, term)
    document.activeElement.dispatchEvent(new InputEvent('input', { bubbles: true }))
    document.querySelector('[data-modal] [role="listbox"]').getBoundingClientRect()
    times.push(performance.now() - start)
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
  return times.sort((a, b) => a - b)[4]
})()`

describe('dialogs', () => {
  test('the first field has the focus; Tab stays inside; Esc closes; a press beside it does not', async () => {
    await open()
    await button('Open small').click()
    const dialog = page.getByRole('dialog', { name: 'Create channel' })
    await expectFocusOn(dialog.getByRole('textbox', { name: 'Name' }))
    for (let i = 0; i < 8; i++) {
      await keys('Tab')
      expect(await dialog.locator(':focus').count()).toBe(1)
    }
    await page.mouse.click(20, 20)
    expect(await dialog.count()).toBe(1)
    expect(await page.locator('main[inert]').count()).toBe(1)
    await keys('Escape')
    await expectGone(dialog)
    await expectFocusOn(button('Open small'))
  })

  test('Enter sends the form', async () => {
    await open()
    await button('Open large').click()
    await expectFocusOn(page.getByRole('dialog').getByRole('textbox', { name: 'Name' }))
    await keys('Enter')
    await expectGone(page.getByRole('dialog'))
    await expectFocusOn(button('Open large'))
  })

  test('lists and menus inside: Esc closes only them', async () => {
    await open()
    await button('Open full').click()
    const dialog = page.getByRole('dialog', { name: 'Create channel' })
    await dialog.getByRole('button', { name: /Kind/ }).click()
    await page.getByRole('option', { name: 'Private' }).click()
    await expect.poll(() => dialog.getByRole('button', { name: /Kind/ }).textContent()).toBe('Private')
    await button('Inner menu').click()
    await item('One').waitFor()
    await keys('Escape')
    await expectGone(page.getByRole('menu'))
    expect(await dialog.count()).toBe(1)
    await expectFocusOn(button('Inner menu'))
    await keys('Escape')
    await expectGone(dialog)
  })

  test('the focus goes to the composer if the opener is gone', async () => {
    await open()
    await button('Vanish').click()
    await expectFocusOn(page.getByRole('dialog').getByRole('textbox', { name: 'Name' }))
    await keys('Escape')
    await expectGone(page.getByRole('dialog'))
    await expectFocusOn(page.getByRole('textbox', { name: 'Message' }))
  })

  test('a question closes when it is done, and says why when it is not', async () => {
    await open()
    await button('Open confirm').click()
    const question = page.getByRole('alertdialog', { name: 'Delete this message?' })
    await expectFocusOn(question.getByRole('button', { name: 'Delete' }))
    await keys('Enter')
    await expectGone(question)
    await expectFocusOn(button('Open confirm'))
    await button('Open failing').click()
    await button('Leave').click()
    await expect
      .poll(() => page.getByRole('alert').textContent())
      .toBe('Something went wrong. Please try again.')
    expect(await page.getByRole('alertdialog', { name: 'Leave?' }).count()).toBe(1)
  })

  test('the command field: marks by keys, finds fast, opens by Enter', async () => {
    await open()
    await button('Open command').click()
    const field = page.getByRole('combobox', { name: 'Go to' })
    await expectFocusOn(field)
    const marked = (): Promise<string | null> =>
      page.getByRole('option', { selected: true }).textContent({ timeout: 2000 })
    const first = await marked()
    await keys('ArrowDown')
    await expect.poll(marked).not.toBe(first)
    await keys('ArrowUp', 'ArrowUp')
    expect(await field.getAttribute('aria-activedescendant')).toMatch(/-59$/)
    const slow = await page.evaluate<number>(LETTERS)
    console.log(`a letter in the command field: ${slow.toFixed(1)} ms`)
    // The bar is 30 ms; a machine that is ten times slower must pass, too.
    expect(slow).toBeLessThan(300)
    await field.fill('nothing like it')
    await expect.poll(() => page.getByText('Nothing fits.').count()).toBe(1)
    await field.fill('laser')
    await keys('Enter')
    await expectGone(field)
    await expectFocusOn(button('Open command'))
  })
})

describe('fields', () => {
  test('a select opens by the keys, finds by letters, and returns the focus', async () => {
    await open()
    const select = page.getByRole('button', { name: /Role/ })
    await select.focus()
    await keys('ArrowDown')
    const list = page.getByRole('listbox', { name: 'Role' })
    await list.waitFor()
    expect(await list.getByRole('option', { selected: true }).textContent()).toBe('Member')
    expect(await list.getByRole('option', { name: 'Owner' }).getAttribute('aria-disabled')).toBe('true')
    await keys('a', 'Enter')
    await expectGone(list)
    await expect.poll(() => select.textContent()).toBe('Administrator')
    await expectFocusOn(select)
    await keys('ArrowDown')
    await list.waitFor()
    await keys('Escape')
    await expectGone(list)
    await expectFocusOn(select)
  })

  test('a combo box filters by letters and chooses by Enter', async () => {
    await open()
    const box = page.getByRole('combobox', { name: 'Time zone' })
    await box.click()
    await keys('ControlOrMeta+a')
    await page.keyboard.type('zur')
    await expect.poll(() => page.getByRole('option').count()).toBe(1)
    await keys('ArrowDown', 'Enter')
    await expect.poll(() => box.inputValue()).toBe('Europe/Zurich')
    await expectFocusOn(box)
  })

  test('a picker: finds, collects up to its limit, takes the last one out', async () => {
    await open()
    const box = page.getByRole('combobox', { name: 'People' })
    await box.fill('dora')
    await expect.poll(() => page.getByRole('option').count()).toBe(1)
    await keys('Enter')
    await button('Remove Dora Maar').waitFor()
    await expectFocusOn(box)
    await expect.poll(() => page.getByRole('option').count()).toBe(6)
    await page.getByRole('option', { name: /Chen/ }).click()
    await page.getByRole('option', { name: /Emil/ }).click()
    await expect.poll(() => page.getByText('You can choose up to 3.').count()).toBe(1)
    const ana = page.getByRole('option', { name: /Ana/ })
    expect(await ana.getAttribute('aria-disabled')).toBe('true')
    await ana.click({ force: true })
    expect(await button('Remove Ana Lindqvist').count()).toBe(0)
    await keys('Backspace')
    await expectGone(button('Remove Emil Nolde'))
    await button('Remove Chen Wei').click()
    await expectGone(button('Remove Chen Wei'))
    await expectFocusOn(box)
    await box.fill('zzz')
    await expect.poll(() => page.getByText('Nobody found.').count()).toBe(1)
  })

  test('switch, checkbox and choice by the space bar and the arrow keys', async () => {
    await open()
    const sounds = page.getByRole('switch', { name: 'Sounds' })
    await sounds.focus()
    await keys('Space')
    await expect.poll(() => sounds.isChecked()).toBe(true)
    expect(await page.getByRole('switch', { name: 'Mails' }).isDisabled()).toBe(true)
    const also = page.getByRole('checkbox', { name: 'Also to the channel' })
    await also.focus()
    await keys('Space')
    await expect.poll(() => also.isChecked()).toBe(true)
    await page.getByRole('radio', { name: 'Public' }).focus()
    await keys('ArrowDown')
    await expect.poll(() => page.getByRole('radio', { name: 'Private' }).isChecked()).toBe(true)
  })
})

describe('other parts', () => {
  test('tabs by the arrow keys; folded text opens', async () => {
    await open()
    await page.getByRole('tab', { name: 'General' }).focus()
    await keys('ArrowRight', 'ArrowRight')
    await expect
      .poll(() => page.getByRole('tab', { name: 'Files' }).getAttribute('aria-selected'))
      .toBe('true')
    await page.getByRole('tabpanel', { name: 'Files' }).getByText('No files yet').waitFor()
    const advanced = button('Advanced 2')
    expect(await page.getByText('Folded matter.').isVisible()).toBe(false)
    await advanced.click()
    expect(await advanced.getAttribute('aria-expanded')).toBe('true')
    await page.getByText('Folded matter.').waitFor({ state: 'visible' })
  })

  test('a toolbar is one tab stop, and skips what is disabled', async () => {
    await open()
    await button('Bold').focus()
    await keys('ArrowRight')
    await expectFocusOn(button('Italic'))
    await keys('ArrowRight')
    await expectFocusOn(button('Code'))
    await keys('ArrowRight')
    await expectFocusOn(button('Bold'))
    await keys('End', 'Tab')
    await expectFocusOn(button('Reload'))
    await keys('Shift+Tab')
    await expectFocusOn(button('Code'))
  })

  test('tooltips: at once for the keyboard, after a while for the pointer; Esc hides them', async () => {
    await open()
    const tip = page.locator('[popover]', { hasText: 'Pin message' })
    await button('Fail').focus()
    await page.mouse.move(0, 0)
    await button('Pin message').hover()
    await tip.waitFor({ state: 'visible' })
    expect(await tip.textContent()).toContain('Ctrl+P')
    await keys('Escape')
    await tip.waitFor({ state: 'hidden' })
    await button('Bold').focus()
    await keys('ArrowRight')
    await page.locator('[popover]', { hasText: 'Italic' }).waitFor({ state: 'visible' })
  })

  test('notices offer an action, and stay usable over a dialog', async () => {
    await open()
    await button('Leave with notice').click()
    await button('Undo').click()
    await page.getByText('Back', { exact: true }).first().waitFor()
    await button('Fail').click()
    await button('Open small').click()
    const close = page.getByRole('button', { name: 'Dismiss' }).last()
    await expectFocusOn(page.getByRole('dialog').getByRole('textbox', { name: 'Name' }))
    await close.click()
    await expectGone(page.locator('[popover]').getByText('The server cannot be reached.'))
    expect(await page.getByRole('dialog').count()).toBe(1)
  })

  test('a pane takes the focus and gives it back', async () => {
    await open()
    await button('Open pane').click()
    const pane = page.getByRole('complementary', { name: 'Members' })
    await expectFocusOn(pane)
    await keys('Escape')
    await expectGone(pane)
    await expectFocusOn(button('Open pane'))
  })
})

/** Buttons whose text does not fit, and the page if it scrolls sideways. */
const CUT_OFF = `[
  ...[...document.querySelectorAll('button')]
    .filter((each) => each.scrollWidth > each.clientWidth + 1)
    .map((each) => each.textContent),
  ...(document.documentElement.scrollWidth > innerWidth ? ['page'] : []),
]`

describe('accessibility', () => {
  const looks: (Look & { theme: string })[] = [
    { theme: 'system', scheme: 'light', locale: 'en' },
    { theme: 'system', scheme: 'dark', locale: 'de' },
    { theme: 'contrast', scheme: 'light', locale: 'de' },
    { theme: 'contrast', scheme: 'dark', locale: 'en', size: 'phone' },
  ]
  test.each(looks)('$theme, $scheme, $locale: no problem, closed or open', async (look) => {
    await open(look)
    await expectAccessible(page, 'page')
    for (const name of ['More', 'Ana', 'Open full', 'Open confirm', 'Open command']) {
      await button(name).click()
      await page.locator('[data-overlay], [data-modal]').first().waitFor()
      await expectAccessible(page, name)
      await keys('Escape')
      await expectGone(page.locator('[data-overlay], [data-modal]'))
    }
  })

  test('nothing is cut off or scrolls sideways on a narrow phone', async () => {
    await open({ size: 'phone', locale: 'de' })
    const wide = await page.evaluate<string[]>(CUT_OFF)
    expect(wide).toEqual([])
  })
})
