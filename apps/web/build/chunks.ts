/**
 * Which modules come in one file at the start. The bundler by itself makes a file of each set of modules that
 * the same pages use: forty, most of them smaller than a request is worth, and each compressed alone.
 */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { forEverybody, loadedLaterBy, loadedWith, namedBy } from './loads.ts'

type Group = { name: string; test(id: string): boolean; priority: number }

const STYLES = /from '(\.[^']+\.css)'/g

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
 * nothing. `chat`: the rest of the chat. `composer`: comes right after the messages. `rest`: actions and
 * settings (`loadRest` in platform/feature.ts). `styles`: all styles of what is loaded later, but for the
 * console's. The bundler adds what these modules import.
 */
export const firstChunks = (source: string): Group[] => {
  const main = loadedWith([join(source, 'main.tsx')])
  const openPages = loadedLaterBy([join(source, 'screens/open-pages.ts')])
  const signedOut = loadedWith([join(source, 'screens/SignedOut.tsx'), ...openPages])
  const signedOutStyles = new Set(namedBy(signedOut, STYLES))
  const styles = new Set(namedBy(forEverybody(source), STYLES))
  const names = namesFromPackages(signedOut)
  const chat = loadedWith([join(source, 'screens/SignedIn.tsx'), join(source, 'platform/client.ts')])
  const composer = loadedWith([join(source, 'features/messages/drafts/Composer.tsx')])
  const isShared = (id: string): boolean =>
    (signedOut.has(id) && chat.has(id)) ||
    /[\\/]wouter[\\/]/.test(id) ||
    (NAMED.test(id) && names.has(nameOf(id)))
  return [
    { name: 'start', test: (id) => main.has(id) || isShared(id), priority: 4 },
    { name: 'chat', test: (id) => chat.has(id), priority: 3 },
    {
      name: 'styles',
      test: (id) => styles.has(id) && !signedOutStyles.has(id),
      priority: 2,
    },
    { name: 'composer', test: (id) => composer.has(id), priority: 1 },
    { name: 'rest', test: (id) => /[\\/]features[\\/].*[\\/]rest\.ts$/.test(id), priority: 0 },
  ]
}

/** Files that are there when somebody opens something, or are on their way. */
const THERE = /^static\/(?:start|chat|styles|composer|rest|rolldown-runtime)-[^/]*\.js$/

/** Which scripts are requested together with a part that is loaded later: each part has a list of them. */
export const besidesFirst = (scripts: readonly string[]): string[] =>
  scripts.filter((name) => !THERE.test(name))
