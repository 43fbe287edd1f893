/** The skin tone of emoji: a preference on the server, in the form in which official clients keep it. */
import { type Source, select } from '@plausch/client'
import { client } from '../../../platform/client.ts'

const TONE = 'emoji_skintone'

export const TONES = ['', 'light', 'medium_light', 'medium', 'medium_dark', 'dark'] as const
export type Tone = (typeof TONES)[number]

/** The codes of the tones in the preference. */
const CODES = ['default', '1F3FB', '1F3FC', '1F3FD', '1F3FE', '1F3FF']

/** The skin tone that the reader chose; '' for none. */
export const skinTone: Source<Tone> = select((get) => {
  const code = get(client.preferences.at(TONE, get(client.myId)))?.value.toUpperCase() ?? ''
  return TONES[CODES.indexOf(code)] ?? ''
})

export const chooseTone = (tone: Tone): Promise<void> =>
  client.preferences.save(TONE, client.myId.get(), CODES[TONES.indexOf(tone)] ?? 'default')

/** The name of an emoji in a skin tone. */
export const inTone = (name: string, tone: Tone): string => (tone === '' ? name : `${name}_${tone}_skin_tone`)
