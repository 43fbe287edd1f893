import type { Context } from '../../../core/context.ts'
import { fact } from '../../../core/facts.ts'
import { forgetChannelCaches } from '../../../core/own-effects.ts'
import { shownEmoji } from './records.ts'
import type { EmojiRow } from './store.ts'

/** An emoji was deleted at the time `at`. Another emoji may take its name soon. */
export const emojiDeleted = fact<{ name: string; at: number }>('emoji.deleted')

/** Posts in any channel may use the name and now look different. */
const forgetKept = (context: Context) => context.effect(forgetChannelCaches, {})

/** Sent to everybody. */
export const announceAdded = (context: Context, row: EmojiRow): void => {
  forgetKept(context)
  context.publish('emoji_added', { emoji: JSON.stringify(shownEmoji(row)) }, { everyone: true })
}

/** Clients get no event, as in v4: they look emoji up by name. */
export const tellDeleted = (context: Context, row: EmojiRow): Promise<void> => {
  forgetKept(context)
  return context.emit(emojiDeleted, { name: row.name, at: context.now })
}
