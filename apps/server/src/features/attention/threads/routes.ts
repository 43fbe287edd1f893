import { threads } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { isOwnTeam } from '../../places/teams/index.ts'
import { mayFollow, mayReadThread } from './access.ts'
import { follow, get, list, markUnread, read, readAll, unfollow } from './service.ts'

export default routes(threads, {
  list: on(isOwnTeam, list),
  readAll: on(isOwnTeam, readAll),
  get: on(mayReadThread, get),
  follow: on(mayFollow, follow),
  unfollow: on(mayReadThread, unfollow),
  read: on(mayReadThread, read),
  markUnread: on(mayReadThread, markUnread),
})
