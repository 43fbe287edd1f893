/** Tests of the connection, of filters and of attributes, step by step, for administrators. */
import type { DirectoryDiagnostic, DirectorySample, directory, InputOf } from '@plausch/wire'
import type { Filter } from 'ldapts'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { type Connection, DirectoryDown, DirectoryRefusal, ldap, openConnection } from '../../../core/ldap.ts'
import { type Entry, idOf, isBinary } from '../../../core/ldap-entries.ts'
import { closeBreaker } from './breaker.ts'
import { groupsFilter } from './groups.ts'
import { allOf, filterOf, loginAttribute, peopleFilter, personOf } from './people.ts'
import { findFiles } from './store.ts'
import { type LdapConfig, targetOf } from './target.ts'
import { storedSettings, unsavedOwnSettings, unsavedSettings } from './unsaved.ts'

const ok = { status: 'OK' as const }
/** An administrator waits in front of the screen. */
const TRIAL_MS = 10_000
const SAMPLES = 5
const MOST_VALUE = 200

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Does some work with settings that may not be saved; whatever goes wrong is told with its reason. */
const trying = async <T>(
  context: Context,
  settings: LdapConfig,
  work: (connection: Connection) => Promise<T>,
  sent: Readonly<Record<string, unknown>> = {},
): Promise<T> => {
  const { server } = context
  try {
    const target = targetOf(settings, unsavedOwnSettings(context, sent), await findFiles(server.db))
    const connection = await openConnection(target, TRIAL_MS)
    try {
      return await work(connection)
    } finally {
      connection.close()
    }
  } catch (error) {
    if (error instanceof DirectoryDown || error instanceof DirectoryRefusal)
      throw new Fault('ent.ldap.connection.test_failed', { reason: reasonOf(error) }, error)
    throw error
  }
}

/** Is the base there, and may the service account read it? */
const checkBase = async (connection: Connection, { BaseDN }: LdapConfig): Promise<void> => {
  if (BaseDN === '') return
  const { PresenceFilter } = await ldap()
  const { entries } = await connection.search({
    base: BaseDN,
    scope: 'base',
    filter: new PresenceFilter({ attribute: 'objectClass' }),
    attributes: ['1.1'],
  })
  if (entries.length === 0) throw new DirectoryRefusal(`nothing can be read at ${BaseDN}`, 32)
}

export const test = async (context: Context) => {
  const stored = storedSettings(context)
  if (!stored.Enable && !stored.EnableSync) throw new Fault('ent.ldap.disabled.app_error')
  await trying(context, stored, (connection) => checkBase(connection, stored))
  closeBreaker(context.server)
  return ok
}

export const testConnection = async (
  context: Context,
  { body }: InputOf<typeof directory.testConnection>,
) => {
  const settings = unsavedSettings(context, body)
  await trying(context, settings, (connection) => checkBase(connection, settings), body)
  return ok
}

type Row = Pick<DirectoryDiagnostic, 'test_name' | 'test_value'>

const rowOf = (
  row: Row,
  result: Partial<Omit<DirectoryDiagnostic, keyof Row>> = {},
): DirectoryDiagnostic => ({
  ...row,
  total_count: 0,
  entries_with_value: 0,
  error: '',
  sample_results: [],
  ...result,
})

const all = (
  connection: Connection,
  { BaseDN, MaxPageSize }: LdapConfig,
  filter: Filter,
  attributes: string[],
) =>
  connection.search({
    base: BaseDN,
    filter,
    attributes,
    binary: attributes.filter(isBinary),
    pageSize: MaxPageSize || 500,
  })

const sampleOf = (settings: LdapConfig, entry: Entry): DirectorySample => {
  const { id, username, email, first_name, last_name } = personOf(settings, entry, Date.now())
  return { dn: entry.dn, id, username, email, first_name, last_name }
}

/**
 * What an entry has, so that an administrator sees which attribute to name. Passwords are never asked for.
 */
const attributesOf = (entry: Entry): Record<string, string> =>
  Object.fromEntries(
    entry
      .names()
      .filter((name) => !/password|pwd|secret|key/i.test(name))
      .map((name) => [name, isBinary(name) ? '(bytes)' : entry.texts(name).join(', ').slice(0, MOST_VALUE)]),
  )

/** An entry with everything that it has. Asked for few only: a directory may have a photo of everybody. */
const wholeOf = async (connection: Connection, entry: Entry): Promise<Entry> => {
  const { PresenceFilter } = await ldap()
  const { entries } = await connection.search({
    base: entry.dn,
    scope: 'base',
    filter: new PresenceFilter({ attribute: 'objectClass' }),
    attributes: ['*'],
  })
  return entries[0] ?? entry
}

const names = (settings: LdapConfig) => [
  settings.IdAttribute,
  settings.UsernameAttribute,
  settings.EmailAttribute,
  settings.FirstNameAttribute,
  settings.LastNameAttribute,
]

/** Runs the test of a row; what goes wrong is its result. */
const attempt = async (row: Row, work: () => Promise<DirectoryDiagnostic>): Promise<DirectoryDiagnostic> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DirectoryDown) throw error
    return rowOf(row, { error: reasonOf(error) })
  }
}

