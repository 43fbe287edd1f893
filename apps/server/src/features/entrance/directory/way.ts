/** Signing in by the password that the directory knows. */
import { type Context, change } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { type Connection, DirectoryDown, DirectoryRefusal, type Verdict } from '../../../core/ldap.ts'
import type { Entry } from '../../../core/ldap-entries.ts'
import type { Server } from '../../../core/server.ts'
import {
  type Attempt,
  countInSession,
  countSignIn,
  type Limits,
  LOCKED_MS,
  type Named,
  ownLimits,
  type Proof,
  type Way,
} from '../../people/sessions/index.ts'
import { findByIdentity, findByLogin, findUsers, type UserRow } from '../../people/users/index.ts'
import { admit, SERVICE } from './accounts.ts'
import { withDirectory } from './breaker.ts'
import { followPerson } from './own-groups.ts'
import { findById, findByLoginName, matches, type Person, personOf, type Standing } from './people.ts'
import { followPicture } from './pictures.ts'

/**
 * Each wrong guess here is a wrong guess there, and the directory's lock also locks people out of their mail
 * and their computer. So all unknown addresses together have few guesses.
 */
const limitsOf = (server: Server): Limits => {
  const max = Math.min(server.settings().LdapSettings.MaximumLoginAttempts || 4, ownLimits(server).max)
  return { max, maxOfAll: max, allLastsMs: LOCKED_MS }
}

const refusals = {
  expired: 'directory.password_expired',
  locked: 'directory.locked',
  refused: 'directory.refused',
} as const

const throwRefusal = (verdict: Verdict): void => {
  if (verdict === 'expired' || verdict === 'locked' || verdict === 'refused')
    throw new Fault(refusals[verdict])
}

export const standingOf = async (connection: Connection, server: Server, dn: string): Promise<Standing> => {
  const { LdapSettings, GuestAccountsSettings } = server.settings()
  const isGuest = GuestAccountsSettings.Enable && (await matches(connection, dn, LdapSettings.GuestFilter))
  const isAdmin = LdapSettings.EnableAdminFilter
    ? await matches(connection, dn, LdapSettings.AdminFilter)
    : undefined
  return { isGuest, isAdmin: isGuest ? false : isAdmin }
}

/** What the directory says about a password: the person behind it, or why not. */
type Said = { verdict: Verdict; person: Person; standing: Standing | undefined }

/**
 * Checks a password of the entry. The attempt is counted before, and never sent if there are too many.
 */
const ask = async (connection: Connection, server: Server, entry: Entry, password: string): Promise<Said> => {
  const person = personOf(server.settings().LdapSettings, entry, Date.now())
  // Before the bind, because afterwards the connection speaks for the person.
  const standing = await standingOf(connection, server, entry.dn)
  return { verdict: await connection.check(entry.dn, password), person, standing }
}

/**
 * One question to the directory. If it cannot be asked, throws the sentence that says so: it is not about the
 * password, and does not count.
 */
const inDirectory = async <T>(context: Context, work: (connection: Connection) => Promise<T>): Promise<T> => {
  const { server, request } = context
  try {
    return await withDirectory(server, request.ip, work)
  } catch (error) {
    if (error instanceof DirectoryDown) throw new Fault('directory.unreachable', undefined, error)
    if (error instanceof DirectoryRefusal) {
      server.log.error({ err: error, code: error.code }, 'the directory refuses the service account')
      throw new Fault('directory.unreachable', undefined, error)
    }
    throw error
  }
}

const settle = async (context: Context, said: Said, attempt: Attempt): Promise<Proof> => {
  const { server, actor, request, head } = context
  const { person, standing = { isGuest: false, isAdmin: undefined } } = said
  if (person.isDisabled) throw new Fault('directory.refused')
  const user = await change(server, { actor, request, head }, (inner) => admit(inner, person, standing))
  // The person gets in, whatever becomes of these: the next pass looks at them again.
  const unread = (what: string) => (error: unknown) =>
    server.log.warn({ err: error, user: user.id }, `the ${what} of a person could not be read`)
  await followPerson(server, request.ip, user, person.dn).catch(unread('groups'))
  await followPicture(server, request.ip, user, person.dn).catch(unread('picture'))
  return { answer: 'right', user, attempt }
}

