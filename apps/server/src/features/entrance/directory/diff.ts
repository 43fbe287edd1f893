/**
 * What a pass must do: wanted state (the directory) against kept state (the accounts). Pure: preview, brake
 * and work all read the same difference.
 */
import { emailOf, isRenamed, type UserRow, usernameOf } from '../../people/users/index.ts'
import type { MemberKeys } from './groups.ts'
import type { Person, Standing } from './people.ts'

/** `keys`: what groups know the person by, if groups are linked. */
export type Wanted = Person & Standing & { keys?: MemberKeys }

/** An account of the directory, with what is kept about it. */
export type Kept = Pick<
  UserRow,
  | 'id'
  | 'username'
  | 'email'
  | 'first_name'
  | 'last_name'
  | 'nickname'
  | 'position'
  | 'roles'
  | 'delete_at'
  | 'auth_data'
> & { deactivated_at: number; missing_since: number }

export type Problem = {
  dn: string
  problem: 'no_id' | 'id_twice' | 'no_address' | 'address_taken' | 'address_twice' | 'no_seat' | 'refused'
}

export type Going = { kept: Kept; reason: 'disabled' | 'missing' }

export type Diff = {
  /** People without an account. */
  create: Wanted[]
  /** Accounts of which something changes. */
  change: { kept: Kept; person: Wanted }[]
  /** Accounts that a pass took out, and whose people are back. */
  restore: { kept: Kept; person: Wanted }[]
  /** Accounts to be switched off. */
  deactivate: Going[]
  /** Accounts whose people are missing for the first time. */
  miss: Kept[]
  /** Accounts whose people were missing, and are there. */
  found: Kept[]
  problems: Problem[]
}

export type Directory = {
  people: readonly Wanted[]
  kept: readonly Kept[]
  /** The addresses and names that are taken already, with the id of whom they belong to. */
  addresses: ReadonlyMap<string, string>
  names: ReadonlyMap<string, string>
  /** The fields that the directory determines. */
  provided: ReadonlySet<string>
  now: number
  /** How long a person must be missing. */
  confirmMs: number
}

const NAMES = ['first_name', 'last_name', 'nickname', 'position'] as const

/** The fields of an account that the directory says differently. */
export const changedFields = (
  kept: Kept,
  person: Person,
  { provided, addresses, names }: Pick<Directory, 'provided' | 'addresses' | 'names'>,
): Partial<Pick<UserRow, (typeof NAMES)[number] | 'email' | 'username'>> => {
  const changed: ReturnType<typeof changedFields> = {}
  for (const field of NAMES) {
    if (provided.has(field) && person[field] !== kept[field]) changed[field] = person[field]
  }
  const email = emailOf(person.email)
  // An address that another account has is not taken over: the report tells it.
  if (email !== '' && email !== kept.email && !addresses.has(email)) changed.email = email
  const username = usernameOf(person.username)
  if (isRenamed(kept.username, username) && !names.has(username)) changed.username = username
  return changed
}

/** The roles that the filters of the settings give; people stay guests until an administrator decides. */
export const rolesOf = (current: string, { isGuest, isAdmin }: Standing): string => {
  const roles = current.split(' ').filter((role) => role !== '')
  if (isGuest || roles.includes('system_guest')) return 'system_guest'
  if (isAdmin === true && !roles.includes('system_admin')) roles.push('system_admin')
  return (isAdmin === false ? roles.filter((role) => role !== 'system_admin') : roles).join(' ')
}

const differs = (kept: Kept, person: Wanted, directory: Directory): boolean =>
  Object.keys(changedFields(kept, person, directory)).length > 0 || rolesOf(kept.roles, person) !== kept.roles

/** People by their ids; what has no id, or the same as another one, is left out and told. */
const byId = (people: readonly Wanted[], problems: Problem[]): Map<string, Wanted> => {
  const found = new Map<string, Wanted>()
  const twice = new Set<string>()
  for (const person of people) {
    if (person.id === '') problems.push({ dn: person.dn, problem: 'no_id' })
    else if (found.has(person.id)) twice.add(person.id)
    else found.set(person.id, person)
  }
  for (const person of people) {
    if (twice.has(person.id)) problems.push({ dn: person.dn, problem: 'id_twice' })
  }
  for (const id of twice) found.delete(id)
  return found
}

/** May this newcomer have an account? */
const problemOf = (
  person: Wanted,
  used: Map<string, number>,
  addresses: ReadonlyMap<string, string>,
): Problem['problem'] | undefined => {
  const email = emailOf(person.email)
  if (email === '') return 'no_address'
  if (addresses.has(email)) return 'address_taken'
  return (used.get(email) ?? 0) > 1 ? 'address_twice' : undefined
}

/** Was it a pass that switched the account off, and not an administrator, then or later? */
export const isOurs = ({ delete_at, deactivated_at }: Pick<Kept, 'delete_at' | 'deactivated_at'>): boolean =>
  deactivated_at > 0 && deactivated_at === delete_at

const compareOne = (diff: Diff, kept: Kept, person: Wanted, directory: Directory): void => {
  if (kept.missing_since > 0) diff.found.push(kept)
  if (kept.delete_at > 0) {
    // What an administrator switched off stays off.
    if (isOurs(kept) && !person.isDisabled) diff.restore.push({ kept, person })
  } else if (person.isDisabled) diff.deactivate.push({ kept, reason: 'disabled' })
  else if (differs(kept, person, directory)) diff.change.push({ kept, person })
}

export const compare = (directory: Directory): Diff => {
  const { people, kept, addresses, now, confirmMs } = directory
  const diff: Diff = {
    create: [],
    change: [],
    restore: [],
    deactivate: [],
    miss: [],
    found: [],
    problems: [],
  }
  const wanted = byId(people, diff.problems)
  const ids = new Set(people.map(({ id }) => id))
  const known = new Map(kept.map((each) => [each.auth_data, each]))
  const used = new Map<string, number>()
  for (const { email } of wanted.values()) used.set(emailOf(email), (used.get(emailOf(email)) ?? 0) + 1)
  for (const person of wanted.values()) {
    const own = known.get(person.id)
    if (own) {
      compareOne(diff, own, person, directory)
      const email = emailOf(person.email)
      const holder = addresses.get(email)
      if (holder !== undefined && holder !== own.id)
        diff.problems.push({ dn: person.dn, problem: 'address_taken' })
    } else if (!person.isDisabled) {
      const problem = problemOf(person, used, addresses)
      if (problem) diff.problems.push({ dn: person.dn, problem })
      else diff.create.push(person)
    }
  }
  for (const each of kept) {
    // An id that is there twice is not missing.
    if (each.delete_at > 0 || ids.has(each.auth_data)) continue
    if (each.missing_since === 0) diff.miss.push(each)
    else if (now - each.missing_since >= confirmMs) diff.deactivate.push({ kept: each, reason: 'missing' })
  }
  return diff
}

/** Does a pass with this difference write anything? Problems alone are only told. */
export const isEmpty = (diff: Diff): boolean =>
  [diff.create, diff.change, diff.restore, diff.deactivate, diff.miss, diff.found].every(
    (list) => list.length === 0,
  )
