/**
 * Custom emoji, by name. v4 sends an event for a new one, but none for a deleted one: those disappear with
 * the next load.
 */
import { type CustomEmoji, emoji as operations } from '@plausch/wire'
import { Collection } from '../source.ts'
import { createLookup } from './lookup.ts'
import { byKey, type Context, type Noun } from './noun.ts'
import { createOpened } from './opened.ts'

const PAGE = 200

export const createEmoji = (context: Context) => {
  const { call, track } = context
  const records = new Collection<CustomEmoji>()

  const opened = createOpened(
    context,
    async () => {
      const all: CustomEmoji[] = []
      for (let page = 0; all.length === page * PAGE; page++)
        all.push(...(await call(operations.list, { query: { page, per_page: PAGE, sort: 'name' } })))
      return () => records.replace(byKey(all, ({ name }) => name))
    },
    () => records.clear(),
  )

  // A name may belong to a standard emoji, or to none.
  const names = createLookup(
    (name) => records.has(name) || opened.has(''),
    async (some) => {
      for (const each of await call(operations.listByNames, { body: some })) records.set(each.name, each)
    },
    track,
  )

  const noun: Noun = {
    on: { emoji_added: ({ emoji }) => opened.change('', () => records.set(emoji.name, emoji)) },
    load: () => opened.again(),
    clear() {
      opened.clear()
      records.clear()
      names.clear()
    },
  }

  return {
    ...noun,
    records,
    /** The loaded list, for the local copy. */
    opened,
    /** Loads single ones, such as those of reactions. */
    ensure: names.want,
    /** Loads all of them. */
    open: (): Promise<void> => opened.load(''),
  }
}

export type Emoji = ReturnType<typeof createEmoji>
