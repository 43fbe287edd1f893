/** Forms of the kit: what is wrong stands beside its field, nothing typed is lost, nothing is sent twice. */
import type { Locator } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { expectAccessible } from './browser.ts'
import { button, expectFocusOn, expectGone, keys, open, page, withParts } from './parts.ts'

withParts()

const form = (): Locator => page.getByRole('region', { name: 'Forms' })
const field = (name: string, within = form()): Locator => within.getByRole('textbox', { name })
const sent = (): Promise<string | null> => form().locator('[data-sent]').textContent()

/** What stands beside a field, as screen readers hear it. */
const note = async (of: Locator): Promise<string> => {
  const id = await of.getAttribute('aria-describedby')
  return id ? ((await page.locator(`[id="${id}"]`).textContent()) ?? '') : ''
}

/** Fills everything but the door, by which the server of the page decides. */
const fill = async (within = form()): Promise<void> => {
  await field('Room', within).fill('Lab 3')
  await within.getByRole('radio', { name: 'By key' }).check()
  await within.getByRole('combobox', { name: 'Building' }).fill('Tower')
  await page.getByRole('option', { name: 'Tower' }).click()
}

describe('a form', () => {
  test('says at every wrong field what is wrong, and the first one gets the focus', async () => {
    await open()
    await button('Book').click()
    await expectFocusOn(field('Room'))
    expect(await note(field('Room'))).toBe('Please give it a name.')
    expect(await field('Room').getAttribute('aria-invalid')).toBe('true')
    await form().getByText('Please choose a kind.').waitFor()
    await form().getByText('Please choose a place.').waitFor()
    expect(await sent()).toBe('')
    await expectAccessible(page, 'a form with problems')
    await field('Room').fill('Lab 3')
    await expect.poll(() => note(field('Room'))).toBe('')
    await form().getByText('Please choose a kind.').waitFor()
    await keys('Enter')
    await expectFocusOn(form().getByRole('radio', { name: 'For everybody' }))
    await form().getByRole('radio', { name: 'By key' }).check()
    await button('Book').click()
    await expectFocusOn(form().getByRole('combobox', { name: 'Building' }))
  })

  test('is sent once, however often one presses', async () => {
    await open()
    await fill()
    await field('Room').focus()
    await keys('Enter', 'Enter')
    await button('Book').dispatchEvent('click')
    await expect.poll(sent).toBe('Lab 3')
    await button('Answer').click()
    await expect.poll(() => field('Room').inputValue()).toBe('')
    expect(await sent()).toBe('Lab 3')
  })

  test('tells a refusal at its field, and a failure above; what was typed stays', async () => {
    await open()
    await fill()
    await field('Door').fill('taken')
    await keys('Enter')
    await expect.poll(sent).toBe('Lab 3')
    await button('Answer').click()
    await expect.poll(() => note(field('Door'))).toBe('Somebody has this address.')
    await expectFocusOn(field('Door'))
    await field('Door').fill('broken')
    await keys('Enter')
    await expect.poll(sent).toBe('Lab 3, Lab 3')
    await button('Answer').click()
    const alert = form().getByRole('alert')
    await expect.poll(() => alert.textContent()).toBe('Something went wrong. Please try again.')
    expect(await field('Room').inputValue()).toBe('Lab 3')
    await field('Door').fill('free')
    await keys('Enter')
    await expectGone(alert)
  })
})

test('a form in a dialog keeps what was typed until it is done', async () => {
  await open()
  const dialog = page.getByRole('dialog', { name: 'Book a room' })
  await button('Open form').click()
  await button('Book room').click()
  await expectFocusOn(field('Room', dialog))
  expect(await note(field('Room', dialog))).toBe('Please give it a name.')
  await fill(dialog)
  await keys('Escape')
  await expectGone(dialog)
  await button('Open form').click()
  expect(await field('Room', dialog).inputValue()).toBe('Lab 3')
  await button('Book room').click()
  await expectGone(dialog)
  await button('Open form').click()
  await dialog.waitFor()
  expect(await field('Room', dialog).inputValue()).toBe('')
})

test('nothing stays highlighted after a press with a finger', async () => {
  await open({ size: 'phone' })
  const ground = (): Promise<string> =>
    button('Book').evaluate((element) => getComputedStyle(element).backgroundColor)
  const before = await ground()
  await button('Book').tap()
  await form().getByText('Please give it a name.').waitFor()
  expect(await button('Book').evaluate((element) => element.matches(':hover'))).toBe(true)
  expect(await ground()).toBe(before)
})
