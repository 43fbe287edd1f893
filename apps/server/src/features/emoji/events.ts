import type { Context } from '../../core/context.ts'
import { fact } from '../../core/facts.ts'
import { shownEmoji } from './records.ts'
import type { EmojiRow } from './store.ts'

/** An emoji is gone since `at`; its name may be another's soon. */
export const emojiDeleted = fact<{ name: string; at: number }>('emoji.deleted')

/** To everybody. */
export const announceAdded = (context: Context, row: EmojiRow): void =>
  context.publish('emoji_added', { emoji: JSON.stringify(shownEmoji(row)) }, { everyone: true })
