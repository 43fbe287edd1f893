/** Moves all accounts of the directory to another attribute as their id. */
import type { directory, InputOf } from '@plausch/wire'
import { type Context, change } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { DirectoryDown, DirectoryRefusal } from '../../../core/ldap.ts'
import { idOf, isBinary } from '../../../core/ldap-entries.ts'
import { record } from '../../ground/audit/index.ts'
import { patchConfig } from '../../ground/settings/index.ts'
import { setIdentities } from '../../people/users/index.ts'
import { SERVICE } from './accounts.ts'
import { withDirectory } from './breaker.ts'
import { peopleFilter } from './people.ts'
import { listAccounts } from './store.ts'

/** For each id by the attribute in force, the id by the other one. */
const pairsOf = (context: Context, toAttribute: string): Promise<Map<string, string>> => {
  const { server, request } = context
  const settings = server.settings().LdapSettings
  const attributes = [settings.IdAttribute, toAttribute]
  return withDirectory(
    server,
    request.ip,
    async (connection) => {
      const { entries } = await connection.search({
        base: settings.BaseDN,
        filter: await peopleFilter(settings),
        attributes,
        binary: attributes.filter(isBinary),
        pageSize: settings.MaxPageSize || 500,
      })
      return new Map(entries.map((entry) => [idOf(entry, settings.IdAttribute), idOf(entry, toAttribute)]))
    },
    settings.QueryTimeout * 1000,
  )
}

/** Moves everybody who is active, or nobody: an account without a new id would belong to no one any more. */
export const migrateIds = async (context: Context, { body }: InputOf<typeof directory.migrateIds>) => {
  const { server, actor, request, head } = context
  const { toAttribute } = body
  const pairs = await pairsOf(context, toAttribute).catch((error: unknown) => {
    if (error instanceof DirectoryDown || error instanceof DirectoryRefusal)
      throw new Fault('ent.ldap_id_migrate.app_error', { reason: error.message }, error)
    throw error
  })
  await change(server, { actor, request, head }, async (inner) => {
    const moves = (await listAccounts(inner.db)).flatMap(({ id, auth_data, username, delete_at }) => {
      const to = pairs.get(auth_data) ?? ''
      // Who has left keeps the old id, by which nobody signs in.
      if (to === '' && delete_at > 0) return []
      if (to === '')
        throw new Fault('ent.ldap_id_migrate.app_error', { reason: `${username} has no ${toAttribute}` })
      return [{ id, auth_data: to }]
    })
    if (new Set(moves.map((move) => move.auth_data)).size < moves.length)
      throw new Fault('ent.ldap_id_migrate.app_error', { reason: `two entries have the same ${toAttribute}` })
    await setIdentities(inner, SERVICE, moves)
    await patchConfig(inner, { body: { LdapSettings: { IdAttribute: toAttribute } } })
    await record(inner, '/ldap/migrateid', `to=${toAttribute}`)
  })
  return { status: 'OK' as const }
}
