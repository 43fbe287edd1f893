/**
 * Which modules come in one file at the start. The bundler by itself makes a file of each set of modules that
 * the same pages use: forty, most of them smaller than a request is worth, and each compressed alone.
 */
import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { loadedWith } from './texts.ts'

type Group = { name: string; test(id: string): boolean; priority: number }

/** The files that a file loads later. */
const lazyFilesOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/import\('(\.[^']+)'\)/g)].map(([, to = '']) =>
    join(dirname(file), to),
  )

/** What these files import from packages, in small letters: icons and nouns of the contract, among others. */
const namesFromPackages = (files: Iterable<string>): Set<string> => {
  const imports = [...files].flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(/^import \{([^}]*)\} from '[^.]/gm),
  ])
  const names = imports.flatMap(([, list = '']) => list.split(','))
  return new Set(
    names.map((name) =>
      name
        .trim()
        .replace(/ as .*/, '')
        .toLowerCase(),
    ),
  )
}

/** Each icon, and each noun of the contract, is a module that has its name. */
const NAMED = /[\\/]lucide-react[\\/]|^\0contract\//
const nameOf = (id: string): string =>
  basename(id)
    .replace(/\.m?js$/, '')
    .replaceAll('-', '')
    .toLowerCase()

/**
 * `start`: what all pages need, and what pages without a session share with the chat, of which they must load
 * nothing. `chat`: the rest of the chat. The bundler adds what these modules import.
 */
export const firstChunks = (source: string): Group[] => {
  const main = loadedWith([join(source, 'main.tsx')])
  const openPages = lazyFilesOf(join(source, 'screens/open-pages.ts'))
  const signedOut = loadedWith([join(source, 'screens/SignedOut.tsx'), ...openPages])
  const names = namesFromPackages(signedOut)
  const chat = loadedWith([join(source, 'screens/SignedIn.tsx'), join(source, 'platform/client.ts')])
  const isShared = (id: string): boolean =>
    (signedOut.has(id) && chat.has(id)) ||
    /[\\/]wouter[\\/]/.test(id) ||
    (NAMED.test(id) && names.has(nameOf(id)))
  return [
    { name: 'start', test: (id) => main.has(id) || isShared(id), priority: 2 },
    { name: 'chat', test: (id) => chat.has(id), priority: 1 },
    { name: 'styles', test: (id) => id.includes('.module.css'), priority: 0 },
  ]
}

/**
 * Which scripts are requested together with a part that is loaded later: without those of the start, which
 * are there. To name them for each of the hundred parts takes 4 kB.
 */
export const besidesFirst = (scripts: readonly string[]): string[] =>
  scripts.filter((name) => !/^static\/(?:start|chat|rolldown-runtime)-[^/]*\.js$/.test(name))
