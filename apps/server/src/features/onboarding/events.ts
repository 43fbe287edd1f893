import { after } from '../../core/facts.ts'
import { settingsChanged } from '../settings/index.ts'
import { addPeople, findOutsiders, findTeamByName } from '../teams/index.ts'

/** How many people join in one transaction when the team of everybody is named. */
const AT_ONCE = 200

export default [
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
