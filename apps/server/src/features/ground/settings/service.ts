/**
 * The settings in force: defaults, overridden by what administrators chose, overridden by what the
 * environment fixes.
 */
import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import {
  defaultSettings,
  expectedOf,
  type InputOf,
  isBelowPath,
  isSetting,
  mayBe,
  type Operation,
  type settings as operations,
  type SettingSection,
  type Settings,
  tidied,
  valueIn,
} from '@plausch/wire'
import type { FixedSettings } from '../../../config.ts'
import type { Context } from '../../../core/context.ts'
import { effect } from '../../../core/effects.ts'
import { Fault } from '../../../core/faults.ts'
import { newId } from '../../../core/ids.ts'
import { canMail } from '../../../core/mail.ts'
import { perServer, type Server } from '../../../core/server.ts'
import { clientLicense, isLicensed, servedBy, unservedKeys } from './capabilities.ts'
import { settingsChecks } from './checks.ts'
import { type About, type ClientConfig, earlyConfig, fullConfig, VERSION } from './client-config.ts'
import { announceConfig, settingsChanged } from './events.ts'
import { MASK, masked, unmasked } from './secrets.ts'
import {
  findOrCreateInstallation,
  listChosen,
  lockSettings,
  removeChosen,
  type SettingRow,
  saveChosen,
} from './store.ts'

type State = {
  fixed: FixedSettings
  served: ReadonlySet<string>
  installation: About['installation']
  settings: Settings
  /** The id of the current terms of service, which clients get with the settings. */
  termsId: string
  /** The features of this server, in the form of v4's licence map. */
  license: Record<string, string>
  /** The client configuration for signed-in clients. */
  config: ClientConfig
  /**
   * X-Version-Id and `server_version` of hello: version, build, hash of the client configuration, licensed.
   * Every reply has it.
   */
  versionId: string
}

const stateOf = perServer<{ state: State | undefined }>(
  'settings in force',
  'a cache of the database, and the environment of this server: other servers read their own',
  () => ({ state: undefined }),
)

const openState = (server: Server): State => {
  const { state } = stateOf(server)
  if (!state) throw new Error('openSettings has not run yet')
  return state
}

/** All settings, each with the value that `find` returns, or its default. */
const settingsOf = (find: (section: SettingSection, key: string) => unknown): Settings =>
  Object.fromEntries(
    Object.entries(defaultSettings).map(([section, keys]) => [
      section,
      Object.fromEntries(
        Object.entries(keys).map(([key, byDefault]) => [
          key,
          find(section as SettingSection, key) ?? byDefault,
        ]),
      ),
    ]),
  ) as Settings

/** The stored values that are still valid for an existing setting: both differ between versions. */
const usable = (server: Server, rows: readonly SettingRow[]): Map<string, unknown> => {
  const [good, bad] = [new Map<string, unknown>(), [] as string[]]
  for (const { section, key, value } of rows) {
    const name = `${section}.${key}`
    if (isSetting(section, key) && mayBe(section as SettingSection, key, value)) good.set(name, value)
    else bad.push(name)
  }
  if (bad.length > 0)
    server.log.warn({ settings: bad }, 'stored settings that this version does not know are left out')
  return good
}

const layered = (server: Server, fixed: FixedSettings, rows: readonly SettingRow[]): Settings => {
  const chosen = usable(server, rows)
  return settingsOf((section, key) => fixed[section]?.[key] ?? chosen.get(`${section}.${key}`))
}

const aboutOf = ({
  served,
  installation,
  settings,
  termsId,
  license,
}: Pick<State, 'served' | 'installation' | 'settings' | 'termsId' | 'license'>): About => ({
  installation,
  termsId,
  unserved: unservedKeys(served, canMail(settings)),
  isLicensed: isLicensed(license),
})

const withSettings = (
  base: Pick<State, 'fixed' | 'served' | 'installation' | 'termsId'>,
  settings: Settings,
): State => {
  const license = clientLicense(base.served, settings.TeamSettings.SiteName)
  const config = fullConfig(settings, aboutOf({ ...base, settings, license }))
  const hash = createHash('sha256').update(JSON.stringify(config)).digest('hex').slice(0, 32)
  const versionId = `${VERSION}.${VERSION}.${hash}.${isLicensed(license)}`
  return { ...base, settings, license, config, versionId }
}

