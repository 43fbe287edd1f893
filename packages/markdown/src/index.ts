/** Message text and its meaning: server and clients parse it in the same way. */
export { hashtags } from './hashtags.ts'
export { type MentionWords, mentionWords, nameAlternatives } from './mentions.ts'
export type { Align, Block, Inline, ListItem } from './nodes.ts'
export { readMessage } from './read.ts'
export { WORTH_KNOWING } from './recent.ts'
export { summaryOf } from './summary.ts'
