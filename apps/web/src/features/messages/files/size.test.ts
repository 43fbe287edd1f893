import { expect, test } from 'vitest'
import { endingOf, kindOf } from './kinds.ts'
import { sizeText } from './size.ts'

test('sizes have the unit that people use', () => {
  const plain = (bytes: number, locale: string) => sizeText(bytes, locale).replaceAll('\u00a0', ' ')
  expect([1, 999, 1000, 1536, 104_857_600, 3_400_000_000].map((bytes) => plain(bytes, 'en'))).toEqual([
    ...['1 byte', '999 bytes', '1 kB', '1.5 kB', '105 MB', '3.4 GB'],
  ])
  expect(plain(3_400_000, 'de')).toBe('3,4 MB')
})

test('the kind follows the type, and then the ending', () => {
  const kind = (mime_type: string, name: string) => kindOf({ mime_type, extension: endingOf(name) })
  expect(kind('image/png', 'a.png')).toBe('picture')
  expect(kind('image/svg+xml', 'a.svg')).toBe('other')
  expect(kind('application/pdf', 'x')).toBe('pdf')
  expect(kind('application/octet-stream', 'x.f90')).toBe('code')
  expect(kind('text/plain', 'README')).toBe('text')
  expect(kind('application/octet-stream', 'a.b/c')).toBe('other')
})
