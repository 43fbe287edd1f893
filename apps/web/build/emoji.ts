/**
 * The words by which people look for emoji, per language: `virtual:emoji/<language>`. Data: emojibase-data
 * (MIT License, with names and keywords of Unicode CLDR). Of its 600 kB, the picker needs a fifth.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Plugin } from 'vite'

const ID = /^virtual:emoji\/([a-z]{2})$/
/** Skin tones and parts of hair: not emoji by themselves. */
const COMPONENTS = 2

/** Wrestlers and dancers with rabbit ears got their skin tones later than v4's names. */
const WITHOUT_TONES = /^[🤼👯]/u

type Entry = {
  unicode: string
  label: string
  tags?: string[]
  group?: number
  order?: number
  skins?: unknown[]
}

/** Keywords that the name does not contain. */
const tagsOf = ({ label, tags = [] }: Entry): string[] => {
  const name = label.toLowerCase()
  return tags.map((tag) => tag.toLowerCase()).filter((tag) => !name.includes(tag))
}

/** The lines of a language. */
export const linesOf = (file: string): string[] => {
  const entries = JSON.parse(readFileSync(file, 'utf8')) as Entry[]
  return entries
    .filter(({ group }) => group !== undefined && group !== COMPONENTS)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map((entry) =>
      [
        entry.group,
        entry.unicode,
        entry.skins && !WITHOUT_TONES.test(entry.unicode) ? 1 : '',
        entry.label,
        tagsOf(entry).join(' '),
      ].join('\t'),
    )
}

/**
 * Makes modules with one line per emoji, in the usual order: group, characters, 1 if it has skin tones, name,
 * keywords.
 */
export const emojiWords = (): Plugin => {
  const { resolve } = createRequire(import.meta.url)
  return {
    name: 'plausch-emoji',
    resolveId: (id) => (ID.test(id) ? `\0${id}` : undefined),
    load(id) {
      const [, language = ''] = ID.exec(id.slice(1)) ?? []
      if (language === '') return undefined
      const lines = linesOf(resolve(`emojibase-data/${language}/compact.json`))
      return { code: `export const WORDS = ${JSON.stringify(lines.join('\n'))}`, map: null }
    },
  }
}
