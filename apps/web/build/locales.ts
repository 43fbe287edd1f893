/**
 * Leaves out the texts of react-aria in languages that the client does not speak: it imports all 34 of them
 * (12 kB gzip).
 */
import type { Plugin } from 'vite'

const SPOKEN = ['en-US', 'de-DE']
const NOTHING = '\0plausch-no-texts'

const TEXTS = /\/intl\/.*\b([a-z]{2}-[A-Z]{2})\.m?js$/
const PACKAGE = /node_modules\/react-(?:aria|stately)/

/** Keeps the texts of react-aria in English and German only. */
export const spokenLocales = (): Plugin => ({
  name: 'plausch-locales',
  enforce: 'pre',
  resolveId(id, from) {
    const locale = TEXTS.exec(id)?.[1]
    const isForeign = locale !== undefined && !SPOKEN.includes(locale)
    return isForeign && from && PACKAGE.test(from) ? NOTHING : undefined
  },
  load: (id) => (id === NOTHING ? 'export default {}' : undefined),
})
