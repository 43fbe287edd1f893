import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadedWith } from './texts.ts'

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
