import { requests } from '@plausch/wire'
import { on, routes, signedIn } from '../../../core/route.ts'
import {
  mayAnswerReview,
  mayApprove,
  mayAsk,
  mayEndorse,
  mayListGroups,
  mayListOrphans,
  mayNameOwner,
  mayRefuse,
  maySeeRequest,
  mayWithdraw,
} from './access.ts'
import { answerReview, listReviews, nameOwner, orphans } from './reviews.ts'
import { approve, create, endorse, get, list, listGroups, refuse, withdraw } from './service.ts'

export default routes(requests, {
  // It may wait for the directory, so it holds no connection to the database meanwhile.
  create: on(mayAsk, create).stepwise,
  list: on(signedIn, list),
  get: on(maySeeRequest, get),
  endorse: on(mayEndorse, endorse),
  approve: on(mayApprove, approve),
  refuse: on(mayRefuse, refuse),
  withdraw: on(mayWithdraw, withdraw),
  listGroups: on(mayListGroups, listGroups),
  listReviews: on(signedIn, listReviews),
  answerReview: on(mayAnswerReview, answerReview),
  listOrphans: on(mayListOrphans, orphans),
  nameOwner: on(mayNameOwner, nameOwner),
})
