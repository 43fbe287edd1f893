/** Checks the names of teams. Source: protocol, semantics 9. */
import { Fault } from '../../../core/faults.ts'

const reserved = [
  'admin',
  'api',
  'channel',
  'claim',
  'error',
  'files',
  'help',
  'landing',
  'login',
  'mfa',
  'oauth',
  'plug',
  'plugins',
  'post',
  'signup',
  'boards',
  'playbooks',
]

export const checkTeamName = (name: string): string => {
  const isReserved = reserved.some(
    (word) => name === word || name.startsWith(`${word}-`) || name.startsWith(`${word}_`),
  )
  if (!/^[a-z0-9][a-z0-9-]{0,62}[a-z0-9]$/.test(name) || isReserved) throw new Fault('teams.name')
  return name
}

const domainsIn = (allowedDomains: string): string[] =>
  allowedDomains
    .toLowerCase()
    .split(/[\s,@]+/)
    .filter((domain) => domain !== '')

/** Does this list of domains restrict who can join? */
export const isBound = (allowedDomains: string): boolean => domainsIn(allowedDomains).length > 0

/** Refuses an address whose domain is not in the list; an empty list allows all. */
export const checkDomain = (allowedDomains: string, email: string): void => {
  const domains = domainsIn(allowedDomains)
  const own = email.slice(email.lastIndexOf('@') + 1)
  if (domains.length > 0 && !domains.includes(own))
    throw new Fault('onboarding.domain', { domains: domains.join(', ') })
}
