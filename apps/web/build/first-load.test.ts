/** Watches the weight of the first load: every kilobyte is paid by each person at each start. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  allStyles,
  ariaSize,
  bundleClient,
  chatPage,
  chunkWith,
  openPages,
  signInPage,
} from './first-load.ts'
import { bareHovers } from './hover.ts'
import { loadedWith } from './loads.ts'

const KB = 1000

describe('the first load', () => {
  let bundle: Awaited<ReturnType<typeof bundleClient>>
  beforeAll(async () => {
    bundle = await bundleClient()
  }, 120_000)

  // The goal is 110.
  test('the sign-in page needs at most 88 kB of scripts', () => {
    expect(signInPage(bundle).scripts).toBeLessThanOrEqual(88 * KB)
  })

  test('pages without a session load nothing of the chat', () => {
    const chat =
      /markdown|platform\/client\.ts|packages\/client\/src\/state\/|src\/features\/(?:messages|places|attention)\//
    const pages = [signInPage(bundle), ...openPages(bundle)]
    expect(pages.length).toBeGreaterThan(4)
    for (const { modules } of pages) {
      expect(modules.some((id) => id.endsWith('main.tsx'))).toBe(true)
      expect(modules.filter((id) => chat.test(id))).toEqual([])
    }
  })

  test('messages need at most 180 kB of scripts, in a few files', () => {
    const { scripts, modules, chunks } = chatPage(bundle)
    expect(modules.some((id) => id.endsWith('MessageList.tsx'))).toBe(true)
    expect(scripts).toBeLessThanOrEqual(180 * KB)
    expect(chunks.length).toBeLessThanOrEqual(6)
  })

  test('actions and settings that nobody sees at first come later', () => {
    expect(chatPage(bundle).modules.filter((id) => id.endsWith('/rest.ts'))).toEqual([])
  })

  test('react-aria comes later, and has at most 80 kB', () => {
    expect(chatPage(bundle).modules.filter((id) => id.includes('/react-aria'))).toEqual([])
    expect(ariaSize(bundle)).toBeLessThanOrEqual(80 * KB)
  })

  // The goals are 15 and 25.
  test('the styles of the first messages have at most 12 kB, all together 23 kB', () => {
    expect(chatPage(bundle).styles).toBeLessThanOrEqual(12 * KB)
    expect(allStyles(bundle)).toBeLessThanOrEqual(23 * KB)
  })

  test('the pages and texts for administrators are in files of their own', () => {
    const [own = '', others = ''] = ['console', 'rest'].map((part) => chunkWith(bundle, `de/${part}`).code)
    expect(own).toContain('Basis-DN')
    expect(others).toContain('Verwaltung')
    expect(others).not.toContain('Basis-DN')
    expect(chunkWith(bundle, 'screens/Console.tsx').moduleIds.some((id) => id.includes('/messages/'))).toBe(
      false,
    )
    expect(
      chatPage(bundle).modules.filter((id) => /Console\.tsx|platform\/console|\/jobs\/|directory/.test(id)),
    ).toEqual([])
  })

  test('nothing hovers where a finger presses', () => {
    const sheets = bundle.flatMap((each) =>
      each.type === 'asset' && each.fileName.endsWith('.css') ? [String(each.source)] : [],
    )
    expect(sheets.join('').split(':hover').length).toBeGreaterThan(50)
    expect(sheets.flatMap(bareHovers)).toEqual([])
    // It is found where it is.
    expect(bareHovers('@layer a{.b:focus,.c:hover{color:red}@media (hover:hover){.d:hover{}}}')).toEqual([
      '.b:focus,.c:hover',
    ])
  })

  test('the contract comes without its schemas', () => {
    expect(chatPage(bundle).modules.filter((id) => id.endsWith('/no-schemas.ts'))).toEqual([])
  })
})

const source = join(import.meta.dirname, '../src')
const usersOf = (files: Iterable<string>): string[] =>
  [...files].filter((file) => /from 'react-aria/.test(readFileSync(file, 'utf8')))

test('neither the sign-in page nor the first page of the chat loads react-aria', () => {
  const first = loadedWith([join(source, 'main.tsx'), join(source, 'screens/SignedIn.tsx')])
  expect(first.size).toBeGreaterThan(50)
  expect(usersOf(first)).toEqual([])
  // It is found where it is.
  expect(usersOf(loadedWith([join(source, 'ui/overlays.ts')]))).not.toEqual([])
})
