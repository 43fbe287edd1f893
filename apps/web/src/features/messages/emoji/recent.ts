/**
 * The emoji that the reader used last. They are a preference on the server, in the form in which official
 * clients keep them, so they are the same on all devices.
 */
import { derive, keyed, type Source, sameList, select } from '@plausch/client'
import { client } from '../../../platform/client.ts'
import { emojiOf, isEmojiLoaded, loadEmoji, onEmojiLoaded } from '../../../ui/emoji/emoji.ts'

const RECENT = 'recent_emojis'
/** As many as official clients keep. */
const MOST = 27
/** Offered to people who have not used any yet. */
const USUAL = ['+1', 'tada', 'eyes', 'heart', 'white_check_mark']

type Used = { name: string; usageCount: number }

const isUsed = (value: unknown): value is Used =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string'

const read = (text: string | undefined): Used[] => {
  try {
    const value: unknown = JSON.parse(text || '[]')
    return Array.isArray(value) ? value.filter(isUsed) : []
  } catch {
    return []
  }
}

const kept: Source<string | undefined> = select(
  (get) => get(client.preferences.at(RECENT, get(client.myId)))?.value,
)

/** The names of the emoji used last, the latest first. */
export const recentEmoji: Source<readonly string[]> = derive(
  [kept],
  (text) =>
    read(text)
      .map(({ name }) => name)
      .reverse(),
  sameList,
)

/** The rarer emoji, which are loaded when somebody needs them. */
const table: Source<boolean> = { get: isEmojiLoaded, subscribe: onEmojiLoaded }

/** Finds out which of the emoji used last exist, as far as it is not known. */
export const lookUpUsed = async (): Promise<void> => {
  const unknown = (): string[] => recentEmoji.get().filter((name) => emojiOf(name) === undefined)
  if (unknown().length === 0) return
  await loadEmoji()
  client.emoji.ensure(unknown())
}

/** The latest `count` emoji that are known to exist; for newcomers, usual ones. */
export const quickEmoji: (count: string) => Source<readonly string[]> = keyed((count) =>
  select((get) => {
    get(table)
    const isThere = (name: string): boolean =>
      emojiOf(name) !== undefined || get(client.emoji.records.at(name)) !== undefined
    return [...new Set([...get(recentEmoji), ...USUAL])].filter(isThere).slice(0, Number(count))
  }, sameList),
)

/** Notes that the reader used an emoji. */
export const noteUse = (name: string): void => {
  const before = read(kept.get())
  if (before.at(-1)?.name === name) return
  const known = before.find((each) => each.name === name)
  const others = before.filter((each) => each !== known)
  const next = [...others, { name, usageCount: (known?.usageCount ?? 0) + 1 }].slice(-MOST)
  // Not worth a notice: the list is a convenience.
  client.preferences.save(RECENT, client.myId.get(), JSON.stringify(next)).catch(() => undefined)
}

/** What was deleted is offered no more. */
export const keepOnly = (isThere: (name: string) => boolean): void => {
  const before = read(kept.get())
  const others = before.filter(({ name }) => isThere(name))
  if (others.length === before.length) return
  client.preferences.save(RECENT, client.myId.get(), JSON.stringify(others)).catch(() => undefined)
}

/** This emoji does not exist any more. */
export const forgetUse = (name: string): void => keepOnly((each) => each !== name)
