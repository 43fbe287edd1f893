/**
 * Everything of a client except the user interface: typed calls, the resuming socket, the state. Runs in
 * browsers and in Node.
 */
export {
  type Api,
  ApiFault,
  type ApiOptions,
  addressOf,
  type Call,
  type CallInput,
  createApi,
} from './api.ts'
export { type Client, type ClientOptions, createClient } from './client.ts'
export { type Decoded, type DecodedFrame, decode, type Handlers } from './events.ts'
export {
  type CopyTable,
  copyTables,
  type LocalDatabase,
  type LocalWrite,
  memoryDatabases,
  type OpenDatabase,
  type Table,
  type WritingTable,
  writingTables,
} from './local/database.ts'
export { everyPage } from './pages.ts'
export { createSession, type Phase, type Session, type SessionOptions } from './session.ts'
export { retryDelay, Socket, type SocketOptions, type SocketStatus } from './socket.ts'
export {
  batch,
  Collection,
  derive,
  keyed,
  type Source,
  sameFields,
  sameList,
  select,
  Value,
} from './source.ts'
export type { Arrival } from './state/arrivals.ts'
export type { Refusal } from './state/changes.ts'
export { partnerOf } from './state/channels/fetch.ts'
export { customStatusOf, recentStatusesOf, type ShownStatus } from './state/custom-status.ts'
export { EMPTY, isEmpty } from './state/drafts.ts'
export type { OpenedDialog } from './state/interactions.ts'
export type { Written } from './state/kept-drafts.ts'
export type { Roster } from './state/members.ts'
export { isNamedIn } from './state/mentions.ts'
export type { Exclusive, Storage } from './state/noun.ts'
export type { Pending } from './state/posts/outbox.ts'
export { type Block as TimelineBlock, blockAt, type Timeline } from './state/posts/timeline.ts'
export type { StatusName } from './state/presence.ts'
export { createState, type State } from './state/state.ts'
export type { FollowedThread, TeamThreads } from './state/threads/lists.ts'
export { type Counters, isMuted, type Unread } from './state/unreads.ts'
export { type NameForm, nameOf } from './state/users.ts'
