/** Groups of the directory: how they are found. */
import type { Filter } from 'ldapts'
import { filterOf } from './people.ts'
import type { LdapConfig } from './target.ts'

const GROUPS =
  '(|(objectClass=group)(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=posixGroup))'

/** What counts as a group: GroupFilter, or everything that looks like one. */
export const groupsFilter = (settings: LdapConfig): Promise<Filter> =>
  filterOf(settings.GroupFilter || GROUPS)
