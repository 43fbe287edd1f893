/** All emoji that the picker offers, with the words by which they are found. */
import type { CustomEmoji } from '@plausch/wire'
import { type Language, language } from '../../../i18n/language.ts'

/** Groups of Unicode, in the order in which the picker shows them. */
export const GROUPS = [
  'smileys',
  'people',
  'nature',
  'food',
  'travel',
  'activities',
  'objects',
  'symbols',
  'flags',
] as const
export type Group = (typeof GROUPS)[number] | 'recent' | 'custom'

/** The numbers of the groups in the data; 2 are parts of emoji. */
const NUMBERS = ['0', '1', '3', '4', '5', '6', '7', '8', '9']

export type PickedEmoji = {
  /** v4's name, without colons. */
  name: string
  /** Its characters, '' for a custom one. */
  text: string
  /** The id of a custom one, otherwise ''. */
  customId: string
  /** Its name in the reader's language. */
  label: string
  group: Group
  /** It shows a person or a hand, so it has skin tones. */
  hasTones: boolean
  /** What it is found by, folded. */
  words: readonly string[]
}

/** Lower case without accents, so that "uberraschung" finds "Überraschung". */
export const folded = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss')

const wordsOf = (texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap((text) => folded(text).split(/[\s:_,()„“"'’-]+/)).filter(Boolean)),
]

/** Text and emoji presentation of the same character are the same emoji. */
const bare = (text: string): string => text.replaceAll('\uFE0F', '')

const loadWords = async (language: Language): Promise<string> =>
  language === 'de' ? (await import('virtual:emoji/de')).WORDS : (await import('virtual:emoji/en')).WORDS

const tables = new Map<Language, Promise<readonly PickedEmoji[]>>()

/** Joins v4's names with the words of a language. The English words are found in every language. */
export const tableFrom = (names: string, own: string, english: string): readonly PickedEmoji[] => {
  const byText = new Map(
    names.split('|').map((entry): [string, string[]] => {
      const parts = entry.split(' ')
      return [bare(parts.at(-1) ?? ''), parts.slice(0, -1)]
    }),
  )
  const inEnglish = new Map(
    english.split('\n').map((line): [string, string[]] => {
      const [, text = '', , ...words] = line.split('\t')
      return [bare(text), words]
    }),
  )
  return own.split('\n').flatMap((line): PickedEmoji[] => {
    const [number = '', text = '', toned, label = '', tags = ''] = line.split('\t')
    const known = byText.get(bare(text)) ?? []
    const group = GROUPS[NUMBERS.indexOf(number)]
    const [name] = known
    if (name === undefined || group === undefined) return []
    const words = wordsOf([label, tags, ...known, ...(inEnglish.get(bare(text)) ?? [])])
    return [{ name, text, customId: '', label, group, hasTones: toned === '1', words }]
  })
}

const make = async (of: Language): Promise<readonly PickedEmoji[]> => {
  const [{ EMOJI }, own, english] = await Promise.all([
    import('../../../ui/emoji/emoji-table.ts'),
    loadWords(of),
    loadWords('en'),
  ])
  return tableFrom(EMOJI, own, english)
}

/** Loads the table in a language, once. */
export const emojiTable = (language: Language): Promise<readonly PickedEmoji[]> => {
  const known = tables.get(language)
  if (known) return known
  const loading = make(language)
  tables.set(language, loading)
  // After a failure the next opening tries again.
  loading.catch(() => tables.delete(language))
  return loading
}

export const customOf = ({ id, name }: CustomEmoji): PickedEmoji => ({
  name,
  text: '',
  customId: id,
  label: name.replaceAll('_', ' '),
  group: 'custom',
  hasTones: false,
  words: wordsOf([name]),
})

/** Those that every word of the term begins a word of; whose name or label begins with it come first. */
export const searched = (all: readonly PickedEmoji[], term: string): readonly PickedEmoji[] => {
  const wanted = wordsOf([term])
  if (wanted.length === 0) return all
  const whole = folded(term.trim())
  const rank = ({ name, label }: PickedEmoji): number =>
    name === whole || folded(label) === whole
      ? 0
      : name.startsWith(whole) || folded(label).startsWith(whole)
        ? 1
        : 2
  return all
    .filter(({ words }) => wanted.every((each) => words.some((word) => word.startsWith(each))))
    .map((emoji, i) => ({ emoji, i, rank: rank(emoji) }))
    .sort((a, b) => a.rank - b.rank || a.i - b.i)
    .map(({ emoji }) => emoji)
}

/** Loads the table of the reader's language ahead of need. */
export const prefetchTable = async (): Promise<void> => {
  await emojiTable(language.get())
}
