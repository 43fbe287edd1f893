/**
 * Custom emoji, by name. v4 sends an event for a new one, but none for a deleted one: those that somebody else
 * has deleted disappear with the next load.
 */
import { type CustomEmoji, emoji as operations } from '@plausch/wire'
import { ApiFault } from '../api.ts'
import { everyPage } from '../pages.ts'
import { Collection } from '../source.ts'
import { createLookup } from './lookup.ts'
import { byKey, type Context, type Noun } from './noun.ts'
import { createOpened } from './opened.ts'

const PAGE = 200

export const createEmoji = (context: Context) => {
  const { call, me, track } = context
  const records = new Collection<CustomEmoji>()

  const opened = createOpened(
    context,
    async () => {
      const all = await everyPage(PAGE, (page) => call(operations.list, { query: { ...page, sort: 'name' } }))
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

  /** Sets it even if the list is not loaded: a message may name it that was there before. */
  const put = (emoji: CustomEmoji): void => {
    records.set(emoji.name, emoji)
    opened.change('', () => undefined)
  }

  /** Without an id, whichever has the name. */
  const drop = (name: string, id = records.one(name)?.id): void => {
    if (records.one(name)?.id === id) records.delete(name)
    opened.change('', () => undefined)
  }

  const noun: Noun = {
    on: { emoji_added: ({ emoji }) => put(emoji) },
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
    /** The server does not know the name any more. */
    drop: (name: string): void => drop(name),
    async create(name: string, picture: Blob): Promise<void> {
      const form = new FormData()
      form.set('emoji', JSON.stringify({ name, creator_id: me() }))
      form.set('image', picture)
      // The type of a file's body is that of the server, which reads it in pieces.
      put(await call(operations.create, { body: form as never }))
    },
    /** Deletes it for everybody; the server then removes the reactions with it. */
    async remove(emoji: CustomEmoji): Promise<void> {
      try {
        await call(operations.remove, { params: { emoji_id: emoji.id } })
      } catch (fault) {
        // Somebody else has deleted it already, which no event tells.
        if (!(fault instanceof ApiFault) || fault.status !== 404) throw fault
      }
      // A new emoji may have taken the name meanwhile.
      drop(emoji.name, emoji.id)
    },
  }
}

export type Emoji = ReturnType<typeof createEmoji>
