/** Marks that a directory moves with each change. */
import { type Connection, ldap } from '../../../core/ldap.ts'
import { comparableName } from '../../../core/ldap-names.ts'

/** Only Active Directory has it. */
const USN = 'highestCommittedUSN'

const readOne = async (connection: Connection, base: string, attributes: string[]) => {
  const { PresenceFilter } = await ldap()
  const filter = new PresenceFilter({ attribute: 'objectClass' })
  const { entries } = await connection.search({ base, scope: 'base', filter, attributes })
  return entries[0]
}

/**
 * OpenLDAP's mark (with the overlay syncprov) stands at the root of the tree, Active Directory's in the entry
 * of the server. Undefined: the directory has neither.
 */
export const readMark = async (connection: Connection, baseDn: string): Promise<string | undefined> => {
  const root = await readOne(connection, '', ['namingContexts', USN])
  const usn = root?.text(USN) ?? ''
  if (usn !== '') return usn
  const base = comparableName(baseDn)
  const isAbove = (context: string) => {
    const name = comparableName(context)
    return name !== '' && (base === name || base.endsWith(`,${name}`))
  }
  const context = root?.texts('namingContexts').find(isAbove)
  if (context === undefined) return undefined
  const marks = (await readOne(connection, context, ['contextCSN']))?.texts('contextCSN') ?? []
  return marks.length > 0 ? marks.sort().join(' ') : undefined
}

/**
 * The attribute with the time of an entry's last change. Active Directory keeps `whenChanged`, and may refuse
 * a filter by `modifyTimestamp`, which it makes up when it is read; others know only the latter.
 */
export const readChangeAttribute = async (
  connection: Connection,
): Promise<'whenChanged' | 'modifyTimestamp'> => {
  const root = await readOne(connection, '', [USN])
  return (root?.text(USN) ?? '') === '' ? 'modifyTimestamp' : 'whenChanged'
}
