/**
 * Makes the icons of lucide-react smaller: `icon.ts` draws them instead of its own component, which has
 * options that we do not use, and needs nothing of an icon but its shapes without their random keys.
 */
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const ICON = /[\\/]lucide-react[\\/]dist[\\/]esm[\\/]icons[\\/]/
const UNUSED = /,?\s*key: "\w+"|\bname: "[\w-]+",|\bsize: 24,|,?\s*aliases: \[[^\]]*\]|^__iconData\.node;$/gm

export const slimIcons = (): Plugin => ({
  name: 'plausch-icons',
  apply: 'build',
  enforce: 'pre',
  resolveId: (id, from) =>
    from && ICON.test(from) && id.endsWith('/createLucideIcon.mjs')
      ? fileURLToPath(new URL('./icon.ts', import.meta.url))
      : undefined,
  transform: (code, id) => (ICON.test(id) ? { code: code.replaceAll(UNUSED, ''), map: null } : undefined),
})