const tryEntry = async (
  context: Context,
  connection: Connection,
  entry: Entry,
  password: string,
  count: (user: UserRow | undefined, id: string) => Promise<Attempt>,
): Promise<{ said?: Said; attempt: Attempt; user: UserRow | undefined }> => {
  const { id } = personOf(context.server.settings().LdapSettings, entry, context.now)
  // An entry without an id could be anybody's.
  if (id === '') throw new Fault('directory.no_id')
  const user = await findByIdentity(context.db, SERVICE, id)
  const attempt = await count(user, id)
  if (attempt.isLocked) return { attempt, user }
  try {
    return { said: await ask(connection, context.server, entry, password), attempt, user }
  } catch (error) {
    await attempt.takeBack()
    throw error
  }
}

const accountOf = async ({ db }: Context, { id, login }: Named): Promise<UserRow | undefined> =>
  id === '' ? await findByLogin(db, login, true, true) : (await findUsers(db, [id]))[0]

const signIn = async (context: Context, named: Named, password: string): Promise<Proof> => {
  const { server } = context
  const settings = server.settings().LdapSettings
  const account = await accountOf(context, named)
  const own = account?.auth_service === SERVICE ? account : undefined
  const wrong: Proof = { answer: 'wrong', ...(own ? { user: own } : {}) }
  // An empty password would bind as nobody, and succeed.
  if (password === '' || (named.id !== '' && !own)) return wrong
  const outcome = await inDirectory(context, async (connection) => {
    const entry =
      (named.id === '' ? await findByLoginName(connection, settings, named.login) : undefined) ??
      (own ? await findById(connection, settings, own.auth_data) : undefined)
    if (!entry) return undefined
    return await tryEntry(context, connection, entry, password, (user, id) =>
      countSignIn(context, { user, name: `${SERVICE}:${id}` }, limitsOf(server)),
    )
  }).catch((error: unknown) => {
    // Who has a password of this server is told that it is wrong.
    if (error instanceof Fault && account && !own) return undefined
    throw error
  })
  if (!outcome) return wrong
  if (!outcome.said) return { answer: 'locked', ...(outcome.user ? { user: outcome.user } : {}) }
  const { verdict } = outcome.said
  throwRefusal(verdict)
  if (verdict !== 'right') return outcome.user ? { answer: 'wrong', user: outcome.user } : wrong
  return await settle(context, outcome.said, outcome.attempt)
}

/** Checks the password of an account whose owner is signed in, or who moves to this way. */
const prove = async (context: Context, user: UserRow, password: string): Promise<Proof> => {
  const { server } = context
  const settings = server.settings().LdapSettings
  if (password === '' || !settings.Enable) return { answer: 'wrong', user }
  const outcome = await inDirectory(context, async (connection) => {
    const entry = await findById(connection, settings, user.auth_data)
    if (!entry) return undefined
    return await tryEntry(context, connection, entry, password, () =>
      countInSession(context, user, limitsOf(server)),
    )
  })
  if (!outcome) return { answer: 'wrong', user }
  if (!outcome.said) return { answer: 'locked', user }
  return outcome.said.verdict === 'right' && !outcome.said.person.isDisabled
    ? { answer: 'right', user, attempt: outcome.attempt }
    : { answer: 'wrong', user }
}

/** Whose entry a name and a password of the directory belong to; for moving an account to it. */
const proveEntry = async (context: Context, login: string, password: string): Promise<Person> => {
  const { server } = context
  const settings = server.settings().LdapSettings
  const wrong = () => new Fault('ent.ldap.do_login.invalid_password.app_error')
  if (password === '') throw wrong()
  const outcome = await inDirectory(context, async (connection) => {
    const entry = await findByLoginName(connection, settings, login.trim().toLowerCase())
    if (!entry) throw new Fault('ent.ldap.do_login.user_not_registered.app_error')
    return await tryEntry(context, connection, entry, password, (user, id) =>
      countSignIn(context, { user, name: `${SERVICE}:${id}` }, limitsOf(server)),
    )
  })
  if (!outcome.said) throw new Fault('api.user.check_user_login_attempts.too_many_ldap.app_error')
  throwRefusal(outcome.said.verdict)
  if (outcome.said.verdict !== 'right') throw wrong()
  if (outcome.said.person.isDisabled) throw new Fault('directory.refused')
  await outcome.attempt.forget()
  return outcome.said.person
}

export const directoryWay: Way = {
  service: SERVICE,
  isOn: (server) => server.settings().LdapSettings.Enable,
  signIn,
  prove,
  claim: async (context, login, password) => (await proveEntry(context, login, password)).id,
}
