export {
  checkChannelVisible,
  isConversation,
  mayManageMembers,
  mayReadChannel,
  refuseArchived,
  type SeenChannel,
  seeChannel,
  seeChannels,
} from './access.ts'
export { conversationWith } from './conversations.ts'
export { defaultChannels, defaultNames, TOWN_SQUARE } from './defaults.ts'
export { type ChannelChange, channelChanged, channelCreated } from './events.ts'
export { audienceOf, memberRolesIn, shownChannel } from './records.ts'
export {
  type ChannelAccess,
  type ChannelRow,
  channelsOfUser,
  countPostsSql,
  findAccess as findChannelAccess,
  findChannels,
  lockChannel,
  memberChannelsInTeam,
} from './store.ts'
