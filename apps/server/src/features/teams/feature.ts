import type { Feature } from '../../core/feature.ts'
import { checkTeamVisible } from './access.ts'
import listeners, { audienceOf } from './events.ts'
import routes from './routes.ts'
import { membershipsOfUser } from './store.ts'

export const teams: Feature = {
  name: 'teams',
  routes,
  listeners,
  constraints: { teams_name_key: 'app.team.save.existing.app_error' },
  start(server) {
    server.ports.audiences.push(async (userId) =>
      (await membershipsOfUser(server.db, userId)).map((member) => audienceOf(member.team_id)),
    )
    server.ports.checkTeamVisible = checkTeamVisible
  },
}
