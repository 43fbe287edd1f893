/** Watches the weight of the first load: every kilobyte is paid by each person at each start. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { allStyles, ariaSize, bundleClient, chatPage, signInPage } from './first-load.ts'
import { loadedWith } from './texts.ts'

const KB = 1000

describe('the first load', () => {
  let bundle: Awaited<ReturnType<typeof bundleClient>>
  beforeAll(async () => {
    bundle = await bundleClient()
  }, 120_000)

  test('the sign-in page needs at most 110 kB of scripts', () => {
    expect(signInPage(bundle).scripts).toBeLessThanOrEqual(110 * KB)
  })

  test('the sign-in page loads nothing of the chat', () => {
    const chat = /markdown|packages\/client\/src\/state\/|src\/features\/(?:messages|places|attention)\//
    expect(signInPage(bundle).modules.filter((id) => chat.test(id))).toEqual([])
  })

  // The goal is 180 (docs/develop/performance.md); until it is reached, this keeps it from growing.
  test('messages need at most 225 kB of scripts', () => {
    const { scripts, modules } = chatPage(bundle)
    expect(modules.some((id) => id.endsWith('MessageList.tsx'))).toBe(true)
    expect(scripts).toBeLessThanOrEqual(225 * KB)
  })

  test('react-aria comes later, and has at most 80 kB', () => {
    expect(chatPage(bundle).modules.filter((id) => id.includes('/react-aria'))).toEqual([])
    expect(ariaSize(bundle)).toBeLessThanOrEqual(80 * KB)
  })

  test('the styles of the first messages have at most 25 kB, all together 40 kB', () => {
    expect(chatPage(bundle).styles).toBeLessThanOrEqual(25 * KB)
    expect(allStyles(bundle)).toBeLessThanOrEqual(40 * KB)
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
