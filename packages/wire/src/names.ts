/** What of the names that people give is kept: a name is for others to read, and must not look like another or turn the text around it. */
import { Type } from 'typebox'

/** Which signs are taken out of a text: of a name whatever nobody sees, of a longer text only what turns its direction. */
export type NameKind = 'name' | 'text'

/** Flags of parts of countries: a black flag, signs that nobody sees, and their end. */
const FLAG = '\\u{1F3F4}[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{1,6}\\u{E007F}'

/** Changes of direction, shapes of digits, annotations and tags. */
const TURNING = '\\u202A-\\u202E\\u2066-\\u206F\\uFFF9-\\uFFFC\\u{E0000}-\\u{E007F}'

/** Scripts in which joiners change what is read. */
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

/** Something that a reader sees: no space, no mark alone, and none of the letters that are blank. */
const seen = /[^\s\p{C}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/u

const kept = (_: string, whole: string | undefined): string => whole ?? ''

/**
 * A name or a text as it is kept. Signs that nobody sees are taken out, but those that belong to emoji and to scripts that need them; a name in which nothing
 * is to be seen is none. What stands for a new line in a name is a space.
 */
export const readableName = (text: string, kind: NameKind): string => {
  if (kind === 'text') return text.replaceAll(turning, kept)
  const name = text.replaceAll(/[\t\n\v\f\r\u0085\u2028\u2029]/g, ' ').replaceAll(unseen, kept)
  return seen.test(name) ? name : ''
}

/** A name that people give, within `max` characters: `readableName` is applied before it is checked. */
export const Name = (max: number, min = 0) =>
  Type.String({ minLength: min, maxLength: max, pattern: '^[^\\0]*$', 'x-name': 'name' })

/** A text that is shown beside a name, such as a purpose. */
export const About = (max: number) => Type.String({ maxLength: max, pattern: '^[^\\0]*$', 'x-name': 'text' })
