/** Groups of the directory: how they are found, and what people are known by in them. */
import type { Filter } from 'ldapts'
import { type Connection, ldap } from '../../../core/ldap.ts'
import { type Entry, idOf, idValue, isBinary } from '../../../core/ldap-entries.ts'
import { equals, filterOf } from './people.ts'
import type { LdapConfig } from './target.ts'

export const GROUPS =
  '(|(objectClass=group)(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=posixGroup))'

/** What counts as a group: GroupFilter, or everything that looks like one. */
export const groupsFilter = (settings: LdapConfig): Promise<Filter> =>
  filterOf(settings.GroupFilter || GROUPS)

/** Are groups of the directory known by an attribute? */
export const knowsGroups = ({ GroupIdAttribute, GroupDisplayNameAttribute }: LdapConfig): boolean =>
  GroupIdAttribute !== '' && GroupDisplayNameAttribute !== ''

/** A group as the directory names it. */
export type FoundGroup = { id: string; name: string }

export const foundOf = (entry: Entry, settings: LdapConfig): FoundGroup => {
  const id = idOf(entry, settings.GroupIdAttribute)
  return { id, name: entry.text(settings.GroupDisplayNameAttribute) || id }
}

export const nameAttributes = (settings: LdapConfig): string[] => [
  settings.GroupIdAttribute,
  settings.GroupDisplayNameAttribute,
]

/** The group with this id; undefined if there is none, or more than one. */
export const findGroupById = async (
  connection: Connection,
  settings: LdapConfig,
  id: string,
): Promise<FoundGroup | undefined> => {
  const { AndFilter } = await ldap()
  const attribute = settings.GroupIdAttribute
  const { entries } = await connection.search({
    base: settings.BaseDN,
    filter: new AndFilter({
      filters: [await groupsFilter(settings), await equals(attribute, idValue(attribute, id))],
    }),
    attributes: nameAttributes(settings),
    binary: [attribute].filter(isBinary),
    most: 2,
  })
  const [entry] = entries
  return entry && entries.length === 1 ? foundOf(entry, settings) : undefined
}

/** What a person is known by in groups, beside the DN. */
export const MEMBER_KEYS = ['uid', 'gidNumber', 'primaryGroupID', 'objectSid']

export type MemberKeys = { uid: string; gid: string; primary: string }

const RID_HEX = 8

/** The security id of a person's primary group: that of the domain, with the group's number at its end. */
const primaryOf = (entry: Entry): string => {
  const rid = Number(entry.text('primaryGroupID'))
  const sid = entry.bytes('objectSid')?.toString('hex') ?? ''
  if (!Number.isSafeInteger(rid) || rid <= 0 || rid > 0xffff_ffff || sid.length <= RID_HEX) return ''
  const end = Buffer.alloc(4)
  end.writeUInt32LE(rid)
  return sid.slice(0, -RID_HEX) + end.toString('hex')
}

export const memberKeysOf = (entry: Entry): MemberKeys => ({
  uid: entry.text('uid').toLowerCase(),
  gid: entry.text('gidNumber'),
  primary: primaryOf(entry),
})
