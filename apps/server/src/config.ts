/**
 * The environment of the server, read here and nowhere else. If variables are wrong, the server names all of
 * them at once and does not start. It never repeats values, because some are secrets.
 *
 * PLAUSCH_LISTEN        host:port, [::1]:port or :port (every address); port 0 is a free one. 127.0.0.1:8065
 * PLAUSCH_DATA          the folder for everything the server keeps. ./data
 * PLAUSCH_DATABASE_URL  an external PostgreSQL, postgres://…; without it the embedded one runs
 * PLAUSCH_SITE_URL      short for PLAUSCH_SERVICESETTINGS_SITEURL
 * PLAUSCH_SECTION_KEY   fixes that setting: text as it is, true or false, numbers, lists and objects as JSON
 */
import { resolve } from 'node:path'
import { everySetting, expectedOf, isBelowPath, mayBe, type SettingSection, tidied } from '@plausch/wire'

/**
 * Settings that the environment fixes: section → key → value. Administrators see them and cannot change them.
 */
export type FixedSettings = Partial<Record<SettingSection, Record<string, unknown>>>

export type Config = {
  /** Port 0 chooses a free one. `::` stands for every address, including IPv4. */
  listen: { host: string; port: number }
  /** Absolute path of the data folder. */
  data: string
  /** Undefined: the embedded PostgreSQL. */
  databaseUrl: string | undefined
  fixed: FixedSettings
}

/** The environment is invalid; `problems` says why, one sentence each. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

type Environment = Record<string, string | undefined>
type Setting = ReturnType<typeof everySetting>[number]

const SITE_URL = 'PLAUSCH_SITE_URL'
const SITE_URL_IN_FULL = 'PLAUSCH_SERVICESETTINGS_SITEURL'

const NO_SUBPATH = 'Plausch needs a host name of its own, such as https://chat.example.org.'

const own = ['PLAUSCH_LISTEN', 'PLAUSCH_DATA', 'PLAUSCH_DATABASE_URL', SITE_URL] as const
type Own = (typeof own)[number]

/** The variable that fixes a setting. */
export const variableOf = (section: string, key: string): string => `PLAUSCH_${section}_${key}`.toUpperCase()

/**
 * Is an address reachable only from this machine? Assumes that host names other than `localhost` are
 * reachable from elsewhere.
 */
export const isLoopback = (host: string): boolean => {
  const bare = host.toLowerCase().replace(/^\[|\]$/g, '')
  return bare === 'localhost' || bare === '::1' || /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(bare)
}

/** How many letters must be changed, added or dropped to turn one word into the other. */
const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= to.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}

const nearest = (name: string, known: Iterable<string>): string | undefined => {
  let best: { name: string; distance: number } | undefined
  for (const each of known) {
    const far = distance(name, each)
    if (!best || far < best.distance) best = { name: each, distance: far }
  }
  // If more than a third of its letters differ, a name is another word, not a typing error.
  return best && best.distance * 3 <= name.length - 'PLAUSCH_'.length ? best.name : undefined
}

const readListen = (text: string): Config['listen'] | undefined => {
  const found = /^(?<host>\[[0-9a-f:.]+\]|[a-z0-9.-]*):(?<port>\d{1,5})$/i.exec(text)?.groups
  if (!found || Number(found.port) > 65_535) return undefined
  return { host: (found.host ?? '').replace(/^\[|\]$/g, '') || '::', port: Number(found.port) }
}

const isDatabaseUrl = (text: string): boolean => {
  const url = URL.parse(text)
  return url?.protocol === 'postgres:' || url?.protocol === 'postgresql:'
}

/**
 * Parses the text of a variable as the type of the setting's default; undefined if it is not of that type.
 */
const parsed = (text: string, byDefault: unknown): unknown => {
  if (typeof byDefault === 'string') return text
  if (typeof byDefault === 'boolean') return /^(true|false)$/i.test(text) ? /^true$/i.test(text) : undefined
  if (typeof byDefault === 'number') return /^-?\d{1,16}$/.test(text) ? Number(text) : undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads the variables that are not settings; adds what is wrong to `problems`. */
const readOwn = (values: Map<string, string>, problems: string[]): Omit<Config, 'fixed'> => {
  // An empty variable counts as unset here, because compose files pass on empty ones.
  const take = <T>(name: Own, expected: string, read: (text: string) => T | undefined): T | undefined => {
    const text = values.get(name) || undefined
    const value = text === undefined ? undefined : read(text)
    if (text !== undefined && value === undefined) problems.push(`${name} must be ${expected}.`)
    return value
  }
  const url = '"postgres://user@host:port/database"'
  return {
    listen: take(
      'PLAUSCH_LISTEN',
      'host:port, [::1]:port or :port, for example 127.0.0.1:8065',
      readListen,
    ) ?? {
      host: '127.0.0.1',
      port: 8065,
    },
    data: resolve(
      take('PLAUSCH_DATA', 'the path of a folder', (path) => (path.includes('\0') ? undefined : path)) ??
        'data',
    ),
    databaseUrl: take('PLAUSCH_DATABASE_URL', url, (text) => (isDatabaseUrl(text) ? text : undefined)),
  }
}

const readFixed = (
  values: Map<string, string>,
  named: Map<string, Setting>,
  problems: string[],
): FixedSettings => {
  const fixed: FixedSettings = {}
  for (const [name, text] of values) {
    const setting = named.get(name === SITE_URL ? SITE_URL_IN_FULL : name)
    if (!setting || (name === SITE_URL && text === '')) continue
    const { section, key } = setting
    const value = tidied(section, key, parsed(text, setting.value))
    if (isBelowPath(section, key, value)) {
      problems.push(`${name} must have no path after the host: ${NO_SUBPATH}`)
      continue
    }
    if (value === undefined || !mayBe(section, key, value)) {
      problems.push(`${name} must be ${expectedOf(section, key)}.`)
      continue
    }
    fixed[section] = { ...fixed[section], [key]: value }
  }
  return fixed
}

/** The variables that begin with our prefix, by their names in capitals. */
const ours = (env: Environment, problems: string[]): Map<string, string> => {
  const values = new Map<string, string>()
  for (const [name, text] of Object.entries(env)) {
    const capitals = name.toUpperCase()
    if (text === undefined || !capitals.startsWith('PLAUSCH_')) continue
    if (values.has(capitals)) problems.push(`${capitals} is there twice, in different spellings.`)
    values.set(capitals, text)
  }
  return values
}

/** Reads the configuration from the environment. Throws a ConfigError that names everything that is wrong. */
export const readConfig = (env: Environment): Config => {
  const problems: string[] = []
  const values = ours(env, problems)
  const named = new Map(everySetting().map((each) => [variableOf(each.section, each.key), each]))
  for (const name of values.keys()) {
    if (named.has(name) || own.some((each) => each === name)) continue
    const near = nearest(name, [...own, ...named.keys()])
    problems.push(`${name} is no variable of Plausch.${near ? ` Did you mean ${near}?` : ''}`)
  }
  if (values.get(SITE_URL) && values.has(SITE_URL_IN_FULL)) {
    problems.push(`${SITE_URL} and ${SITE_URL_IN_FULL} are the same setting; only one of them may be there.`)
  }
  const config = { ...readOwn(values, problems), fixed: readFixed(values, named, problems) }
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}
