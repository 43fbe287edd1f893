import { notices } from '@plausch/wire'
import { on, routes, signedIn } from '../../../core/route.ts'
import { mayEnterTeam } from '../../places/teams/index.ts'
import { mayAcknowledgePush } from './access.ts'
import { done, list, sendTest } from './service.ts'

export default routes(notices, {
  list: on(mayEnterTeam, list),
  markViewed: on(signedIn, done).reading,
  acknowledgePush: on(mayAcknowledgePush, done).reading,
  sendTest: on(signedIn, sendTest),
})
