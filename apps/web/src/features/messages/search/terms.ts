/** The modifiers of a search: which one is being typed, and what completes it. Pure functions. */

export const MODIFIERS = ['from', 'in', 'before', 'after', 'on', 'ext'] as const
export type Modifier = (typeof MODIFIERS)[number]

export type Typed = { modifier: Modifier; value: string; from: number; to: number }

const TYPED = /(?:^|\s)-?(from|in|channel|before|after|on|ext):(\S*)$/i

/** The modifier whose value ends at the caret; undefined if none is being typed. */
export const typedAt = (text: string, caret: number): Typed | undefined => {
  const match = TYPED.exec(text.slice(0, caret))
  if (!match) return undefined
  const [, name = '', value = ''] = match
  const lower = name.toLowerCase()
  const modifier = lower === 'channel' ? 'in' : MODIFIERS.find((each) => each === lower)
  return modifier && { modifier, value, from: caret - value.length, to: caret }
}

/** Replaces the typed value and puts a space after it. */
export const completed = (
  text: string,
  { from, to }: Typed,
  value: string,
): { text: string; caret: number } => {
  const rest = text.slice(to).replace(/^\s+/, '')
  const head = `${text.slice(0, from)}${value} `
  return { text: head + rest, caret: head.length }
}

/** Adds a modifier at the end, to be completed. */
export const withModifier = (text: string, modifier: Modifier, value = ''): string => {
  const head = text.trimEnd()
  return `${head}${head === '' ? '' : ' '}${modifier}:${value}${value === '' ? '' : ' '}`
}

/** What the server is asked: `from:me` only has a meaning here. */
export const askedTerms = (text: string, username: string): string =>
  text.trim().replaceAll(/(?<=(?:^|\s)-?from:)me(?=\s|$)/gi, username)

/** Does it name a channel? Then the names are those of the current team. */
export const namesChannel = (text: string): boolean => /(?:^|\s)-?(?:in|channel):/i.test(text)

/** A day as the modifiers write it. */
export const dayOf = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')

/** The day a number of days before another one. */
export const daysBefore = (days: number, now: Date): string => {
  const date = new Date(now)
  date.setDate(date.getDate() - days)
  return dayOf(date)
}
