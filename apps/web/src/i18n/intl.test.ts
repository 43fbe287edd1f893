/** Compares our formats with those of react-intl, which reads the whole of ICU. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from '@formatjs/icu-messageformat-parser'
import { createIntl as createReference, type MessageFormatElement } from 'react-intl'
import { describe, expect, test } from 'vitest'
import { createIntl, type Messages } from './intl.ts'

const catalogueOf = (language: string): Record<string, MessageFormatElement[]> => {
  const folder = join(import.meta.dirname, language)
  const texts = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
  return Object.fromEntries(
    Object.entries(Object.assign({}, ...texts)).map(([id, text]) => [id, parse(String(text))]),
  )
}

const namesIn = (elements: readonly MessageFormatElement[]): string[] =>
  elements.flatMap((each) => [
    ...('value' in each ? [String(each.value)] : []),
    ...('options' in each ? Object.values(each.options).flatMap((option) => namesIn(option.value)) : []),
  ])

describe.each(['en', 'de', 'de-u-hc-h12', 'en-u-hc-h23'])('in %s', (locale) => {
  const messages = catalogueOf(locale.slice(0, 2))
  const ours = createIntl(locale, messages as unknown as Messages)
  const theirs = createReference({ locale, messages })

  test.each([0, 1, 2, 1234.5, 'true', 'yes', 'Ana <b>'])('every text with the value %s', (value) => {
    for (const [id, elements] of Object.entries(messages)) {
      const isNumber = JSON.stringify(elements).includes('"pluralType"')
      if (isNumber && typeof value === 'string') continue
      const values = Object.fromEntries(namesIn(elements).map((name) => [name, value]))
      expect(ours.formatMessage(id, values), id).toBe(theirs.formatMessage({ id }, values))
    }
  })

  test('dates, numbers and lists', () => {
    const at = Date.UTC(2026, 2, 29, 13, 5)
    for (const options of [
      undefined,
      { dateStyle: 'full', timeStyle: 'short' },
      { weekday: 'long' },
    ] as const)
      expect(ours.formatDate(at, options)).toBe(theirs.formatDate(at, options))
    expect(ours.formatTime(at)).toBe(theirs.formatTime(at))
    expect(ours.formatTime(at, { timeZone: 'Asia/Tokyo' })).toBe(
      theirs.formatTime(at, { timeZone: 'Asia/Tokyo' }),
    )
    expect(ours.formatNumber(12_345.678)).toBe(theirs.formatNumber(12_345.678))
    expect(ours.formatNumber(0.5, { style: 'percent' })).toBe(theirs.formatNumber(0.5, { style: 'percent' }))
    expect(ours.formatRelativeTime(-3, 'hour')).toBe(theirs.formatRelativeTime(-3, 'hour'))
    for (const items of [[], ['Ana'], ['Ana', 'Bo'], ['Ana', 'Bo', 'Cem']])
      expect(ours.formatList(items)).toBe(theirs.formatList(items))
  })
})

test('a text that is missing, or lacks a value, is its id', () => {
  const intl = createIntl('en', { 'a.b': [{ type: 1, value: 'name' }] })
  expect(intl.formatMessage('a.b', { name: 'Ana' })).toBe('Ana')
  expect(intl.formatMessage('a.b')).toBe('a.b')
  expect(intl.formatMessage('a.c')).toBe('a.c')
})
