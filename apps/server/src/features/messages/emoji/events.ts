import type { Context } from '../../../core/context.ts'
import { fact } from '../../../core/facts.ts'
import { forgetChannelCaches } from '../../../core/own-effects.ts'
import { shownEmoji } from './records.ts'
import type { EmojiRow } from './store.ts'

/** An emoji is gone since `at`; its name may be another's soon. */
export const emojiDeleted = fact<{ name: string; at: number }>('emoji.deleted')

/** Posts anywhere may name it, and show it or no longer. */
const forgetKept = (context: Context) => context.effect(forgetChannelCaches, {})

/** To everybody. */
export const announceAdded = (context: Context, row: EmojiRow): void => {
  forgetKept(context)
  context.publish('emoji_added', { emoji: JSON.stringify(shownEmoji(row)) }, { everyone: true })
}

/** Clients are not told, as in v4: they ask by name. */
export const tellDeleted = (context: Context, row: EmojiRow): Promise<void> => {
  forgetKept(context)
  return context.emit(emojiDeleted, { name: row.name, at: context.now })
}
