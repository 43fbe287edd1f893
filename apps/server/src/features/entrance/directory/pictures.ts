/** Pictures of people, which the directory has: taken at sign-in, and by passes when an entry has changed. */
import { createHash } from 'node:crypto'
import { change, system } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { type Connection, ldap } from '../../../core/ldap.ts'
import { type Entry, idOf, idValue, isBinary } from '../../../core/ldap-entries.ts'
import type { Server } from '../../../core/server.ts'
import type { JobData } from '../../ground/jobs/index.ts'
import { takePicture } from '../../people/profiles/index.ts'
import { ASIDE_MS, withDirectory } from './breaker.ts'
import { allOf, equals, filterOf, peopleFilter } from './people.ts'
import { readAll } from './reading.ts'
import { listIdentities, savePictureDigest } from './store.ts'

/** Larger ones are not looked at: the picture of a person is a small one. */
const MOST_BYTES = 4 * 1024 * 1024
/** How many pictures are in memory at once. */
const AT_ONCE = 20
/** Clocks of servers differ. */
const MARGIN_MS = 600_000

const attributeOf = (server: Server): string => server.settings().LdapSettings.PictureAttribute

const pictureIn = (entry: Entry, attribute: string): Buffer | undefined => {
  const bytes = entry.bytes(attribute)
  return bytes && bytes.length > 0 && bytes.length <= MOST_BYTES ? bytes : undefined
}

const digestOf = (bytes: Buffer | undefined): string =>
  bytes ? createHash('sha256').update(bytes).digest('base64url') : ''

/** Gives an account the picture of its entry, unless it was taken before. Returns whether it is another one. */
const takeOne = async (
  server: Server,
  account: { id: string; picture_digest: string | null },
  bytes: Buffer | undefined,
): Promise<boolean> => {
  const digest = digestOf(bytes)
  if (account.picture_digest === digest) return false
  // Without one in the directory, a picture from before the directory stays.
  let isOther = digest !== '' || (account.picture_digest ?? '') !== ''
  try {
    if (isOther) await takePicture(server, account.id, bytes)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    // It will not become readable by another attempt.
    isOther = false
    server.log.info({ user: account.id, code: error.code }, 'the directory has a picture that cannot be read')
  }
  await change(server, { actor: system }, ({ db }) => savePictureDigest(db, account.id, digest))
  return isOther
}

/** Takes the picture of somebody who signs in. */
export const followPicture = async (
  server: Server,
  place: string,
  user: { id: string },
  dn: string,
): Promise<void> => {
  const attribute = attributeOf(server)
  if (attribute === '') return
  const bytes = await withDirectory(
    server,
    place,
    async (connection) => {
      const { PresenceFilter } = await ldap()
      const { entries } = await connection.search({
        base: dn,
        scope: 'base',
        filter: new PresenceFilter({ attribute: 'objectClass' }),
        attributes: [attribute],
        binary: [attribute],
      })
      return entries[0] && pictureIn(entries[0], attribute)
    },
    ASIDE_MS,
  )
  const [account] = await listIdentities(server.db, user.id)
  if (account) await takeOne(server, account, bytes)
}

/** As directories write times in filters: 20261130T101500Z without the T. */
const timeOf = (at: number): string => `${new Date(at).toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`

/** The ids of the people whose entries have changed since a time; all of them for 0. */
const changedSince = async (connection: Connection, server: Server, since: number): Promise<Set<string>> => {
  const settings = server.settings().LdapSettings
  const from = timeOf(since - MARGIN_MS)
  // Directories know only one of the two attributes; Active Directory wants a fraction.
  const isLater = await filterOf(`(|(modifyTimestamp>=${from})(whenChanged>=${from.replace('Z', '.0Z')}))`)
  const people = await peopleFilter(settings)
  const filter = since === 0 ? people : await allOf(people, isLater)
  const entries = await readAll(connection, server, filter, [settings.IdAttribute])
  return new Set(entries.map((entry) => idOf(entry, settings.IdAttribute)))
}

/** Reads the pictures of some people, by their ids. */
const readSome = async (
  connection: Connection,
  server: Server,
  ids: readonly string[],
): Promise<Map<string, Buffer | undefined>> => {
  const settings = server.settings().LdapSettings
  const { IdAttribute } = settings
  const attribute = attributeOf(server)
  const { OrFilter } = await ldap()
  const anyOf = new OrFilter({
    filters: await Promise.all(ids.map((id) => equals(IdAttribute, idValue(IdAttribute, id)))),
  })
  const { entries } = await connection.search({
    base: settings.BaseDN,
    filter: await allOf(await peopleFilter(settings), anyOf),
    attributes: [IdAttribute, attribute],
    binary: [attribute, ...[IdAttribute].filter(isBinary)],
  })
  return new Map(entries.map((entry) => [idOf(entry, IdAttribute), pictureIn(entry, attribute)]))
}

/**
 * Takes the pictures of everybody whose entry has changed since a time, or at whom nobody has looked yet.
 * Returns how many are other ones; undefined if it was canceled.
 */
const takeAll = async (
  connection: Connection,
  server: Server,
  since: number,
  isCanceled: () => Promise<boolean>,
): Promise<number | undefined> => {
  const changed = await changedSince(connection, server, since)
  const accounts = (await listIdentities(server.db)).filter(
    ({ auth_data, delete_at, picture_digest }) =>
      delete_at === 0 && (changed.has(auth_data) || picture_digest === null),
  )
  let count = 0
  for (let at = 0; at < accounts.length; at += AT_ONCE) {
    if (await isCanceled()) return undefined
    const some = accounts.slice(at, at + AT_ONCE)
    const pictures = await readSome(
      connection,
      server,
      some.map(({ auth_data }) => auth_data),
    )
    for (const account of some)
      if (
        pictures.has(account.auth_data) &&
        (await takeOne(server, account, pictures.get(account.auth_data)))
      )
        count += 1
  }
  return count
}

/**
 * The part of a pass that is about pictures. `last` is what the pass before told; returns what this one tells.
 * Pictures never keep a pass from its end.
 */
export const followPictures = async (
  connection: Connection,
  server: Server,
  last: JobData | undefined,
  isCanceled: () => Promise<boolean>,
): Promise<JobData> => {
  const attribute = attributeOf(server)
  if (attribute === '') return {}
  // Another attribute has other pictures.
  const since = last?.pictures_of === attribute ? Number(last.pictures_at ?? 0) : 0
  const now = Date.now()
  const count = await takeAll(connection, server, since, isCanceled).catch((error: unknown) => {
    server.log.warn({ err: error }, 'the pictures of the directory could not be read')
    return undefined
  })
  const pictures_at = String(count === undefined ? since : now)
  return { picture_count: String(count ?? 0), pictures_of: attribute, pictures_at }
}