const diagnoseFilters = async (connection: Connection, settings: LdapConfig) => {
  const rows: DirectoryDiagnostic[] = []
  const base = { test_name: 'BaseDN', test_value: settings.BaseDN }
  rows.push(
    await attempt(base, async () => {
      await checkBase(connection, settings)
      return rowOf(base, { total_count: 1, entries_with_value: 1 })
    }),
  )
  for (const key of ['UserFilter', 'GuestFilter', 'AdminFilter', 'GroupFilter'] as const) {
    const row = { test_name: key, test_value: settings[key] }
    if (settings[key] === '' && key !== 'UserFilter') continue
    rows.push(
      await attempt(row, async () => {
        const filter =
          key === 'UserFilter'
            ? await peopleFilter(settings)
            : key === 'GroupFilter'
              ? await groupsFilter(settings)
              : await allOf(await peopleFilter(settings), await filterOf(settings[key]))
        const { entries } = await all(
          connection,
          settings,
          filter,
          names(settings).filter((name) => name !== ''),
        )
        const samples = entries.slice(0, SAMPLES).map((entry) => sampleOf(settings, entry))
        return rowOf(row, {
          total_count: entries.length,
          entries_with_value: entries.length,
          error: entries.length === 0 ? 'No entry matches.' : '',
          sample_results: samples,
        })
      }),
    )
  }
  return rows
}

const diagnoseAttributes = async (
  connection: Connection,
  settings: LdapConfig,
  filter: Filter,
  wanted: readonly Row[],
  must: ReadonlySet<string>,
  show: (entry: Entry) => DirectorySample,
) => {
  const named = wanted.filter(({ test_value }) => test_value !== '')
  const { entries } = await all(
    connection,
    settings,
    filter,
    named.map(({ test_value }) => test_value),
  )
  const samples = new Map<Entry, DirectorySample>()
  const sample = async (entry: Entry): Promise<DirectorySample> => {
    const known = samples.get(entry) ?? {
      ...show(entry),
      available_attributes: attributesOf(await wholeOf(connection, entry)),
    }
    samples.set(entry, known)
    return known
  }
  const rows: DirectoryDiagnostic[] = []
  for (const row of named) {
    const having = entries.filter((entry) => idOf(entry, row.test_value) !== '')
    const isMissing = having.length === 0 || (must.has(row.test_name) && having.length < entries.length)
    const lacking = entries.length - having.length
    const sample_results: DirectorySample[] = []
    for (const entry of (having.length > 0 ? having : entries).slice(0, SAMPLES))
      sample_results.push(await sample(entry))
    const result = {
      total_count: entries.length,
      entries_with_value: having.length,
      error: isMissing ? `${lacking} of ${entries.length} entries have no ${row.test_value}.` : '',
      ...(lacking > 0 && !isMissing ? { message: `${lacking} entries have no ${row.test_value}.` } : {}),
      sample_results,
    }
    rows.push(rowOf(row, result))
  }
  return rows
}

const diagnosers: Record<
  string,
  (connection: Connection, settings: LdapConfig) => Promise<DirectoryDiagnostic[]>
> = {
  filters: diagnoseFilters,
  async attributes(connection, settings) {
    const keys = [
      'IdAttribute',
      'LoginIdAttribute',
      'UsernameAttribute',
      'EmailAttribute',
      'FirstNameAttribute',
      'LastNameAttribute',
      'NicknameAttribute',
      'PositionAttribute',
      'PictureAttribute',
    ] as const
    const rows = keys.map((key) => ({
      test_name: key,
      test_value: key === 'LoginIdAttribute' ? loginAttribute(settings) : settings[key],
    }))
    const must = new Set(['IdAttribute', 'LoginIdAttribute', 'UsernameAttribute', 'EmailAttribute'])
    const filter = await peopleFilter(settings)
    return await diagnoseAttributes(connection, settings, filter, rows, must, (entry) =>
      sampleOf(settings, entry),
    )
  },
  async group_attributes(connection, settings) {
    const keys = ['GroupDisplayNameAttribute', 'GroupIdAttribute'] as const
    const rows = keys.map((key) => ({ test_name: key, test_value: settings[key] }))
    const filter = await groupsFilter(settings)
    return await diagnoseAttributes(connection, settings, filter, rows, new Set(keys), (entry) => ({
      dn: entry.dn,
      ...(settings.GroupIdAttribute ? { id: idOf(entry, settings.GroupIdAttribute) } : {}),
      ...(settings.GroupDisplayNameAttribute
        ? { display_name: entry.text(settings.GroupDisplayNameAttribute) }
        : {}),
    }))
  },
}

export const diagnose = async (
  context: Context,
  { body, query }: InputOf<typeof directory.diagnose>,
): Promise<DirectoryDiagnostic[]> => {
  const run = Object.hasOwn(diagnosers, query.test) ? diagnosers[query.test] : undefined
  if (!run) throw new Fault('api.context.invalid_url_param.app_error', { name: 'test' })
  const settings = unsavedSettings(context, body)
  return await trying(context, settings, (connection) => run(connection, settings), body)
}
