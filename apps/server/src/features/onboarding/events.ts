import type { Context } from '../../core/context.ts'
import { after, within } from '../../core/facts.ts'
import { settingsChanged } from '../settings/index.ts'
import { addPeople, checkDomain, findOutsiders, findTeamByName } from '../teams/index.ts'
import { emailWanted, userUpdated } from '../users/index.ts'

/** How many people join in one transaction when the team of everybody is named. */
const AT_ONCE = 200

/** An address that nobody could sign up with is none to change to; administrators may give any. Who follows a link was judged when they asked. */
const checkAddress = ({ actor, server }: Context, email: string) => {
  if (actor.userId === '' || actor.can('manage_system')) return
  checkDomain(server.settings().TeamSettings.RestrictCreationToDomains, email)
}

export default [
  within(emailWanted, async (context, { email }) => checkAddress(context, email)),
  within(userUpdated, async (context, { user, before }) => {
    if (user.email !== before.email) checkAddress(context, user.email)
  }),
  // Everybody who is here already joins the team that was made everybody's; later ones join when they sign up.
  after(settingsChanged, async (context, { names }) => {
    if (!names.includes('TeamSettings.ExperimentalPrimaryTeam')) return
    const name = context.server.settings().TeamSettings.ExperimentalPrimaryTeam
    const team = name === '' ? undefined : await findTeamByName(context.db, name)
    if (!team || team.delete_at > 0) return
    const outsiders = await findOutsiders(context.db, team.id, AT_ONCE)
    if (outsiders.length === 0) return
    await addPeople(
      context,
      team,
      outsiders.map((user) => user.id),
      { by: '' },
    )
    if (outsiders.length === AT_ONCE) await context.emit(settingsChanged, { names })
  }),
]
