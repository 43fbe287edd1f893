/**
 * Leaves out the parts of markdown-it that messages never use: its own HTML, HTML in messages, references,
 * typographic quotes and its search for bare URLs (`packages/markdown` switches them off or has its own rule).
 * They stay registered by name, and match nothing.
 */
import type { Plugin } from 'vite'

/** What each part leaves for the rest of the library. */
const PARTS: Record<string, string> = {
  'src/renderer.ts': 'var Renderer = class {};',
  'src/rules_core/linkify.ts': 'function linkify$1() {}',
  'src/rules_core/replacements.ts': 'function replace() {}',
  'src/rules_core/smartquotes.ts': 'function smartquotes() {}',
  'src/rules_block/reference.ts': 'function reference() { return false }',
  'src/common/html_blocks.ts': '',
  'src/common/html_re.ts': '',
  'src/rules_block/html_block.ts': 'function html_block() { return false }',
  'src/rules_inline/linkify.ts': 'function linkify() { return false }',
  'src/rules_inline/html_inline.ts': 'function html_inline() { return false }',
}

const without = (code: string, part: string, instead: string): string => {
  const start = code.indexOf(`//#region ${part}\n`)
  const end = code.indexOf('//#endregion', start)
  // Another version of the library must be looked at before it is built.
  if (start < 0 || end < 0) throw new Error(`markdown-it has no part ${part}`)
  return code.slice(0, start) + instead + code.slice(end)
}

export const slimMarkdown = (): Plugin => ({
  name: 'plausch-markdown',
  apply: 'build',
  transform(code, id) {
    if (!id.endsWith('/markdown-it/dist/markdown-it.mjs')) return undefined
    const slim = Object.entries(PARTS).reduce(
      (before, [part, instead]) => without(before, part, instead),
      code,
    )
    return { code: slim, map: null }
  },
})
