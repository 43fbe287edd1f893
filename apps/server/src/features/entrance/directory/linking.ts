/** Groups of the directory as administrators see them: which are known here, and which are linked. */
import type { DirectoryGroup, directory, InputOf } from '@plausch/wire'
import { type Context, change } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { sortedByName } from '../../../core/folding.ts'
import { type Connection, DirectoryDown, DirectoryRefusal } from '../../../core/ldap.ts'
import { Raw } from '../../../core/route.ts'
import { record } from '../../ground/audit/index.ts'
import type { UserRow } from '../../people/users/index.ts'
import { findRemote, linkRemote, unlinkRemote } from '../../places/groups/index.ts'
import { forgetLeft, placesOfGroups, settleLater } from '../../places/syncables/index.ts'
import { SERVICE } from './accounts.ts'
import { withDirectory } from './breaker.ts'
import { listFound } from './group-members.ts'
import { findGroupById, knowsGroups } from './groups.ts'
import { startPass } from './pass.ts'
import { groupsOfAccount } from './store.ts'

const ok = { status: 'OK' as const }

/** A question to the directory, for somebody who waits; whatever goes wrong is told with its reason. */
export const asking = async <T>(
  { server, request }: Context,
  work: (connection: Connection) => Promise<T>,
): Promise<T> => {
  const settings = server.settings().LdapSettings
  if (!settings.Enable && !settings.EnableSync) throw new Fault('ent.ldap.disabled.app_error')
  try {
    return await withDirectory(server, request.ip, work, settings.QueryTimeout * 1000)
  } catch (error) {
    if (error instanceof DirectoryDown || error instanceof DirectoryRefusal)
      throw new Fault('ent.ldap.connection.test_failed', { reason: error.message }, error)
    throw error
  }
}

const fitsFlag = (wanted: boolean | null, value: boolean): boolean => wanted === null || wanted === value

export const listGroups = async (
  context: Context,
  { query }: InputOf<typeof directory.listGroups>,
): Promise<{ count: number; groups: DirectoryGroup[] }> => {
  const { db, server } = context
  if (!knowsGroups(server.settings().LdapSettings)) return { count: 0, groups: [] }
  const found = await asking(context, (connection) => listFound(connection, server))
  const term = query.q.toLowerCase()
  const matching = found.filter(({ name }) => name.toLowerCase().includes(term))
  const rows = await findRemote(
    db,
    SERVICE,
    matching.map(({ id }) => id),
  )
  const known = new Map(rows.filter(({ delete_at }) => delete_at === 0).map((row) => [row.remote_id, row]))
  const shown = matching
    .map(({ id, name }): DirectoryGroup => {
      const row = known.get(id)
      return {
        mattermost_group_id: row?.id ?? null,
        name,
        primary_key: id,
        has_syncables: row ? row.has_syncables : null,
      }
    })
    .filter(
      (group) =>
        fitsFlag(query.is_linked, group.mattermost_group_id !== null) &&
        fitsFlag(query.is_configured, group.has_syncables === true),
    )
    .sort((one, other) => (one.primary_key < other.primary_key ? -1 : 1))
  const from = Math.max(query.page, 0) * query.per_page
  return { count: shown.length, groups: sortedByName(shown).slice(from, from + query.per_page) }
}

export const linkGroup = async (context: Context, { params }: InputOf<typeof directory.linkGroup>) => {
  const { server, actor, request, head } = context
  const settings = server.settings().LdapSettings
  if (!knowsGroups(settings)) throw new Fault('api.ldap_group.not_found')
  const found = await asking(context, (connection) => findGroupById(connection, settings, params.remote_id))
  if (!found) throw new Fault('api.ldap_group.not_found')
  const { group, isNew } = await change(server, { actor, request, head }, async (inner) => {
    const linked = await linkRemote(inner, SERVICE, { remote_id: found.id, display_name: found.name })
    await record(inner, '/ldap/groups/link', `group=${linked.group.id} remote=${found.id}`)
    // Its members come with a pass.
    await startPass(inner)
    return linked
  })
  return new Raw(JSON.stringify(group), 'application/json', isNew ? 201 : 200)
}

export const unlinkGroup = async (context: Context, { params }: InputOf<typeof directory.unlinkGroup>) => {
  await unlinkRemote(context, SERVICE, params.remote_id)
  await record(context, '/ldap/groups/unlink', `remote=${params.remote_id}`)
  return ok
}

/** Adds a person again wherever their groups would have them, also where they left. */
export const syncMemberships = async (context: Context, _input: unknown, user: UserRow) => {
  const { db } = context
  if (user.auth_service !== SERVICE)
    throw new Fault('api.user.add_user_to_group_syncables.not_ldap_user.app_error')
  await forgetLeft(db, user.id)
  await settleLater(context, await placesOfGroups(db, await groupsOfAccount(db, user.id)))
  await record(context, '/ldap/users/group_sync_memberships', '', user.id)
  return ok
}
