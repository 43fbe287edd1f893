import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import { expect, test } from 'vitest'
import de from './de.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }

const catalogues: Record<string, Record<string, string>> = { en, de }
const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
const program = sources(join(import.meta.dirname, '..')).join('\n')

/** Texts whose ids are composed: a status, a theme, what was not found. */
const families = [/^status\./, /^theme\./, /^notFound\.(channel|person|post)$/]

const names = (elements: MessageFormatElement[]): string[] =>
  elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return []
    const inner =
      'options' in element ? Object.values(element.options).flatMap((option) => names(option.value)) : []
    return [element.value, ...inner]
  })
const valuesOf = (message: string): string[] => [...new Set(names(parse(message)))].sort()

test('both languages have every text, and none is empty', () => {
  expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort())
  for (const catalogue of Object.values(catalogues))
    for (const text of Object.values(catalogue)) expect(text.trim()).not.toBe('')
})

test('both languages use the same parameters', () => {
  for (const [id, message] of Object.entries(en))
    expect(valuesOf(catalogues.de?.[id] ?? ''), id).toEqual(valuesOf(message))
})

test('every text is used, and every used text exists', () => {
  for (const id of Object.keys(en)) {
    expect(
      program.includes(`'${id}'`) || families.some((family) => family.test(id)),
      `${id} is used nowhere`,
    ).toBe(true)
  }
  for (const [, id = ''] of program.matchAll(/\bsay\(\s*'([^']+)'/g)) expect(en, id).toHaveProperty([id])
})

test('the code contains no text of the interface', () => {
  for (const [, words = ''] of program.matchAll(/>\s*([A-Za-zÄÖÜäöü]{3,}(?: [A-Za-zäöüß]+)*)\s*<\//g)) {
    expect(['English', 'Deutsch'], words).toContain(words)
  }
})
