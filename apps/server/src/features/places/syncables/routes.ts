import { syncables } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import {
  mayCompareChannel,
  mayCompareTeam,
  mayLinkChannel,
  mayLinkTeam,
  mayListGroupsOfChannel,
  mayListGroupsOfTeam,
  mayReadChannelSyncable,
  mayReadSyncables,
  mayReadTeamSyncable,
  mayUnlinkTeam,
} from './access.ts'
import {
  groupsByChannels,
  groupsOfChannel,
  groupsOfTeam,
  ungroupedInChannel,
  ungroupedInTeam,
} from './lists.ts'
import { mayForeseeChannel, mayForeseeTeam, mayReadMemberships } from './membership-access.ts'
import { joiningChannel, joiningTeam, memberships } from './memberships.ts'
import {
  getChannel,
  getTeam,
  linkChannel,
  linkTeam,
  listChannels,
  listTeams,
  patchChannel,
  patchTeam,
  unlinkChannel,
  unlinkTeam,
} from './service.ts'

export default routes(syncables, {
  memberships: on(mayReadMemberships, memberships),
  joiningTeam: on(mayForeseeTeam, joiningTeam),
  joiningChannel: on(mayForeseeChannel, joiningChannel),
  listTeams: on(mayReadSyncables, listTeams),
  getTeam: on(mayReadTeamSyncable, getTeam),
  linkTeam: on(mayLinkTeam, linkTeam),
  patchTeam: on(mayLinkTeam, patchTeam),
  unlinkTeam: on(mayUnlinkTeam, unlinkTeam),
  listChannels: on(mayReadSyncables, listChannels),
  getChannel: on(mayReadChannelSyncable, getChannel),
  linkChannel: on(mayLinkChannel, linkChannel),
  patchChannel: on(mayLinkChannel, patchChannel),
  unlinkChannel: on(mayLinkChannel, unlinkChannel),
  groupsOfTeam: on(mayListGroupsOfTeam, groupsOfTeam),
  groupsOfChannel: on(mayListGroupsOfChannel, groupsOfChannel),
  groupsByChannels: on(mayListGroupsOfTeam, groupsByChannels),
  ungroupedInTeam: on(mayCompareTeam, ungroupedInTeam),
  ungroupedInChannel: on(mayCompareChannel, ungroupedInChannel),
})
