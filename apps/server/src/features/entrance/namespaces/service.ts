/** Namespaces as administrators keep them. */
import type { InputOf, Namespace, NamespacePlace, NewNamespace, namespaces } from '@plausch/wire'
import { type Context, change } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { newId } from '../../../core/ids.ts'
import { comparableName, treePlace } from '../../../core/ldap-names.ts'
import { record } from '../../ground/audit/index.ts'
import { findTeam } from '../../places/teams/index.ts'
import { startPass } from '../directory/index.ts'
import { look } from './looking.ts'
import type { Planned } from './plan.ts'
import { shownNamespace, shownPlace } from './records.ts'
import {
  type CountedNamespace,
  countNamespaces,
  deleteNamespace,
  dropConsents,
  findNamespace,
  listNamespaces,
  listPlaces,
  lockNamespace,
  type NamespaceRow,
  type PlaceRow,
  saveNamespace,
  savePlaces,
} from './store.ts'

const MOST = 100
const ok = { status: 'OK' as const }

export const list = async ({ db }: Context): Promise<Namespace[]> =>
  (await listNamespaces(db)).map(shownNamespace)

export const listMade = async (
  { db }: Context,
  { query }: InputOf<typeof namespaces.listPlaces>,
  row: CountedNamespace,
): Promise<NamespacePlace[]> =>
  (await listPlaces(db, row.id, query.per_page, Math.max(query.page, 0) * query.per_page)).map(shownPlace)

type Wanted = Pick<NewNamespace, 'base' | 'makes' | 'team_id' | 'is_mentionable'>

/** A branch must lie where people and groups are looked for. */
export const checkBase = ({ server }: Context, base: string): void => {
  const root = comparableName(server.settings().LdapSettings.BaseDN)
  if (base !== '' && comparableName(base) !== root && !treePlace(base).above.includes(root))
    throw new Fault('namespaces.base')
}

export const checkRule = async (context: Context, { base, makes, team_id, is_mentionable }: Wanted) => {
  checkBase(context, base)
  if (makes === 'nothing' && !is_mentionable) throw new Fault('namespaces.nothing')
  if (makes !== 'channel') return
  const team = team_id === '' ? undefined : await findTeam(context.db, team_id)
  if (!team || team.delete_at > 0) throw new Fault('namespaces.team')
}

type TakeOver = NonNullable<NewNamespace['take_over']>

/**
 * Stores which entries take over what is here, as the administrator has seen it; what was said before ends.
 * `found` is what the rule finds in the directory.
 */
const takeOver = async (
  context: Context,
  row: NamespaceRow,
  wanted: TakeOver,
  found: readonly Planned[],
): Promise<void> => {
  const { db } = context
  await dropConsents(db, row.id)
  const entries = new Map(found.map((planned) => [planned.candidate.id, planned]))
  const rows = new Map<string, PlaceRow>()
  for (const { remote_id, place_id } of wanted) {
    const planned = entries.get(remote_id)
    const isOpen = planned?.isTakenOver || planned?.problem === 'taken' || planned?.problem === 'unlinked'
    // Only what was seen: another team may have the address by now.
    const isSeen = planned?.placeId === place_id && (place_id !== '' || planned.problem === 'unlinked')
    if (!planned || !isOpen || !isSeen) throw new Fault('namespaces.take_over')
    rows.set(remote_id, {
      namespace_id: row.id,
      remote_id,
      dn: planned.candidate.path,
      name: planned.candidate.name,
      address: planned.candidate.address,
      given_name: '',
      group_id: '',
      owner_group_id: '',
      place_id,
      made_at: 0,
      problem: '',
    })
  }
  if (rows.size > 0) await savePlaces(db, [...rows.values()])
}

const save = async (
  context: Context,
  body: NewNamespace,
  found: readonly Planned[],
  before?: CountedNamespace,
): Promise<Namespace> => {
  const { db, now } = context
  await checkRule(context, body)
  // What is made is of one kind for ever: places, links and people's memberships follow from it.
  if (before && before.place_count > 0 && (before.makes !== body.makes || before.source !== body.source))
    throw new Fault('namespaces.made')
  const { allowed_count = 0, take_over = [], update_at: _, ...rule } = body
  const row: NamespaceRow = {
    ...rule,
    name: rule.name.trim(),
    base: rule.base.trim(),
    pattern: rule.pattern.trim(),
    team_id: rule.makes === 'channel' ? rule.team_id : '',
    id: before?.id ?? newId(now),
    create_at: before?.create_at ?? now,
    update_at: before ? Math.max(now, before.update_at + 1) : now,
    allowed_count,
    allowed_at: now,
  }
  if (row.name === '') throw new Fault('namespaces.name')
  await saveNamespace(db, row)
  await takeOver(context, row, take_over, found)
  await record(context, '/directory/namespaces/save', `namespace=${row.id} on=${row.is_on}`)
  if (row.is_on) await startPass(context)
  const saved = await findNamespace(db, row.id)
  if (!saved) throw new Fault('namespaces.not_found')
  return shownNamespace(saved)
}

/** The directory is asked first, without a transaction, because it may take seconds. */
const lookFirst = async (context: Context, body: NewNamespace, id: string): Promise<Planned[]> => {
  await checkRule(context, body)
  return (body.take_over ?? []).length > 0 ? await look(context, body, id) : []
}

const inChange = <T>({ server, actor, request, head }: Context, work: (inner: Context) => Promise<T>) =>
  change(server, { actor, request, head }, work)

export const create = async (context: Context, { body }: InputOf<typeof namespaces.create>) => {
  const found = await lookFirst(context, body, '')
  return await inChange(context, async (inner) => {
    if ((await countNamespaces(inner.db)) >= MOST) throw new Fault('namespaces.too_many', { max: MOST })
    return await save(inner, body, found)
  })
}

export const update = async (
  context: Context,
  { body }: InputOf<typeof namespaces.update>,
  { id }: CountedNamespace,
) => {
  const found = await lookFirst(context, body, id)
  return await inChange(context, async (inner) => {
    await lockNamespace(inner.db, id)
    const before = await findNamespace(inner.db, id)
    if (!before) throw new Fault('namespaces.not_found')
    if (body.update_at !== undefined && body.update_at !== before.update_at)
      throw new Fault('namespaces.changed')
    return await save(inner, body, found, before)
  })
}

export const remove = async (context: Context, _input: unknown, { id }: CountedNamespace) => {
  await deleteNamespace(context.db, id)
  await record(context, '/directory/namespaces/remove', `namespace=${id}`)
  return ok
}
