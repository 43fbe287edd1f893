/** Makes of the entries of the directory what their namespace says; a pass does it before it reads groups. */
import type { NamespacePlace } from '@plausch/wire'
import { type Context, change, system } from '../../../core/context.ts'
import type { Db } from '../../../core/db.ts'
import { Fault } from '../../../core/faults.ts'
import type { Connection } from '../../../core/ldap.ts'
import type { Server } from '../../../core/server.ts'
import { record } from '../../ground/audit/index.ts'
import type { JobData } from '../../ground/jobs/index.ts'
import { allowMention, linkRemote, shortName } from '../../places/groups/index.ts'
import { linkPlace } from '../../places/syncables/index.ts'
import type { GroupEntry } from '../directory/index.ts'
import { planFor, readEntries } from './looking.ts'
import type { Planned } from './plan.ts'
import { type Candidate, candidatesOf } from './rule.ts'
import {
  countMade,
  dropDerived,
  dropWaiting,
  listNamespaces,
  lockNamespace,
  type NamespaceRow,
  type PlaceRow,
  placesOf,
  saveDerived,
  savePlaces,
} from './store.ts'
import { changeTarget, findTarget, nameOf, placeName, Stop, type Target, targetFor } from './targets.ts'
import { ownersOf } from './units.ts'

const DAY_MS = 86_400_000
/** So many places a rule makes within a day without being looked at again. */
const A_DAY = 10
/** So many rows are written at once. */
const BATCH = 200
/** When a place was made that the rule found here: nobody knows, and it counts for no day. */
const LONG_AGO = 1

/** How many places may still be made today. */
const roomOf = async (db: Db, now: number, rule: NamespaceRow): Promise<number> => {
  const usual = A_DAY - (await countMade(db, rule.id, now - DAY_MS))
  if (rule.allowed_at <= now - DAY_MS) return usual
  return Math.max(usual, rule.allowed_count - (await countMade(db, rule.id, rule.allowed_at)))
}

const rowFor = (rule: NamespaceRow, { candidate }: Planned): PlaceRow => ({
  namespace_id: rule.id,
  remote_id: candidate.id,
  dn: candidate.path,
  name: candidate.name,
  address: candidate.address,
  given_name: '',
  group_id: '',
  owner_group_id: '',
  place_id: '',
  made_at: 0,
  problem: '',
})

const isTaken = (error: unknown): boolean =>
  error instanceof Fault && (error.code.includes('existing') || error.code.includes('exists'))

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
  await saveDerived(context.db, id, 'owners')
  await linkPlace(context, row, target, { auto_add: true, scheme_admin: true })
  return row.id
}

/** Everything that follows from an entry, in one transaction. */
const makeOne = async (context: Context, rule: NamespaceRow, planned: Planned): Promise<void> => {
  const { db, now } = context
  const { candidate, isTakenOver, placeId } = planned
  const remote = { remote_id: candidate.id, display_name: candidate.name }
  const { row: group } = await linkRemote(context, 'ldap', remote)
  if (candidate.isBranch) await saveDerived(db, candidate.id, 'units')
  if (rule.is_mentionable) await allowMention(context, group.id)
  const place = { ...rowFor(rule, planned), group_id: group.id, made_at: now }
  if (rule.makes !== 'nothing') {
    const target = await targetFor(context, rule, candidate, isTakenOver ? placeId : '')
    place.place_id = target.id
    place.given_name = placeName(candidate.name)
    await linkPlace(context, group, target, { auto_add: true })
    if (rule.has_owners) place.owner_group_id = await linkOwners(context, candidate, target)
    if (rule.is_constrained) await changeTarget(context, target, { group_constrained: true })
  }
  await savePlaces(db, [place])
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
  await savePlaces(context.db, [row])
}

/** In a transaction, with the rule held: an administrator may have changed or ended it since. */
const holding = <T>(
  server: Server,
  rule: NamespaceRow,
  work: (context: Context) => Promise<T>,
): Promise<T | undefined> =>
  change(server, { actor: system }, async (context) => {
    const held = await lockNamespace(context.db, rule.id)
    return held?.is_on && held.update_at === rule.update_at ? await work(context) : undefined
  })

