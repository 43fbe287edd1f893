/** Events for the state: JSON inside strings is parsed here, once, for all nouns. */
import type {
  Acknowledgement,
  Bookmark,
  BookmarkUpdate,
  Category,
  Channel,
  ChannelMember,
  CustomEmoji,
  Draft,
  EventData,
  EventFrame,
  EventName,
  Group,
  GroupMember,
  OpenDialogRequest,
  Post,
  Preference,
  Reaction,
  Role,
  ScheduledPost,
  Team,
  TeamMember,
  Thread,
} from '@plausch/wire'

const as = <T>(): T | undefined => undefined

/** Which fields of which events are JSON, and their types. */
const json = {
  posted: { post: as<Post>(), mentions: as<string[]>(), followers: as<string[]>() },
  post_edited: { post: as<Post>() },
  post_deleted: { post: as<Post>() },
  channel_updated: { channel: as<Channel>() },
  channel_member_updated: { channelMember: as<ChannelMember>() },
  group_added: { teammate_ids: as<string[]>() },
  update_team: { team: as<Team>() },
  delete_team: { team: as<Team>() },
  memberrole_updated: { member: as<TeamMember>() },
  preference_changed: { preference: as<Preference>() },
  preferences_changed: { preferences: as<Preference[]>() },
  preferences_deleted: { preferences: as<Preference[]>() },
  role_updated: { role: as<Role>() },
  sidebar_category_updated: { updatedCategories: as<Category[]>() },
  ephemeral_message: { post: as<Post>() },
  reaction_added: { reaction: as<Reaction>() },
  reaction_removed: { reaction: as<Reaction>() },
  post_acknowledgement_added: { acknowledgement: as<Acknowledgement>() },
  post_acknowledgement_removed: { acknowledgement: as<Acknowledgement>() },
  thread_updated: { thread: as<Thread>() },
  draft_created: { draft: as<Draft>() },
  draft_updated: { draft: as<Draft>() },
  draft_deleted: { draft: as<Draft>() },
  scheduled_post_created: { scheduledPost: as<ScheduledPost>() },
  scheduled_post_updated: { scheduledPost: as<ScheduledPost>() },
  scheduled_post_deleted: { scheduledPost: as<ScheduledPost>() },
  channel_bookmark_created: { bookmark: as<Bookmark>() },
  channel_bookmark_updated: { bookmarks: as<BookmarkUpdate>() },
  channel_bookmark_deleted: { bookmark: as<Bookmark>() },
  channel_bookmark_sorted: { bookmarks: as<Bookmark[]>() },
  emoji_added: { emoji: as<CustomEmoji>() },
  open_dialog: { dialog: as<OpenDialogRequest>() },
  received_group: { group: as<Group>() },
  group_member_add: { group_member: as<GroupMember>() },
  group_member_deleted: { group_member: as<GroupMember>() },
}

type Json = typeof json
type Parts<E> = E extends keyof Json ? Json[E] : unknown

/** The data of an event with its JSON parsed. An absent optional field stays absent. */
export type Decoded<E extends EventName> = {
  [K in keyof EventData<E>]: K extends keyof Parts<E>
    ? undefined extends EventData<E>[K]
      ? Parts<E>[K]
      : NonNullable<Parts<E>[K]>
    : EventData<E>[K]
}

export type DecodedFrame<E extends EventName = EventName> = Omit<EventFrame<E>, 'data'> & { data: Decoded<E> }

/** A noun's event handlers. */
export type Handlers = { [E in EventName]?: (data: Decoded<E>, frame: DecodedFrame<E>) => void }

/** Parses the JSON inside a frame. Throws if it is invalid: the server never sends such. */
export const decode = (frame: EventFrame): DecodedFrame => {
  const parts = Object.keys(json[frame.event as keyof Json] ?? {})
  if (parts.length === 0) return frame as DecodedFrame
  const data: Record<string, unknown> = { ...frame.data }
  for (const name of parts) {
    const text = data[name]
    if (typeof text === 'string') data[name] = JSON.parse(text)
  }
  return { ...frame, data } as unknown as DecodedFrame
}
