/** Fields and other parts of the kit, by keyboard, pointer and accessibility tree, in all looks. */
import { describe, expect, test } from 'vitest'
import { expectAccessible, type Look } from './browser.ts'
import { button, expectFocusOn, expectGone, keys, open, page, withParts } from './parts.ts'

withParts()

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
