/** The part of the permission matrix about teams on request, and about how long guests stay. */
import { admins, type Cases, members, nobody, signedIn } from './who.ts'

export const requestTable: Record<string, Cases> = {
  'requests.create': { any: members },
  'requests.list': { any: signedIn },
  'requests.listGroups': { any: members },
  // The request is that of somebody else: `member` endorses it, and `inside` is to own the team.
  'requests.get': { any: ['member', 'inside', 'root'] },
  'requests.endorse': { any: ['member'] },
  'requests.approve': { any: admins },
  'requests.refuse': { any: ['member', 'root'] },
  'requests.withdraw': { own: members, others: nobody },
  'requests.listReviews': { any: signedIn },
  // About a team that `teamAdmin` owns.
  'requests.answerReview': { any: ['teamAdmin', 'root'] },
  'requests.listOrphans': { any: admins },
  'requests.nameOwner': { any: admins },

  // About the guest, whom nobody of the others has invited.
  'guests.get': { any: ['guest', 'root'] },
  'guests.setEnd': { any: admins },
  'guests.listByIds': { any: signedIn },
}
