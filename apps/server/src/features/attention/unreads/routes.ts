import { unreads } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { isOneself } from '../../people/users/index.ts'
import { isOwnTeam } from '../../places/teams/index.ts'
import { mayLookIntoOwn, mayMarkPost } from './access.ts'
import { markRead, markUnread, ofChannel, ofTeam, ofTeams, postsAround, view } from './service.ts'

export default routes(unreads, {
  ofTeams: on(isOneself, ofTeams),
  ofTeam: on(isOwnTeam, ofTeam),
  ofChannel: on(mayLookIntoOwn, ofChannel),
  view: on(isOneself, view).single,
  markRead: on(isOneself, markRead).single,
  markUnread: on(mayMarkPost, markUnread),
  postsAround: on(mayLookIntoOwn, postsAround),
})
