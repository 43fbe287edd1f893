export { emojiDeleted } from './events.ts'
export { shownEmoji } from './records.ts'
export { emojiIn, isCustomEmoji } from './service.ts'
export { type EmojiRow, emojiOfPostSql } from './store.ts'
