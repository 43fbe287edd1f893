/**
 * The official client's types of replies and events, by the names of its methods and events: for the
 * compiler, which shapes.ts asks about them.
 */
import type { Client4, WebSocketMessage } from '@mattermost/client'
import type { ChannelBookmark } from '@mattermost/types/channel_bookmarks'
import type { ChannelCategory } from '@mattermost/types/channel_categories'
import type { Channel, ChannelMembership } from '@mattermost/types/channels'
import type { Draft } from '@mattermost/types/drafts'
import type { CustomEmoji } from '@mattermost/types/emojis'
import type { Group, GroupMember } from '@mattermost/types/groups'
import type { OpenDialogRequest } from '@mattermost/types/integrations'
import type { Post, PostAcknowledgement } from '@mattermost/types/posts'
import type { PreferenceType } from '@mattermost/types/preferences'
import type { Reaction } from '@mattermost/types/reactions'
import type { Role } from '@mattermost/types/roles'
import type { ScheduledPost } from '@mattermost/types/schedule_post'
import type { Team, TeamMembership } from '@mattermost/types/teams'
import type { UserThread } from '@mattermost/types/threads'

type Answer<M> = M extends (...args: never[]) => Promise<infer R> ? R : never

export type Replies = { [Name in keyof Client4]: Answer<Client4[Name]> }

type Data<E extends WebSocketMessage> = { [Name in `${E['event']}`]: Extract<E, { event: Name }>['data'] }

/** The data of each event. */
export type Events = Data<WebSocketMessage>

/**
 * Keys that Mattermost's server always sends, though the types lack them or call them optional: those of its
 * own records without `omitempty`.
 */
export type Besides = {
  Channel: Sent<
    | 'banner_info'
    | 'default_category_name'
    | 'extra_update_at'
    | 'last_root_post_at'
    | 'policy_enforced'
    | 'policy_id'
    | 'policy_is_active'
    | 'props'
    | 'shared'
    | 'total_msg_count'
    | 'total_msg_count_root'
  >
  ChannelBookmark: Sent<'file_id'>
  ChannelMembership: Sent<
    | 'autotranslation_disabled'
    | 'explicit_roles'
    | 'last_update_at'
    | 'mention_count_root'
    | 'msg_count_root'
    | 'urgent_mention_count'
  >
  Command: Sent<'plugin_id'>
  FileInfo: Sent<'archived' | 'remote_id'>
  Group: Sent<'member_ids'>
  PaginatedPostList: Sent<'first_inaccessible_post_time'>
  Post: Sent<'last_reply_at' | 'participants'>
  PostList: Sent<'has_next'>
  PostSearchResults: Sent<'has_next'>
  Role: Sent<'built_in' | 'scheme_id'>
  Session: Sent<'expired_notify' | 'team_members'>
  Team: Sent<
    'cloud_limits_archived' | 'group_constrained' | 'last_team_icon_update' | 'policy_id' | 'scheme_id'
  >
  TeamMembership: Sent<'explicit_roles' | 'scheme_admin' | 'scheme_guest' | 'scheme_user'>
  UserProfile: Sent<'disable_welcome_email' | 'remote_id'>
  UserThread: Sent<'delete_at' | 'is_urgent'>
  UserThreadList: Sent<'total_unread_urgent_mentions'>
}

type Sent<Names extends string> = Record<Names, unknown>

/** Records that events carry as text, by the names of their fields. */
export type Nested = {
  acknowledgement: PostAcknowledgement
  bookmark: ChannelBookmark
  bookmarks: ChannelBookmark[]
  category: ChannelCategory
  channel: Channel
  channelMember: ChannelMembership
  dialog: OpenDialogRequest
  draft: Draft
  emoji: CustomEmoji
  group: Group
  group_member: GroupMember
  member: TeamMembership
  post: Post
  preference: PreferenceType
  preferences: PreferenceType[]
  reaction: Reaction
  role: Role
  scheduledPost: ScheduledPost
  team: Team
  thread: UserThread
  updatedCategories: ChannelCategory[]
}
