/** Events as the state takes them: what travels as JSON inside a string is read here, once, for all nouns. */
import type {
  Category,
  Channel,
  ChannelMember,
  EventData,
  EventFrame,
  EventName,
  Post,
  Preference,
  Role,
  Team,
  TeamMember,
} from '@plausch/wire'

const as = <T>(): T | undefined => undefined

/** Which parts of which events are JSON, and of what. */
const json = {
  posted: { post: as<Post>(), mentions: as<string[]>() },
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
}

type Json = typeof json
type Parts<E> = E extends keyof Json ? Json[E] : unknown

/** The data of an event with its JSON read. An optional part that is absent stays so. */
export type Decoded<E extends EventName> = {
  [K in keyof EventData<E>]: K extends keyof Parts<E>
    ? undefined extends EventData<E>[K]
      ? Parts<E>[K]
      : NonNullable<Parts<E>[K]>
    : EventData<E>[K]
}

export type DecodedFrame<E extends EventName = EventName> = Omit<EventFrame<E>, 'data'> & { data: Decoded<E> }

/** What a noun does on events. */
export type Handlers = { [E in EventName]?: (data: Decoded<E>, frame: DecodedFrame<E>) => void }

/** Reads the JSON inside a frame. Throws on what is no JSON: the server never sends such. */
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
