/** What the page and the worker that finds words in code tell each other. */

export type CodeQuestion = { id: number; language: string; text: string }
/** `stretches`: from, to, number of the mark; and so on. */
export type CodeAnswer = { id: number; stretches: Uint32Array }

/** The names of the marks; in the style sheet `code-…`. */
export const MARKS = [
  'keyword',
  'string',
  'number',
  'comment',
  'name',
  'type',
  'meta',
  'added',
  'removed',
] as const
export type Mark = (typeof MARKS)[number]
