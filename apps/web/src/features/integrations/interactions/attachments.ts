/**
 * Message attachments as integrations send them. The server does not check their fields, so each is read with
 * care here, once per version of a message.
 */
import type { Post } from '@plausch/wire'

export type Action = {
  id: string
  name: string
  kind: 'button' | 'select'
  look: 'plain' | 'primary' | 'danger'
  tip: string
  isDisabled: boolean
  options: readonly { text: string; value: string }[]
  /** Where the options are, if they are not listed: `users` or `channels`. */
  source: string
  initial: string
  cookie: string
}

export type Field = { title: string; value: string; isShort: boolean }

export type Attachment = {
  /** A colour of CSS, or one of three words; '' for none. */
  color: string
  pretext: string
  author: string
  authorLink: string
  title: string
  titleLink: string
  text: string
  fields: readonly Field[]
  image: string
  thumb: string
  footer: string
  actions: readonly Action[]
}

type Raw = Record<string, unknown>

const isRaw = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const listOf = (value: unknown): Raw[] => (Array.isArray(value) ? value.filter(isRaw) : [])

const textIn = (raw: Raw, name: string): string => {
  const value = raw[name]
  return typeof value === 'string'
    ? value.slice(0, MOST.text)
    : typeof value === 'number'
      ? String(value)
      : ''
}

/** Only what surely leads to a page. */
const linkIn = (raw: Raw, name: string): string => {
  const url = URL.parse(textIn(raw, name))
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : ''
}

const WORDS = new Set(['good', 'warning', 'danger'])

const colorOf = (raw: Raw): string => {
  const color = textIn(raw, 'color').trim().toLowerCase()
  return WORDS.has(color) || /^#(?:[\da-f]{3}|[\da-f]{6})$/.test(color) ? color : ''
}

const textOf = (value: unknown): string =>
  value === undefined || value === null ? '' : String(value).slice(0, MOST.text)

const fieldOf = (raw: Raw): Field => ({
  title: textIn(raw, 'title'),
  value: textOf(raw.value),
  isShort: raw.short === true || raw.short === 'true',
})

const LOOKS: Record<string, Action['look']> = {
  primary: 'primary',
  good: 'primary',
  success: 'primary',
  danger: 'danger',
}

const actionOf = (raw: Raw): Action => ({
  id: textIn(raw, 'id'),
  name: textIn(raw, 'name'),
  kind: raw.type === 'select' ? 'select' : 'button',
  look: LOOKS[textIn(raw, 'style')] ?? 'plain',
  tip: textIn(raw, 'tooltip'),
  isDisabled: raw.disabled === true,
  options: listOf(raw.options).map((each) => ({ text: textIn(each, 'text'), value: textIn(each, 'value') })),
  source: textIn(raw, 'data_source'),
  initial: textIn(raw, 'default_option'),
  cookie: textIn(raw, 'cookie'),
})

const LONGEST_FOOTER = 300
/**
 * What is shown of them at most: programs may send 800,000 characters, and every reader's page would have to
 * draw them. Each text may be as long as a message.
 */
const MOST = { attachments: 50, fields: 100, actions: 50, text: 16_383, texts: 65_536 }

const attachmentOf = (raw: Raw): Attachment => ({
  color: colorOf(raw),
  pretext: textIn(raw, 'pretext'),
  author: textIn(raw, 'author_name'),
  authorLink: linkIn(raw, 'author_link'),
  title: textIn(raw, 'title'),
  titleLink: linkIn(raw, 'title_link'),
  text: textIn(raw, 'text'),
  fields: listOf(raw.fields).slice(0, MOST.fields).map(fieldOf),
  image: linkIn(raw, 'image_url'),
  thumb: linkIn(raw, 'thumb_url'),
  footer: textIn(raw, 'footer').slice(0, LONGEST_FOOTER),
  // Without a name there is nothing to press, as in official clients.
  actions: listOf(raw.actions)
    .map(actionOf)
    .filter(({ id, name }) => id !== '' && name !== '')
    .slice(0, MOST.actions),
})

const sizeOf = ({ pretext, title, text, fields }: Attachment): number =>
  fields.reduce((sum, field) => sum + field.title.length + field.value.length, 0) +
  pretext.length +
  title.length +
  text.length

/** Leaves out what comes after the most characters. */
const bounded = (all: readonly Attachment[]): readonly Attachment[] => {
  let left = MOST.texts
  return all.filter((attachment) => {
    left -= sizeOf(attachment)
    return left >= 0
  })
}

const read = new WeakMap<Post['props'], readonly Attachment[]>()

/** Does the message have any? */
export const hasAttachments = ({ props }: Pick<Post, 'props'>): boolean =>
  Array.isArray(props.attachments) && props.attachments.length > 0

export const attachmentsOf = ({ props }: Pick<Post, 'props'>): readonly Attachment[] => {
  const known = read.get(props)
  if (known) return known
  const found = bounded(listOf(props.attachments).slice(0, MOST.attachments).map(attachmentOf))
  read.set(props, found)
  return found
}