/** Why nothing could be made of an entry; '' if it was made. One entry does not hold the others up. */
const tryOne = async (
  server: Server,
  rule: NamespaceRow,
  planned: Planned,
): Promise<NamespacePlace['problem']> => {
  try {
    await holding(server, rule, (context) => makeOne(context, rule, planned))
    return ''
  } catch (error) {
    if (error instanceof Stop) return error.problem
    server.log.warn({ err: error, entry: planned.candidate.path }, 'a rule cannot make a place')
    return isTaken(error) ? 'taken' : 'refused'
  }
}

const isSame = (row: PlaceRow, { candidate }: Planned): boolean =>
  row.name === candidate.name && row.dn === candidate.path

/** The row of an entry that waits, or whose place was here already; undefined if it stays as it is. */
const noted = (rule: NamespaceRow, planned: Planned): PlaceRow | undefined => {
  const { row, own, state, problem, isTakenOver, placeId } = planned
  // What was made and unlinked stays known as it was.
  if (row && row.made_at > 0) return row.problem === problem ? undefined : { ...row, problem }
  if (state === 'made' && own) {
    const { group_id, place_id } = own
    const given_name = placeName(planned.candidate.name)
    return { ...rowFor(rule, planned), given_name, group_id, place_id, made_at: LONG_AGO }
  }
  if (row && row.problem === problem && isSame(row, planned)) return undefined
  return { ...rowFor(rule, planned), place_id: isTakenOver ? placeId : '', problem }
}

type Done = { made: number; waiting: number }

/** Makes what one rule is still to make. */
const follow = async (
  server: Server,
  rule: NamespaceRow,
  candidates: readonly Candidate[],
  isCanceled: () => Promise<boolean>,
): Promise<Done> => {
  const { db } = server
  const done: Done = { made: 0, waiting: 0 }
  const room = await roomOf(db, Date.now(), rule)
  const rows: PlaceRow[] = []
  for (const planned of await planFor(db, rule, rule.id, candidates, room)) {
    const { row, candidate, state } = planned
    if (state === 'new') {
      if (await isCanceled()) break
      const problem = await tryOne(server, rule, planned)
      if (problem === '') done.made += 1
      else {
        rows.push({ ...rowFor(rule, planned), problem })
        done.waiting += 1
      }
    } else if (state === 'made' && row && !isSame(row, planned)) {
      await holding(server, rule, (context) => rename(context, rule, candidate, row)).catch(
        (error: unknown) => server.log.warn({ err: error, entry: candidate.path }, 'a place keeps its name'),
      )
    } else {
      const next = noted(rule, planned)
      if (next) rows.push(next)
    }
    if (state === 'stopped') done.waiting += 1
  }
  for (let at = 0; at < rows.length; at += BATCH)
    await holding(server, rule, ({ db: inner }) => savePlaces(inner, rows.slice(at, at + BATCH)))
  return done
}

/** Forgets entries that are gone before anything was made of them, and derived groups that are linked no more. */
const tidy = async (server: Server, rule: NamespaceRow, candidates: readonly Candidate[]): Promise<void> => {
  const present = new Set(candidates.map(({ id }) => id))
  const gone = (await placesOf(server.db, rule.id)).filter(
    ({ made_at, remote_id }) => made_at === 0 && !present.has(remote_id),
  )
  if (gone.length > 0)
    await change(server, { actor: system }, ({ db }) =>
      dropWaiting(
        db,
        rule.id,
        gone.map(({ remote_id }) => remote_id),
      ),
    )
}

/** Makes what is missing. */
export const makePlaces = async (
  connection: Connection,
  server: Server,
  groups: readonly GroupEntry[],
  isCanceled: () => Promise<boolean>,
): Promise<JobData> => {
  await change(server, { actor: system }, ({ db }) => dropDerived(db))
  const rules = (await listNamespaces(server.db)).filter(({ is_on }) => is_on)
  if (rules.length === 0) return {}
  const entries = await readEntries(connection, server, groups, new Set(rules.map(({ source }) => source)))
  const done: Done = { made: 0, waiting: 0 }
  for (const rule of rules) {
    if (await isCanceled()) break
    const candidates = await candidatesOf(rule, entries[rule.source], server.settings().LdapSettings.BaseDN)
    const { made, waiting } = await follow(server, rule, candidates, isCanceled)
    done.made += made
    done.waiting += waiting
    await tidy(server, rule, candidates)
  }
  return { namespace_made_count: String(done.made), namespace_waiting_count: String(done.waiting) }
}