export type OpenSettings = {
  /** The settings that the environment fixes. */
  fixed: FixedSettings
  /** Every mounted operation: they determine the features that clients are told of. */
  operations: Iterable<Pick<Operation, 'method' | 'path'>>
}

/** Loads the settings. Call it after the migrations, and before anything reads a setting. */
export const openSettings = async (server: Server, { fixed, operations }: OpenSettings): Promise<void> => {
  const now = Date.now()
  const installation = await findOrCreateInstallation(server.db, { id: newId(now), create_at: now })
  const base = { fixed, served: servedBy(operations), installation, termsId: '' }
  stateOf(server).state = withSettings(base, layered(server, fixed, await listChosen(server.db)))
}

/** Reads the settings again, after another server or the command line has changed them. */
export const reloadSettings = async (server: Server): Promise<void> => {
  const state = openState(server)
  stateOf(server).state = withSettings(state, layered(server, state.fixed, await listChosen(server.db)))
}

/** Sets the current terms at the start, so that clients are told of them. */
export const knowTerms = (server: Server, termsId: string): void => {
  const state = openState(server)
  stateOf(server).state = withSettings({ ...state, termsId }, state.settings)
}

/** Announces new terms to clients with the commit. The caller must also call `knowTerms`. */
export const announceTerms = (context: Context, termsId: string): void => {
  const state = openState(context.server)
  announceConfig(context, withSettings({ ...state, termsId }, state.settings).config)
}

/** The settings in force: the value of `server.settings()`. */
export const currentSettings = (server: Server): Settings => openState(server).settings

export const licenseOf = (server: Server): Record<string, string> => openState(server).license

export const versionIdOf = (server: Server): string => openState(server).versionId

/** The client configuration for the actor: the short one without a session. */
export const readClientConfig = async ({
  server,
  actor,
}: Pick<Context, 'server' | 'actor'>): Promise<ClientConfig> => {
  const state = openState(server)
  if (actor.userId !== '') return state.config
  return earlyConfig(state.settings, aboutOf(state), await server.ports.hasNoAccounts())
}

/**
 * Puts settings in force. The effect contains secrets, and the environment of other servers may fix other
 * settings, so they read the settings themselves.
 */
export const useSettings = effect<{ chosen: string }>(
  'settings.use',
  (server, { chosen }) => {
    // Other parts of the client configuration may have changed since the transaction began.
    const state = openState(server)
    const rows = JSON.parse(chosen) as SettingRow[]
    stateOf(server).state = withSettings(state, layered(server, state.fixed, rows))
  },
  {
    isSecret: true,
    elsewhere: (server: Server) =>
      server.background.run(reloadSettings(server), 'settings that changed elsewhere could not be read'),
  },
)

type Sections = Record<string, Record<string, unknown>>

/** Removes keys, and sections that are empty then. */
const without = (
  config: Sections,
  isOut: (section: string, key: string, value: unknown) => boolean,
): Sections =>
  Object.fromEntries(
    Object.entries(config)
      .map(([section, keys]) => {
        const kept = Object.entries(keys).filter(([key, value]) => !isOut(section, key, value))
        return [section, Object.fromEntries(kept)] as const
      })
      .filter(([, keys]) => Object.keys(keys).length > 0),
  )

/** All settings without the secrets, filtered by the query. */
export const getConfig = (
  { server, head }: Context,
  { query }: InputOf<(typeof operations)['get']>,
): Sections => {
  head.header('Cache-Control', 'no-cache, no-store, must-revalidate')
  const { settings } = openState(server)
  return without(
    masked(settings),
    (section, key, value) =>
      (query.remove_masked && JSON.stringify(value).includes(MASK)) ||
      (query.remove_defaults &&
        isDeepStrictEqual(valueIn(settings, section, key), valueIn(defaultSettings, section, key))),
  )
}

/** `true` for each setting that the environment fixes. */
export const getEnvironment = ({ server }: Context): Sections =>
  Object.fromEntries(
    Object.entries(openState(server).fixed).map(([section, keys]) => [
      section,
      Object.fromEntries(Object.keys(keys).map((key) => [key, true])),
    ]),
  )

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A setting with named properties may be sent in part; a map without them is replaced as a whole. */
const completed = (value: unknown, current: unknown, byDefault: unknown): unknown =>
  isObject(value) && isObject(current) && isObject(byDefault) && Object.keys(byDefault).length > 0
    ? { ...current, ...value }
    : value

