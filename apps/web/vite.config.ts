import { createHash } from 'node:crypto'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { besidesFirst, firstChunks } from './build/chunks.ts'
import { emojiWords } from './build/emoji.ts'
import { hoverOnlyWherePossible } from './build/hover.ts'
import { slimIcons } from './build/icons.ts'
import { spokenLocales } from './build/locales.ts'
import { preloads } from './build/preloads.ts'
import { shellOf } from './build/shell.ts'
import { slimContract } from './build/slim-contract.ts'
import { slimMarkdown } from './build/slim-markdown.ts'
import { compiledTexts } from './build/texts.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const server = process.env.PLAUSCH_DEV_SERVER ?? 'http://127.0.0.1:8065'

export default defineConfig({
  root: here('.'),
  plugins: [
    slimContract(here('../../packages/wire/src')),
    slimMarkdown(),
    slimIcons(),
    compiledTexts(here('./src')),
    emojiWords(),
    preloads(['en', 'de']),
    spokenLocales(),
    react(),
    shellOf(here('./public')),
  ],
  resolve: {
    alias: [
      { find: /^typebox$/, replacement: here('./build/no-schemas.ts') },
      { find: /^entities$/, replacement: here('./build/entities.ts') },
      { find: /^linkify-it$/, replacement: here('./build/no-linkify.ts') },
      { find: /^punycode\.js$/, replacement: here('./build/host-names.ts') },
      { find: /^regexparam$/, replacement: here('./build/no-patterns.ts') },
      // React has had it since version 18.
      { find: /^use-sync-external-store\/shim\/index\.js$/, replacement: 'react' },
      { find: /^uc\.micro$/, replacement: here('./build/punctuation.ts') },
    ],
  },
  css: {
    postcss: { plugins: [hoverOnlyWherePossible()] },
    modules: {
      // Shorter than Vite's own: the names are in the styles and in the scripts.
      generateScopedName: (name, file) =>
        `${name}-${createHash('sha256')
          .update(relative(here('.'), file))
          .digest('base64url')
          .slice(0, 4)}`,
    },
  },
  worker: { format: 'es' },
  build: {
    outDir: here('./dist'),
    assetsDir: 'static',
    target: 'es2023',
    // Inlined files would need `data:` in more places of the content security policy.
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_, scripts, { hostType }) =>
        hostType === 'html' ? scripts : besidesFirst(scripts),
    },
    reportCompressedSize: true,
    rolldownOptions: {
      input: { index: here('./index.html'), 'service-worker': here('./src/service-worker.ts') },
      output: {
        codeSplitting: { groups: firstChunks(here('./src')) },
        // Browsers look for a new service worker at the same address.
        entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'static/[name]-[hash].js'),
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': { target: server, ws: true } },
  },
})
