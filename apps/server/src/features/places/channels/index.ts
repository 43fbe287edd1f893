export {
  checkChannelVisible,
  isConversation,
  mayCreateDirect,
  mayCreateGroup,
  mayLookInto,
  mayManageMembers,
  mayMembers,
  mayPatchChannel,
  mayReadByName,
  mayReadChannel,
  refuseArchived,
  type SeenChannel,
  type SeenPlace,
  seeChannel,
  seeChannels,
  seePlace,
} from './access.ts'
export { conversationWith, createDirect, createGroup } from './conversations.ts'
export { defaultChannels, defaultNames, TOWN_SQUARE } from './defaults.ts'
export { type ChannelChange, channelChanged, channelCreated } from './events.ts'
export { forgetPlaces, type Place } from './places.ts'
export { audienceOf, shownChannel } from './records.ts'
export { checkChannelName } from './rules.ts'
export { createChannel, patch as patchChannel } from './service.ts'
export {
  type ChannelAccess,
  type ChannelRow,
  channelsOfUser,
  countInserted,
  countPostsSql,
  findAccess as findChannelAccess,
  findChannels,
  inLiveTeam,
  lockChannel,
  memberChannelsInTeam,
} from './store.ts'
