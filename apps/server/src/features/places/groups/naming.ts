/** Names of groups: by them people mention a group. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { inPlainLetters } from '../../../core/folding.ts'
import { type GroupRow, holderOf } from './store.ts'

/** Words that already mention people. */
const reserved = ['all', 'channel', 'here', 'everyone']
const MOST = 64

type Named = Pick<GroupRow, 'id' | 'source'>

/** The name in small letters. Throws if it cannot be a name, or somebody else has it. */
export const checkName = async ({ db }: Context, raw: string, group?: Named): Promise<string> => {
  const name = raw.toLowerCase()
  // v4 has codes of its own for groups of the directory; those of sign-in services get them, too.
  const isRemote = group !== undefined && group.source !== 'custom'
  if (reserved.includes(name))
    throw new Fault(isRemote ? 'api.ldap_groups.existing_reserved_name_error' : 'groups.name')
  if (!/^[a-z0-9._-]{1,64}$/.test(name)) throw new Fault('groups.name')
  const holder = await holderOf(db, name, group?.id ?? '')
  if (!holder) return name
  if (!isRemote) throw new Fault('groups.name_taken')
  throw new Fault(
    holder === 'user'
      ? 'api.ldap_groups.existing_user_name_error'
      : 'api.ldap_groups.existing_group_name_error',
  )
}

/** The first free name for a group: made of its display name, with a number if that is taken. */
export const freeName = async (
  { db }: Context,
  group: Pick<GroupRow, 'id' | 'display_name'>,
): Promise<string> => {
  const stem = inPlainLetters(group.display_name).slice(0, MOST) || 'group'
  for (let n = 1; ; n += 1) {
    const end = n === 1 ? '' : `-${n}`
    const name = `${stem.slice(0, MOST - end.length)}${end}`
    if (!reserved.includes(name) && !(await holderOf(db, name, group.id))) return name
  }
}