/**
 * Checks the requested values and returns the settings that change. One invalid value makes the whole request
 * fail. For a setting that the environment fixes, another value is refused or ignored.
 */
const changesIn = (
  body: Sections,
  before: Settings,
  fixed: FixedSettings,
  whereFixed: 'refuse' | 'keep',
): SettingRow[] =>
  Object.entries(body).flatMap(([section, keys]) => {
    if (!Object.hasOwn(defaultSettings, section)) throw new Fault('settings.unknown', { name: section })
    return Object.entries(keys).flatMap(([key, sent]) => {
      const name = `${section}.${key}`
      if (!isSetting(section, key)) throw new Fault('settings.unknown', { name })
      if (sent === null) return []
      const current = valueIn(before, section, key)
      const whole = completed(
        unmasked(section, key, sent, current),
        current,
        valueIn(defaultSettings, section, key),
      )
      const known = section as SettingSection
      const value = tidied(known, key, whole)
      if (isBelowPath(known, key, value)) throw new Fault('settings.below_path', { name })
      if (!mayBe(known, key, value)) {
        throw new Fault('settings.wrong_value', { name, reason: expectedOf(known, key) })
      }
      if (isDeepStrictEqual(value, current)) return []
      if (fixed[known]?.[key] !== undefined) {
        if (whereFixed === 'keep') return []
        throw new Fault('settings.fixed', { name })
      }
      return [{ section, key, value }]
    })
  })

const isDefault = ({ section, key, value }: SettingRow) =>
  isDeepStrictEqual(value, valueIn(defaultSettings, section, key))

/** Puts checked changes in force with the commit, and tells everybody. */
const apply = async (
  context: Context,
  sent: Sections,
  changesOf: (before: Settings, fixed: FixedSettings) => SettingRow[],
): Promise<Sections> => {
  const { server, db, now } = context
  context.head.header('Cache-Control', 'no-cache, no-store, must-revalidate')
  await lockSettings(db)
  const state = openState(server)
  const rows = await listChosen(db)
  const before = layered(server, state.fixed, rows)
  const changes = changesOf(before, state.fixed)
  if (changes.length === 0) return masked(state.settings)
  const isUntouched = (row: SettingRow) =>
    !changes.some(({ section, key }) => section === row.section && key === row.key)
  const chosen = [...rows.filter(isUntouched), ...changes]
  const next = withSettings(state, layered(server, state.fixed, chosen))
  const names = new Set(changes.map(({ section, key }) => `${section}.${key}`))
  for (const check of server.extensions.of(settingsChecks))
    await check(context, { before, next: next.settings, names, sent })
  await removeChosen(db, changes.filter(isDefault))
  await saveChosen(
    db,
    changes.filter((change) => !isDefault(change)),
    now,
  )
  context.effect(useSettings, { chosen: JSON.stringify(chosen) })
  announceConfig(context, next.config)
  await context.emit(settingsChanged, { names: [...names] })
  return masked(next.settings)
}

/** Changes the given settings. An invalid one makes the whole request fail. */
export const patchConfig = (context: Context, { body }: { body: Sections }): Promise<Sections> =>
  apply(context, body, (before, fixed) => changesIn(body, before, fixed, 'refuse'))

/**
 * Replaces the whole configuration: missing settings go back to their defaults. What the environment fixes
 * stays, whatever the request says, because consoles send everything that they show.
 */
export const replaceConfig = (context: Context, { body }: { body: Sections }): Promise<Sections> =>
  apply(context, body, (before, fixed) => {
    const named = changesIn(body, before, fixed, 'keep')
    const unnamed = Object.entries(defaultSettings).flatMap(([section, keys]) =>
      Object.entries(keys).flatMap(([key, value]) => {
        const isKept =
          body[section]?.[key] !== undefined || fixed[section as SettingSection]?.[key] !== undefined
        const isSame = isDeepStrictEqual(value, valueIn(before, section, key))
        return isKept || isSame ? [] : [{ section, key, value }]
      }),
    )
    return [...named, ...unnamed]
  })

/** Reads the settings again, for people who changed them in the database. */
export const reloadConfig = async (context: Context) => {
  await reloadSettings(context.server)
  announceConfig(context, openState(context.server).config)
  return { status: 'OK' as const }
}
