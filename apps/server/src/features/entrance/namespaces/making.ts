/** Makes of the entries of the directory what their namespace says; a pass does it before it reads groups. */
import type { NamespaceProblem } from '@plausch/wire'
import { type Context, change, system } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import type { Connection } from '../../../core/ldap.ts'
import type { Server } from '../../../core/server.ts'
import { record } from '../../ground/audit/index.ts'
import type { JobData } from '../../ground/jobs/index.ts'
import { allowMention, linkRemote, shortName } from '../../places/groups/index.ts'
import { linkPlace } from '../../places/syncables/index.ts'
import type { GroupEntry } from '../directory/index.ts'
import { type Candidate, candidatesOf } from './rule.ts'
import {
  countMade,
  dropWaiting,
  findOwnPlaces,
  listNamespaces,
  lockNamespace,
  type NamespaceRow,
  type PlaceRow,
  placesOf,
  saveDerived,
  savePlace,
} from './store.ts'
import { changeTarget, findTarget, nameOf, placeName, Stop, type Target, targetFor } from './targets.ts'
import { chosenGroups, noteUnits, ownersOf, readUnits } from './units.ts'

const DAY_MS = 86_400_000
const A_DAY = 10

/** How many places may still be made today. */
const roomOf = async ({ db, now }: Pick<Context, 'db' | 'now'>, rule: NamespaceRow): Promise<number> => {
  const allowed = rule.allowed_at > now - DAY_MS ? rule.allowed_count : 0
  return Math.max(allowed, A_DAY) - (await countMade(db, rule.id, now - DAY_MS))
}

const waiting = (rule: NamespaceRow, candidate: Candidate, known?: PlaceRow): PlaceRow => ({
  namespace_id: rule.id,
  remote_id: candidate.id,
  dn: candidate.path,
  name: candidate.name,
  address: candidate.address,
  given_name: '',
  group_id: '',
  owner_group_id: '',
  place_id: known?.place_id ?? '',
  made_at: 0,
  problem: '',
})

const problemOf = (error: unknown): NamespaceProblem => {
  if (error instanceof Stop) return error.problem
  if (!(error instanceof Fault)) throw error
  return error.code.includes('existing') || error.code.includes('exists') ? 'taken' : 'refused'
}

/** Administrators read it in lists of groups. */
const ownersName = ({ server }: Context, name: string): string =>
  shortName(
    server.settings().LocalizationSettings.DefaultServerLocale === 'de'
      ? `Leitung: ${name}`
      : `Leaders: ${name}`,
  )

/** The leaders of an entry are a group of their own, which makes its members administrators. */
const linkOwners = async (context: Context, candidate: Candidate, target: Target): Promise<string> => {
  const { id, name } = ownersOf(candidate)
  const { row } = await linkRemote(context, 'ldap', {
    remote_id: id,
    display_name: ownersName(context, name),
  })
  await saveDerived(context.db, id, 'owners', '')
  await linkPlace(context, row, target, { auto_add: true, scheme_admin: true })
  return row.id
}

/** Notes a place that the entry has already; returns whether it has one. */
const noteOwn = async ({ db }: Context, rule: NamespaceRow, candidate: Candidate): Promise<boolean> => {
  if (rule.makes === 'nothing') return false
  const [own] = await findOwnPlaces(db, rule.makes === 'channel' ? rule.team_id : '', [candidate])
  if (!own) return false
  const { group_id, place_id, create_at: made_at } = own
  const given_name = placeName(candidate.name)
  await savePlace(db, { ...waiting(rule, candidate), given_name, group_id, place_id, made_at })
  return true
}

/** Everything that follows from an entry, in one transaction. */
const makeOne = async (
  context: Context,
  rule: NamespaceRow,
  candidate: Candidate,
  known: PlaceRow | undefined,
): Promise<void> => {
  const { db, now } = context
  const remote = { remote_id: candidate.id, display_name: candidate.name }
  const { row: group } = await linkRemote(context, 'ldap', remote)
  if (candidate.isBranch) await saveDerived(db, candidate.id, 'units', candidate.dn)
  if (rule.is_mentionable) await allowMention(context, group.id)
  const place = { ...waiting(rule, candidate), group_id: group.id, made_at: now }
  if (rule.makes !== 'nothing') {
    const target = await targetFor(context, rule, candidate, known?.place_id ?? '')
    place.place_id = target.id
    place.given_name = placeName(candidate.name)
    await linkPlace(context, group, target, { auto_add: true })
    if (rule.has_owners) place.owner_group_id = await linkOwners(context, candidate, target)
    if (rule.is_constrained) await changeTarget(context, target, { group_constrained: true })
  }
  await savePlace(db, place)
  const what = `namespace=${rule.id} group=${group.id} place=${place.place_id}`
  await record(context, '/directory/namespaces/make', what)
}

