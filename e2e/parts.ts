/** The page of the kit of elements, open in a browser, for its tests. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { buildParts, serveParts } from '../apps/web/test/parts/build.ts'
import { type Look, openBrowser, type Visitor, visit } from './browser.ts'

let browser: Browser
let folder: string
let served: Awaited<ReturnType<typeof serveParts>>
let visitor: Visitor
export let page: Page
/** One for each look: a new profile costs more than a new page. */
const visitors = new Map<string, Visitor>()

/** Builds and serves the page before the tests of a file; a test fails with any error of the page. */
export const withParts = (): void => {
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
}

/** Opens the page; `page` is then in this look. */
export const open = async (look: Look & { theme?: string } = {}): Promise<void> => {
  const key = JSON.stringify([look.scheme ?? 'light', look.size ?? 'desk'])
  visitor = visitors.get(key) ?? (await visit(browser, served.url, look))
  visitors.set(key, visitor)
  page = visitor.page
  await page.goto(`/?theme=${look.theme ?? 'system'}&language=${look.locale ?? 'en'}`)
  await page.getByRole('heading', { name: 'Parts' }).waitFor()
}

export const button = (name: string): Locator => page.getByRole('button', { name, exact: true })
export const item = (name: string): Locator => page.getByRole('menuitem', { name })
export const keys = async (...all: string[]): Promise<void> => {
  for (const key of all) await page.keyboard.press(key)
}
/** The name, or else the text, of what has the focus. */
export const focused = async (): Promise<string> => {
  const element = page.locator(':focus')
  if ((await element.count()) === 0) return ''
  return (await element.getAttribute('aria-label')) ?? (await element.textContent()) ?? ''
}
export const expectFocus = (name: string): Promise<void> =>
  expect.poll(focused, { message: 'focus' }).toContain(name)
export const expectFocusOn = (locator: Locator): Promise<void> =>
  expect.poll(() => locator.and(page.locator(':focus')).count()).toBe(1)
export const expectGone = (locator: Locator): Promise<void> => expect.poll(() => locator.count()).toBe(0)
