/** Which settings the source reads: the settings page says by this whether a setting has an effect. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultSettings } from '@plausch/wire'

const source = join(import.meta.dirname, '../apps/server/src')
/** These name settings without reading them. */
const notRead = /\.test\.ts$|^features\/ground\/settings\/client-keys\.ts$/

const keysOf = new Map(
  Object.entries(defaultSettings).map(([section, keys]) => [section, Object.keys(keys)] as const),
)
const sections = [...keysOf.keys()].join('|')

/**
 * Removes comments and texts, which name settings as well; the rest is code. `Settings['X']` becomes
 * `Settings.X`.
 */
export const codeOf = (text: string): string =>
  text
    .replaceAll(/\bSettings\['(\w+)'\](?!\[)/g, 'Settings.$1')
    .replaceAll(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, (part) =>
      part.startsWith('/') ? '' : "''",
    )

/** `….TeamSettings.SiteName` */
const dotted = new RegExp(`\\b(${sections})\\s*\\.(\\w+)`, 'g')
/**
 * `const { SiteName } = ….TeamSettings`, `{ SiteName }: Settings['TeamSettings']`, `{ TeamSettings: { SiteName }
 * }`
 */
const taken = [
  new RegExp(`\\{(?<keys>[\\w\\s:,]+)\\}\\s*=\\s*[\\w.()#]*\\b(?<section>${sections})\\b`, 'g'),
  new RegExp(`\\{(?<keys>[\\w\\s:,]+)\\}\\s*:\\s*Settings\\.(?<section>${sections})\\b`, 'g'),
  new RegExp(`\\b(?<section>${sections})\\s*:\\s*\\{(?<keys>[\\w\\s:,]+)\\}\\s*[,}]`, 'g'),
]
/**
 * `const rules = ….TeamSettings`, `{ TeamSettings: rules }`, `const rules = isGuest ? GuestAccountsSettings :
 * TeamSettings`
 */
const named = [
  new RegExp(`\\b(?<name>\\w+)\\s*=\\s*[\\w.()#]*\\b(?<section>${sections})\\b(?!\\s*\\.)`, 'g'),
  new RegExp(`\\b(?<section>${sections})\\s*:\\s*(?<name>[a-z]\\w*)\\s*[,}]`, 'g'),
  new RegExp(`\\b(?<name>\\w+)\\s*=[^=;\\n]*\\?\\s*(?<section>${sections})\\s*:`, 'g'),
  new RegExp(`\\b(?<name>\\w+)\\s*=[^=;\\n]*\\?[^=;\\n]*:\\s*(?<section>${sections})\\b(?!\\s*\\.)`, 'g'),
]

const matchesOf = (patterns: readonly RegExp[], code: string): Record<string, string>[] =>
  patterns.flatMap((pattern) => [...code.matchAll(pattern)].map(({ groups = {} }) => groups))

/** The settings that a source file reads, as `Section.Key`. */
export const readIn = (text: string): string[] => {
  const code = codeOf(text)
  const direct = [...code.matchAll(dotted)].map(([, section, key]) => `${section}.${key}`)
  const parts = matchesOf(taken, code).flatMap(({ keys = '', section }) =>
    keys.split(',').map((key) => `${section}.${key.split(':')[0]?.trim()}`),
  )
  const byName = matchesOf(named, code).flatMap(({ name, section }) =>
    [...code.matchAll(new RegExp(`(?<!\\.)\\b${name}\\.(\\w+)`, 'g'))].map(([, key]) => `${section}.${key}`),
  )
  return [...new Set([...direct, ...parts, ...byName])].filter((name) => {
    const [section = '', key = ''] = name.split('.')
    return keysOf.get(section)?.includes(key)
  })
}

/**
 * The keys of the sections in a file's code that also occur in that code; `readIn` should find each of them.
 */
export const namedIn = (text: string): string[] => {
  const code = codeOf(text)
  const named = [...keysOf].filter(([section]) => new RegExp(`\\b${section}\\b`).test(code))
  return named.flatMap(([section, keys]) =>
    keys.filter((key) => new RegExp(`(\\.|[{,]\\s*)${key}\\b`).test(code)).map((key) => `${section}.${key}`),
  )
}

/**
 * The source of the server, except files that name settings without reading them: paths below
 * `apps/server/src`, and their texts.
 */
export const readingSources = async (): Promise<[path: string, text: string][]> => {
  const files = (await readdir(source, { recursive: true })).filter(
    (file) => file.endsWith('.ts') && !notRead.test(file),
  )
  return await Promise.all(
    files
      .sort()
      .map(async (file): Promise<[string, string]> => [file, await readFile(join(source, file), 'utf8')]),
  )
}
