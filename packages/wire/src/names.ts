/**
 * Cleans the names that people choose: a name must be visible, must not imitate another one, and must not
 * reverse the text around it.
 */
import { Type } from 'typebox'

/**
 * What is removed: from a `name` all invisible characters, from a `text` only those that change the direction
 * of writing.
 */
export type NameKind = 'name' | 'text'

/** Flags of regions: a black flag, invisible tag characters, and a closing tag. */
const FLAG = '\\u{1F3F4}[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{1,6}\\u{E007F}'

/** Characters that change direction or digit shapes, annotations and tags. */
const TURNING = '\\u202A-\\u202E\\u2066-\\u206F\\uFFF9-\\uFFFC\\u{E0000}-\\u{E007F}'

/** Scripts in which joiners change what people read. */
const JOINED =
  '\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Mong}\\p{scx=Nkoo}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}\\p{scx=Orya}\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}' +
  '\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Khmr}\\p{scx=Mymr}'

const turning = new RegExp(`(${FLAG})|[${TURNING}]`, 'gu')

const unseen = new RegExp(
  [
    `(${FLAG}|(?<=[${JOINED}])[\\u200C\\u200D]|(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F])\\u200D(?=\\p{Extended_Pictographic}))`,
    `[\\p{Cc}\\u200B-\\u200F\\u2060-\\u2065\\uFEFF\\u00AD\\u061C\\u180E${TURNING}]`,
  ].join('|'),
  'gu',
)

/** A visible character: no space, no combining mark alone, and none of the blank letters. */
const seen = /[^\s\p{C}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/u

const kept = (_: string, whole: string | undefined): string => whole ?? ''

/**
 * Returns a name or a text as the server stores it. Invisible characters are removed, except those that emoji
 * and some scripts need. A name without a visible character becomes ''. Line breaks in a name become spaces.
 */
export const readableName = (text: string, kind: NameKind): string => {
  if (kind === 'text') return text.replaceAll(turning, kept)
  const name = text.replaceAll(/[\t\n\v\f\r\u0085\u2028\u2029]/g, ' ').replaceAll(unseen, kept)
  return seen.test(name) ? name : ''
}

/**
 * A name that a person chooses, at most `max` characters long. The server applies `readableName` before it
 * checks the length.
 */
export const Name = (max: number, min = 0) =>
  Type.String({ minLength: min, maxLength: max, pattern: '^[^\\0]*$', 'x-name': 'name' })

/** A text that clients show beside a name, such as a purpose. */
export const About = (max: number) => Type.String({ maxLength: max, pattern: '^[^\\0]*$', 'x-name': 'text' })
