/** Reads the whole wanted state from the directory, and the kept state from the database. */
import type { Filter } from 'ldapts'
import type { Context } from '../../../core/context.ts'
import { type Connection, isSizeLimit } from '../../../core/ldap.ts'
import { type Entry, idOf, isBinary } from '../../../core/ldap-entries.ts'
import type { Server } from '../../../core/server.ts'
import { emailOf, usernameOf } from '../../people/users/index.ts'
import type { Measures } from './brake.ts'
import { compare, type Diff, type Wanted } from './diff.ts'
import { MEMBER_KEYS, memberKeysOf } from './groups.ts'
import { allOf, filterOf, peopleFilter, personAttributes, personOf, providedFields } from './people.ts'
import { countDeactivated, listKept, listTaken } from './store.ts'

const PAGE = 500
export const DAY_MS = 86_400_000

/**
 * All entries that match, page by page. Throws if the directory gives only a part of them: a list that is cut
 * would say that the others are gone.
 */
export const readAll = async (
  connection: Connection,
  server: Server,
  filter: Filter,
  attributes: readonly string[],
): Promise<Entry[]> => {
  const { BaseDN, MaxPageSize } = server.settings().LdapSettings
  try {
    const { entries } = await connection.search({
      base: BaseDN,
      filter,
      attributes,
      binary: attributes.filter(isBinary),
      pageSize: MaxPageSize || PAGE,
    })
    return entries
  } catch (error) {
    if (isSizeLimit(error))
      throw new Error(
        'The directory gives the service account only a part of the entries (its size limit). Nothing was changed.',
        { cause: error },
      )
    throw error
  }
}

/** The ids of the people who match an administrator's filter as well. */
const idsOf = async (connection: Connection, server: Server, filter: string): Promise<Set<string>> => {
  if (filter.trim() === '') return new Set()
  const settings = server.settings().LdapSettings
  const both = await allOf(await peopleFilter(settings), await filterOf(filter))
  const entries = await readAll(connection, server, both, [settings.IdAttribute])
  return new Set(entries.map((entry) => idOf(entry, settings.IdAttribute)))
}

/** Everybody whom the directory has; `withKeys` if groups are to know them. */
export const readPeople = async (
  connection: Connection,
  server: Server,
  withKeys = false,
): Promise<Wanted[]> => {
  const { LdapSettings: settings, GuestAccountsSettings } = server.settings()
  const entries = await readAll(connection, server, await peopleFilter(settings), [
    ...new Set([...personAttributes(settings), ...(withKeys ? MEMBER_KEYS : [])]),
  ])
  const guests = GuestAccountsSettings.Enable
    ? await idsOf(connection, server, settings.GuestFilter)
    : new Set<string>()
  const admins = settings.EnableAdminFilter
    ? await idsOf(connection, server, settings.AdminFilter)
    : undefined
  const now = Date.now()
  return entries.map((entry) => {
    const person = personOf(settings, entry, now)
    const isGuest = guests.has(person.id)
    return {
      ...person,
      isGuest,
      isAdmin: isGuest ? false : admins?.has(person.id),
      ...(withKeys && { keys: memberKeysOf(entry) }),
    }
  })
}

export type Compared = { diff: Diff; measures: Measures }

/** The difference between what the directory has and what is kept here, with what the brake needs to know. */
export const compareAll = async (
  { db, server, now }: Pick<Context, 'db' | 'server' | 'now'>,
  people: readonly Wanted[],
  foundBefore: number,
): Promise<Compared> => {
  const kept = await listKept(db)
  const taken = await listTaken(
    db,
    people.map(({ email }) => emailOf(email)),
    people.map(({ username }) => usernameOf(username)),
  )
  const diff = compare({
    people,
    kept,
    addresses: new Map(taken.map(({ id, email }) => [email, id])),
    names: new Map(taken.map(({ id, username }) => [username, id])),
    provided: new Set(providedFields(server.settings().LdapSettings)),
    now,
    confirmMs: server.settings().PlauschSettings.LdapConfirmMissingMinutes * 60_000,
  })
  const measures = {
    active: kept.filter(({ delete_at }) => delete_at === 0).length,
    found: people.length,
    foundBefore,
    goneToday: await countDeactivated(db, now - DAY_MS),
  }
  return { diff, measures }
}
