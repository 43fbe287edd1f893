import { batchingLists } from '../../../core/batching.ts'
import type { Feature } from '../../../core/feature.ts'
import { checkTeamVisible } from './access.ts'
import listeners, { audienceOf } from './events.ts'
import { effects, forgetAll } from './memory.ts'
import routes from './routes.ts'
import { membershipsOfUsers } from './store.ts'

export const teams: Feature = {
  name: 'teams',
  routes,
  listeners,
  effects,
  resync: forgetAll,
  constraints: { teams_name_key: 'app.team.save.existing.app_error' },
  start(server) {
    const find = batchingLists('user_id', (userIds) => membershipsOfUsers(server.db, userIds))
    server.ports.audiences.push(async (userId) =>
      (await find(userId)).map(({ team_id }) => audienceOf(team_id)),
    )
    server.ports.checkTeamVisible = checkTeamVisible
  },
}
