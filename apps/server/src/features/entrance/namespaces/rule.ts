/** Which entries fit a rule, and which address each gets. Pure. */
import { Fault } from '../../../core/faults.ts'
import { inPlainLetters, sortedByName } from '../../../core/folding.ts'
import { comparableName } from '../../../core/ldap-names.ts'
import { eachInTurns } from '../../../core/own-turn.ts'
import { checkChannelName } from '../../places/channels/index.ts'
import { checkTeamName } from '../../places/teams/index.ts'
import type { GroupEntry } from '../directory/index.ts'
import type { NamespaceRow } from './store.ts'

export type Rule = Pick<NamespaceRow, 'base' | 'source' | 'pattern' | 'makes'>

const MOST_ADDRESS = 60

/** `*` stands for any text; capitals do not count. */
export const fitsPattern = (pattern: string, name: string): boolean => {
  const [first = '', ...rest] = pattern.trim().toLowerCase().split('*')
  const text = name.toLowerCase()
  if (first === '' && rest.length === 0) return true
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false
  const end = text.length - last.length
  let at = first.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found < 0 || found + part.length > end) return false
    at = found + part.length
  }
  return true
}

const isName = (check: (name: string) => string, name: string): boolean => {
  try {
    check(name)
    return true
  } catch (error) {
    if (error instanceof Fault) return false
    throw error
  }
}

/** The address of the place that an entry becomes; '' if its name makes none. */
export const addressOf = (makes: Rule['makes'], name: string): string => {
  if (makes === 'nothing') return ''
  const plain = inPlainLetters(name)
    .replaceAll(/[._-]+/g, '-')
    .slice(0, MOST_ADDRESS)
    .replaceAll(/^-|-$/g, '')
  return isName(makes === 'team' ? checkTeamName : checkChannelName, plain) ? plain : ''
}

export type Candidate = GroupEntry & { address: string }

/**
 * The entries that fit, by name. `baseDN`: what counts as the base if the rule names none. Units lie directly
 * below the base: what lies below a unit belongs to it.
 */
export const candidatesOf = async (
  rule: Rule,
  entries: readonly GroupEntry[],
  baseDN: string,
): Promise<Candidate[]> => {
  const base = comparableName(rule.base === '' ? baseDN : rule.base)
  const isInside = ({ above }: GroupEntry): boolean =>
    rule.source === 'units' ? above[0] === base : above.includes(base)
  const found: Candidate[] = []
  await eachInTurns(entries, (entry) => {
    if (isInside(entry) && fitsPattern(rule.pattern, entry.name))
      found.push({ ...entry, address: addressOf(rule.makes, entry.name) })
  })
  return sortedByName(found.sort((one, other) => (one.id < other.id ? -1 : 1)))
}
