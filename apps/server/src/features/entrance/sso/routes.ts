import { sso } from '@plausch/wire'
import { anyone, on, routes } from '../../../core/route.ts'
import { mayLinkClaimed, mayListClaimed } from './access.ts'
import { exchangeCode } from './codes.ts'
import { linkGroup, listGroups, unlinkGroup } from './groups.ts'

export default routes(sso, {
  // The code and its secret give the permission; the code is used up in a commit of its own.
  exchangeCode: on(anyone, exchangeCode).stepwise,
  listGroups: on(mayListClaimed, listGroups),
  linkGroup: on(mayLinkClaimed, linkGroup),
  unlinkGroup: on(mayLinkClaimed, unlinkGroup),
})