/** The entry has another name: its place gets it too, unless somebody has named the place by hand. */
const rename = async (context: Context, rule: NamespaceRow, candidate: Candidate, known: PlaceRow) => {
  const row = { ...known, dn: candidate.path, name: candidate.name }
  const display_name = placeName(candidate.name)
  const target = await findTarget(context, rule, known.place_id)
  if (target && display_name !== known.given_name && nameOf(target) === known.given_name) {
    await changeTarget(context, target, { display_name })
    row.given_name = display_name
  }
  await savePlace(context.db, row)
}

type Done = { made: number; waiting: number }

const follow = async (
  server: Server,
  rule: NamespaceRow,
  candidate: Candidate,
  known: PlaceRow | undefined,
): Promise<'made' | 'waiting' | 'as it was'> => {
  const inTurn = <T>(work: (context: Context, held: NamespaceRow) => Promise<T>): Promise<T | undefined> =>
    change(server, { actor: system }, async (context) => {
      // An administrator may have changed or ended it since.
      const held = await lockNamespace(context.db, rule.id)
      return held?.is_on && held.update_at === rule.update_at ? await work(context, held) : undefined
    })
  if (known && known.made_at > 0) {
    const isSame = known.name === candidate.name && known.dn === candidate.path
    if (!isSame) await inTurn((context, held) => rename(context, held, candidate, known))
    return 'as it was'
  }
  const stop = async (problem: NamespaceProblem) => {
    const row = { ...waiting(rule, candidate, known), problem }
    const isNew = (['problem', 'name', 'dn', 'address'] as const).some((key) => known?.[key] !== row[key])
    if (isNew) await inTurn(({ db }) => savePlace(db, row))
    return 'waiting' as const
  }
  if (candidate.address === '' && rule.makes !== 'nothing' && (known?.place_id ?? '') === '')
    return await stop('no_address')
  try {
    const made = await inTurn(async (context, held) => {
      if (await noteOwn(context, held, candidate)) return false
      if ((await roomOf(context, held)) <= 0) throw new Stop('too_many')
      await makeOne(context, held, candidate, known)
      return true
    })
    return made ? 'made' : 'as it was'
  } catch (error) {
    return await stop(problemOf(error))
  }
}

/** What the rules choose among. */
export const readEntries = async (
  connection: Connection,
  server: Server,
  groups: readonly GroupEntry[],
  sources: ReadonlySet<string>,
): Promise<Record<NamespaceRow['source'], readonly GroupEntry[]>> => ({
  units: sources.has('units') ? await readUnits(connection, server) : [],
  groups: sources.has('groups') ? await chosenGroups(connection, server, groups) : [],
})

/** Makes what is missing. One entry that cannot be made does not hold the others up. */
export const makePlaces = async (
  connection: Connection,
  server: Server,
  groups: readonly GroupEntry[],
): Promise<JobData> => {
  await noteUnits(connection, server)
  const rules = (await listNamespaces(server.db)).filter(({ is_on }) => is_on)
  if (rules.length === 0) return {}
  const sources = new Set(rules.map(({ source }) => source))
  const entries = await readEntries(connection, server, groups, sources)
  const done: Done = { made: 0, waiting: 0 }
  for (const rule of rules) {
    const known = new Map((await placesOf(server.db, rule.id)).map((row) => [row.remote_id, row]))
    const candidates = candidatesOf(rule, entries[rule.source], server.settings().LdapSettings.BaseDN)
    for (const candidate of candidates) {
      const result = await follow(server, rule, candidate, known.get(candidate.id))
      if (result !== 'as it was') done[result] += 1
      known.delete(candidate.id)
    }
    const gone = [...known.values()].filter(({ made_at }) => made_at === 0)
    if (gone.length > 0)
      await change(server, { actor: system }, ({ db }) =>
        dropWaiting(
          db,
          rule.id,
          gone.map(({ remote_id }) => remote_id),
        ),
      )
  }
  return { namespace_made_count: String(done.made), namespace_waiting_count: String(done.waiting) }
}
