import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { spokenLocales } from './build/locales.ts'
import { preloads } from './build/preloads.ts'
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
    compiledTexts(here('./src')),
    preloads(['en', 'de']),
    spokenLocales(),
    react(),
  ],
  resolve: {
    alias: [
      { find: /^typebox$/, replacement: here('./build/no-schemas.ts') },
      { find: /^entities$/, replacement: here('./build/entities.ts') },
      { find: /^linkify-it$/, replacement: here('./build/no-linkify.ts') },
      { find: /^uc\.micro$/, replacement: here('./build/punctuation.ts') },
      {
        find: /^@formatjs\/icu-messageformat-parser$/,
        replacement: '@formatjs/icu-messageformat-parser/no-parser.js',
      },
    ],
  },
  build: {
    outDir: here('./dist'),
    assetsDir: 'static',
    target: 'es2023',
    // Inlined files would need `data:` in more places of the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': { target: server, ws: true } },
  },
})
