import type { Context } from '../../../core/context.ts'
import { after, within } from '../../../core/facts.ts'
import { settingsChanged } from '../../ground/settings/index.ts'
import { emailWanted, findUsers, isGuest, userUpdated } from '../../people/users/index.ts'
import {
  addPeople,
  checkDomain,
  findOutsiders,
  findTeamByName,
  fitsDomains,
  type TeamRow,
} from '../../places/teams/index.ts'

/** The number of people who join in one transaction after a primary team is set. */
const AT_ONCE = 200

/**
 * People can change to an address only if they could sign up with it; administrators may set any. A person
 * who verifies an address by a link was checked when they asked for it.
 */
const checkAddress = ({ actor, server }: Context, email: string) => {
  if (actor.userId === '' || actor.can('manage_system')) return
  checkDomain(server.settings().TeamSettings.RestrictCreationToDomains, email)
}

/** Some of the people who are not in the team and may join it, at most `AT_ONCE`. */
const fittingOutsiders = async (context: Context, team: TeamRow): Promise<string[]> => {
  const fitting: string[] = []
  for (let last = ''; ; ) {
    const ids = (await findOutsiders(context.db, team.id, last, AT_ONCE)).map((user) => user.id)
    const people = await findUsers(context.db, ids)
    fitting.push(...people.filter((user) => fitsDomains(context, team, user)).map((user) => user.id))
    last = ids.at(-1) ?? ''
    if (ids.length < AT_ONCE || fitting.length >= AT_ONCE) return fitting.slice(0, AT_ONCE)
  }
}

export default [
  within(emailWanted, async (context, { email }) => checkAddress(context, email)),
  within(userUpdated, async (context, { user, before }) => {
    if (user.email !== before.email) checkAddress(context, user.email)
  }),
  // Everybody who already has an account joins a new primary team; later people join it when they sign up.
  after(settingsChanged, async (context, { names }) => {
    if (!names.includes('TeamSettings.ExperimentalPrimaryTeam')) return
    const name = context.server.settings().TeamSettings.ExperimentalPrimaryTeam
    const team = name === '' ? undefined : await findTeamByName(context.db, name)
    if (!team || team.delete_at > 0) return
    const ids = await fittingOutsiders(context, team)
    if (ids.length === 0) return
    await addPeople(context, team, ids, { by: '' })
    if (ids.length === AT_ONCE) await context.emit(settingsChanged, { names })
  }),
  // If the primary team accepts only verified addresses, people join it when they verify theirs.
  within(userUpdated, async (context, { user, before }) => {
    if (!user.email_verified || before.email_verified || user.delete_at > 0) return
    if (user.is_bot || isGuest(user)) return
    const name = context.server.settings().TeamSettings.ExperimentalPrimaryTeam
    const team = name === '' ? undefined : await findTeamByName(context.db, name)
    if (!team || team.delete_at > 0 || team.allowed_domains === '') return
    if (fitsDomains(context, team, user)) await addPeople(context, team, [user.id], { by: user.id })
  }),
]
