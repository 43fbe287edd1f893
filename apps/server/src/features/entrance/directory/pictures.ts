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
import { readChangeAttribute } from './marks.ts'
import { allOf, equals, filterOf, peopleFilter } from './people.ts'
import { readAll } from './reading.ts'
import { type Identity, listIdentities, savePictureDigest } from './store.ts'

/** Larger ones are not looked at: the picture of a person is a small one. */
const MOST_BYTES = 4 * 1024 * 1024
/** How many pictures are in memory at once. */
const AT_ONCE = 3
/** Clocks of servers differ. */
const MARGIN_MS = 600_000

const attributeOf = (server: Server): string => server.settings().LdapSettings.PictureAttribute

/** What an entry says of a picture: none at all, or one that may be too large to be looked at. */
type Found = { hasOne: boolean; bytes: Buffer | undefined }

const pictureIn = (entry: Entry, attribute: string): Found => {
  const bytes = entry.bytes(attribute)
  const hasOne = bytes !== undefined && bytes.length > 0
  return { hasOne, bytes: hasOne && bytes.length <= MOST_BYTES ? bytes : undefined }
}

const digestOf = (bytes: Buffer | undefined): string =>
  bytes ? createHash('sha256').update(bytes).digest('base64url') : ''

type Account = { id: string; picture_digest: string | null }

/** Gives an account the picture of its entry, unless it was taken before. Returns whether it is another one. */
const takeOne = async (server: Server, account: Account, bytes: Buffer | undefined): Promise<boolean> => {
  let digest: string | null = digestOf(bytes)
  if (account.picture_digest === digest) return false
  // Without one in the directory, a picture from before the directory stays.
  let isOther = digest !== '' || (account.picture_digest ?? '') !== ''
  try {
    if (isOther) await takePicture(server, account.id, bytes)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    isOther = false
    // It will not become readable by another attempt; but the limit of its size may be raised.
    if (error.code === 'files.image_too_large') digest = null
    server.log.info({ user: account.id, code: error.code }, 'the directory has a picture that cannot be read')
  }
  if (account.picture_digest !== digest)
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
  const [account] = await listIdentities(server.db, user.id)
  if (!account) return
  const found = await withDirectory(
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
      const own = entries[0] && pictureIn(entries[0], attribute)
      const isSaid =
        own &&
        (own.hasOne ||
          ((account.picture_digest ?? '') !== '' && (await hasWitness(connection, server, [account]))))
      return isSaid ? own : undefined
    },
    ASIDE_MS,
  )
  if (found) await takeOne(server, account, found.bytes)
}

/** As directories write times in filters: 20261130T101500Z without the T. */
const timeOf = (at: number): string => `${new Date(at).toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`

/** The ids of the people whose entries have changed since a time; all of them for 0. */
const changedSince = async (connection: Connection, server: Server, since: number): Promise<Set<string>> => {
  const settings = server.settings().LdapSettings
  const from = timeOf(since - MARGIN_MS)
  const attribute = await readChangeAttribute(connection)
  // Active Directory wants a fraction.
  const isLater = await filterOf(
    `(${attribute}>=${attribute === 'whenChanged' ? from.replace('Z', '.0Z') : from})`,
  )
  const people = await peopleFilter(settings)
  const filter = since === 0 ? people : await allOf(people, isLater)
  const entries = await readAll(connection, server, filter, [settings.IdAttribute])
  return new Set(entries.map((entry) => idOf(entry, settings.IdAttribute)))
}

/** The ids of the people who have a picture, as far as the service account may know. */
const listHaving = async (connection: Connection, server: Server): Promise<Set<string>> => {
  const settings = server.settings().LdapSettings
  const { PresenceFilter } = await ldap()
  const hasOne = new PresenceFilter({ attribute: attributeOf(server) })
  const filter = await allOf(await peopleFilter(settings), hasOne)
  const entries = await readAll(connection, server, filter, [settings.IdAttribute])
  return new Set(entries.map((entry) => idOf(entry, settings.IdAttribute)))
}

/** Reads the pictures of some people, by their ids. */
const readSome = async (
  connection: Connection,
  server: Server,
  ids: readonly string[],
): Promise<Map<string, Found>> => {
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
 * Can the service account read pictures at the moment? It can if an entry has one that had one before. Whether
 * an entry without a picture has none, or does not show it, cannot be told from that entry.
 */
const hasWitness = async (
  connection: Connection,
  server: Server,
  besides: readonly Account[],
): Promise<boolean> => {
  const asked = new Set(besides.map(({ id }) => id))
  const known = (await listIdentities(server.db)).filter(
    ({ id, delete_at, picture_digest }) => delete_at === 0 && (picture_digest ?? '') !== '' && !asked.has(id),
  )
  const ids = known.slice(0, AT_ONCE).map(({ auth_data }) => auth_data)
  if (ids.length === 0) return false
  return [...(await readSome(connection, server, ids)).values()].some(({ hasOne }) => hasOne)
}

const isRemoval = (pictures: ReadonlyMap<string, Found>) => (account: Identity) =>
  (account.picture_digest ?? '') !== '' && pictures.get(account.auth_data)?.hasOne === false

/**
 * Takes the pictures of everybody whose entry has changed since a time, or of whose picture nothing is known.
 * Returns how many are other ones; undefined if it was canceled.
 */
const takeAll = async (
  connection: Connection,
  server: Server,
  since: number,
  isCanceled: () => Promise<boolean>,
): Promise<number | undefined> => {
  const changed = await changedSince(connection, server, since)
  const active = (await listIdentities(server.db)).filter(({ delete_at }) => delete_at === 0)
  const isUnknown = ({ picture_digest }: Identity) => picture_digest === null
  const having = active.some(isUnknown) ? await listHaving(connection, server) : new Set()
  const accounts = active.filter(
    (account) => changed.has(account.auth_data) || (isUnknown(account) && having.has(account.auth_data)),
  )
  let count = 0
  let isProven = false
  for (let at = 0; at < accounts.length; at += AT_ONCE) {
    if (await isCanceled()) return undefined
    const some = accounts.slice(at, at + AT_ONCE)
    const pictures = await readSome(
      connection,
      server,
      some.map(({ auth_data }) => auth_data),
    )
    isProven ||= [...pictures.values()].some(({ hasOne }) => hasOne)
    isProven ||= some.some(isRemoval(pictures)) && (await hasWitness(connection, server, some))
    for (const account of some) {
      const found = pictures.get(account.auth_data)
      if (found && (found.hasOne || isProven) && (await takeOne(server, account, found.bytes))) count += 1
    }
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
