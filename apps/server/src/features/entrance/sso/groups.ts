/**
 * Groups of sign-in services: an administrator links what people have brought with them, and each sign-in
 * says again in which of the linked ones the person is.
 */
import type { InputOf, sso } from '@plausch/wire'
import { type Context, change, system } from '../../../core/context.ts'
import { newId } from '../../../core/ids.ts'
import { Raw } from '../../../core/route.ts'
import type { Server } from '../../../core/server.ts'
import { record } from '../../ground/audit/index.ts'
import {
  changeMembers,
  linkedGroups,
  linkRemote,
  listForeign,
  membersOfGroups,
  type RemoteSource,
  saveReading,
  unlinkRemote,
} from '../../places/groups/index.ts'
import { compareWithGroups, placePerson, placesOfGroups, settleLater } from '../../places/syncables/index.ts'
import type { Claimed } from './claimed.ts'
import { type ClaimedRow, type ListedClaim, listClaimed, rememberGroups } from './groups-store.ts'

type Input<K extends keyof typeof sso> = InputOf<(typeof sso)[K]>

/** The services whose groups can be linked; each has a setting that says where they stand. */
const sources: ReadonlySet<string> = new Set<RemoteSource>(['openid', 'saml'])

const isSource = (service: string): service is RemoteSource => sources.has(service)

/** Makes the linked groups of a person as the service says. Returns those in which they are now. */
const regroup = async (
  context: Context,
  source: RemoteSource,
  userId: string,
  { groups, isWhole }: Claimed,
): Promise<string[]> => {
  const { db, now } = context
  await rememberGroups(
    db,
    source,
    groups.map((group) => ({ ...group, id: newId(now) })),
    now,
  )
  // First, because it makes two sign-ins of one person wait for each other.
  if (isWhole) await saveReading(db, source, userId, now)
  const linked = await linkedGroups(db, source)
  const values = new Set(groups.map(({ value }) => value))
  const wanted = linked.filter(({ remote_id }) => remote_id !== null && values.has(remote_id))
  const kept = await membersOfGroups(
    db,
    linked.map(({ id }) => id),
    [userId],
  )
  const isIn = new Set(kept.map(({ group_id }) => group_id))
  const isWanted = new Set(wanted.map(({ id }) => id))
  // In the order of their ids, as everybody who locks several groups.
  for (const { id } of linked) {
    const isOver = isWhole && isIn.has(id) && !isWanted.has(id)
    const isNew = isWanted.has(id) && !isIn.has(id)
    const change = { add: isNew ? [userId] : [], remove: isOver ? [userId] : [] }
    if (isOver || isNew) await changeMembers(context, source, id, change)
  }
  const only = await placesOfGroups(
    db,
    linked.map(({ id }) => id),
  )
  const diffs = await compareWithGroups(context, { only, among: [userId] })
  const losing = diffs.filter(
    ({ remove, demote, forget }) => remove.length + demote.length + forget.length > 0,
  )
  await settleLater(
    context,
    losing.map(({ place }) => place.id),
  )
  return [...isWanted]
}

/**
 * What a sign-in says about the person's groups, and what follows in teams and channels: at once where groups
 * add them, by a job with the brake where they do not any more.
 */
export const followClaimed = async (
  server: Server,
  service: string,
  userId: string,
  claimed: Claimed | undefined,
): Promise<void> => {
  if (!claimed || !isSource(service)) return
  const own = await change(server, { actor: system }, (context) => regroup(context, service, userId, claimed))
  if (own.length > 0) await placePerson(server, userId, await placesOfGroups(server.db, own))
}

/** Whoever signs in by another way from now on is in no group of the service any more. */
export const leaveForeign = async (context: Context, userId: string): Promise<void> => {
  const foreign = await listForeign(context.db, userId)
  for (const { id, source } of foreign)
    await changeMembers(context, source, id, { add: [], remove: [userId] })
  if (foreign.length > 0)
    await settleLater(
      context,
      await placesOfGroups(
        context.db,
        foreign.map(({ id }) => id),
      ),
    )
}

const shown = ({ id, service, value, name, seen_at, group_id, has_syncables }: ListedClaim) => ({
  ...{ id, service, value, name, seen_at, group_id, has_syncables },
})

export const listGroups = async ({ db }: Context, { query }: Input<'listGroups'>) => {
  const rows = await listClaimed(db, {
    term: query.q,
    service: query.service,
    isLinked: query.is_linked,
    limit: query.per_page,
    offset: Math.max(query.page, 0) * query.per_page,
  })
  return { count: rows[0]?.total ?? 0, groups: rows.map(shown) }
}

export const linkGroup = async (context: Context, _input: unknown, { service, value, name }: ClaimedRow) => {
  const { group, isNew } = await linkRemote(context, service, { remote_id: value, display_name: name })
  await record(context, '/sso/groups/link', `group=${group.id} service=${service} remote=${value}`)
  return new Raw(JSON.stringify(group), 'application/json', isNew ? 201 : 200)
}

export const unlinkGroup = async (context: Context, _input: unknown, { service, value }: ClaimedRow) => {
  await unlinkRemote(context, service, value)
  await record(context, '/sso/groups/unlink', `service=${service} remote=${value}`)
  return { status: 'OK' as const }
}
