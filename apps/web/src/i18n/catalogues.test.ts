import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import { expect, test } from 'vitest'

type Catalogue = Record<string, string>

const here = import.meta.dirname
const nouns = readdirSync(join(here, 'en')).map((name) => basename(name, '.json'))
const readNoun = (language: string, noun: string): Catalogue =>
  JSON.parse(readFileSync(join(here, language, `${noun}.json`), 'utf8'))
const whole = (language: string): Catalogue =>
  Object.assign({}, ...nouns.map((noun) => readNoun(language, noun)))
const en = whole('en')
const de = whole('de')

const program = readdirSync(join(here, '..'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(here, '..', name), 'utf8'))
  .join('\n')
const quoted = new Set([...program.matchAll(/['"]([a-z]\w*\.[\w.]+)['"]/gi)].map(([, id = '']) => id))
/** Texts whose ids are composed, such as `status.${status}`. */
const beginnings = [...program.matchAll(/`([a-z]\w*\.[\w.]*)\$\{/gi)].map(([, start = '']) => start)

const names = (elements: MessageFormatElement[]): string[] =>
  elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return []
    const inner =
      'options' in element ? Object.values(element.options).flatMap((option) => names(option.value)) : []
    return [element.value, ...inner]
  })
const valuesOf = (message: string): string[] => [...new Set(names(parse(message)))].sort()

test('both languages have every text, and none is empty', () => {
  expect(readdirSync(join(here, 'de'))).toEqual(readdirSync(join(here, 'en')))
  for (const noun of nouns)
    expect(Object.keys(readNoun('de', noun)).sort(), noun).toEqual(Object.keys(readNoun('en', noun)).sort())
  for (const text of [...Object.values(en), ...Object.values(de)]) expect(text.trim()).not.toBe('')
})

test('every catalogue is named in catalogue.ts, and no id is in two of them', () => {
  const named = readFileSync(join(here, 'catalogue.ts'), 'utf8')
  for (const noun of nouns) expect(named).toContain(`'./en/${noun}.json'`)
  const ids = nouns.flatMap((noun) => Object.keys(readNoun('en', noun)))
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
})

test('both languages use the same parameters', () => {
  for (const [id, message] of Object.entries(en))
    expect(valuesOf(de[id] ?? ''), id).toEqual(valuesOf(message))
})

/** What intl.ts formats; a text with anything else would be shown as its id. */
const KNOWN: readonly number[] = [TYPE.literal, TYPE.argument, TYPE.select, TYPE.plural, TYPE.pound]
const typesIn = (elements: MessageFormatElement[]): number[] =>
  elements.flatMap((element) => [
    element.type,
    ...('options' in element ? Object.values(element.options).flatMap(({ value }) => typesIn(value)) : []),
  ])

test('texts have only what intl.ts can format', () => {
  expect(typesIn(parse('{count, number} {when, date}'))).toContain(TYPE.number)
  for (const [id, text] of [...Object.entries(en), ...Object.entries(de)])
    expect(
      typesIn(parse(text)).filter((type) => !KNOWN.includes(type)),
      id,
    ).toEqual([])
})

test('every text is used, and every used text exists', () => {
  const unused = Object.keys(en).filter(
    (id) => !quoted.has(id) && !beginnings.some((start) => id.startsWith(start)),
  )
  expect(unused).toEqual([])
  for (const [, id = ''] of program.matchAll(/\bsay\(\s*'([^']+)'/g)) expect(en, id).toHaveProperty([id])
})

test('the code contains no text of the interface', () => {
  for (const [, words = ''] of program.matchAll(/>\s*([A-Za-zÄÖÜäöü]{3,}(?: [A-Za-zäöüß]+)*)\s*<\//g)) {
    expect(['English', 'Deutsch'], words).toContain(words)
  }
})
