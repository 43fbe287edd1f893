import { summaryOf } from '@plausch/markdown'
import { emojiOf } from '../emoji/emoji.ts'

/** The beginning of a message as plain text in one line: for references to it, and for screen readers. */
export const summary = (message: string, most: number): string => summaryOf(message, most, { emoji: emojiOf })
