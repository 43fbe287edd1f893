/**
 * Makes the icons of lucide-react smaller: `icon.ts` draws them instead of its own component, with options
 * that we do not use, and each of their shapes comes without its random key.
 */
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const ICON = /[\\/]lucide-react[\\/]dist[\\/]esm[\\/]icons[\\/]/
const KEY = /,?\s*key: "\w+"/g

export const slimIcons = (): Plugin => ({
  name: 'plausch-icons',
  apply: 'build',
  enforce: 'pre',
  resolveId: (id, from) =>
    from && ICON.test(from) && id.endsWith('/createLucideIcon.mjs')
      ? fileURLToPath(new URL('./icon.ts', import.meta.url))
      : undefined,
  transform: (code, id) => (ICON.test(id) ? { code: code.replaceAll(KEY, ''), map: null } : undefined),
})
