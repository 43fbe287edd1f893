/**
 * Our records are what official clients expect: each record is assignable to its type in `@mattermost/types`.
 * The compiler checks it; a record that does not fit is an error in this file. Fields are left out if their
 * official type is narrower than what Mattermost's own server sends.
 */
import type { Audit } from '@mattermost/types/audits'
import type { ChannelBookmark } from '@mattermost/types/channel_bookmarks'
import type { ChannelCategory } from '@mattermost/types/channel_categories'
import type { Channel, ChannelMembership, ChannelModeration } from '@mattermost/types/channels'
import type { Draft } from '@mattermost/types/drafts'
import type { CustomEmoji } from '@mattermost/types/emojis'
import type { FileInfo, FileSearchResults, FileUploadResponse } from '@mattermost/types/files'
import type { Group } from '@mattermost/types/groups'
import type {
  AutocompleteSuggestion,
  Command,
  CommandResponse,
  DialogSubmission,
  SubmitDialogResponse,
} from '@mattermost/types/integrations'
import type {
  OpenGraphMetadata,
  Post,
  PostAcknowledgement,
  PostInfo,
  PostList,
  PostPreviewMetadata,
} from '@mattermost/types/posts'
import type { PreferenceType } from '@mattermost/types/preferences'
import type { Reaction } from '@mattermost/types/reactions'
import type { Role } from '@mattermost/types/roles'
import type { ScheduledPost } from '@mattermost/types/schedule_post'
import type { Session } from '@mattermost/types/sessions'
import type { Team, TeamMembership, TeamUnread } from '@mattermost/types/teams'
import type { TermsOfService } from '@mattermost/types/terms_of_service'
import type { UserThreadList, UserThreadWithPost } from '@mattermost/types/threads'
import type { UserCustomStatus, UserProfile, UserStatus } from '@mattermost/types/users'
import type * as Wire from '@plausch/wire'

/** Fields that both sides name, without `Left`. */
type Both<Ours, Theirs, Left extends PropertyKey> = Pick<Theirs, Exclude<keyof Ours & keyof Theirs, Left>>

/** `true` if our common fields are assignable to theirs. */
type Fits<Ours, Theirs, Left extends PropertyKey = never> =
  Pick<Ours, Exclude<keyof Ours & keyof Theirs, Left>> extends Partial<Both<Ours, Theirs, Left>>
    ? true
    : false

type All<T extends readonly true[]> = T

export type Checks = All<
  [
    // On the wire, notify_props and timezone are maps of text; the official types list only the current keys.
    Fits<Wire.User, UserProfile, 'notify_props' | 'timezone' | 'props'>,
    Fits<Wire.ChannelModeration, ChannelModeration>,
    Fits<Wire.Status, UserStatus>,
    // The official type lists only the current durations.
    Fits<Wire.CustomStatus, UserCustomStatus, 'duration'>,
    Fits<Wire.TermsOfService, TermsOfService>,
    Fits<Wire.Audit, Audit>,
    // Mattermost's server sends null if nothing is set.
    Fits<Wire.Team, Team, 'policy_id' | 'scheme_id' | 'group_constrained'>,
    Fits<Wire.TeamMember, TeamMembership>,
    Fits<Wire.TeamUnread, TeamUnread>,
    Fits<
      Wire.Channel,
      Channel,
      'scheme_id' | 'group_constrained' | 'shared' | 'policy_id' | 'props' | 'banner_info'
    >,
    Fits<Wire.ChannelMember, ChannelMembership, 'notify_props'>,
    // Mattermost's server sends '' for "by default".
    Fits<Wire.Category, ChannelCategory, 'sorting'>,
    // On the wire, a post's type is any text; participants and metadata may be incomplete.
    Fits<Wire.Post, Post, 'type' | 'participants' | 'metadata'>,
    Fits<Wire.PostList, PostList, 'posts'>,
    Fits<Wire.Thread, UserThreadWithPost, 'participants' | 'post'>,
    Fits<Wire.ThreadList, UserThreadList, 'threads'>,
    // Null if the client did not ask for it, as Mattermost's server sends it. A group of the directory has no
    // name until it may be mentioned.
    Fits<Wire.Group, Group, 'member_ids' | 'name'>,
    Fits<Wire.OpenGraph, OpenGraphMetadata>,
    Fits<Wire.PermalinkEmbed['data'], PostPreviewMetadata, 'post'>,
    Fits<Wire.PostInfo, PostInfo, 'team_type'>,
    Fits<Wire.Reaction, Reaction>,
    Fits<Wire.Acknowledgement, PostAcknowledgement>,
    // Mattermost's server sends '' if there is no error.
    Fits<Wire.Draft, Draft, 'type' | 'metadata' | 'priority'>,
    Fits<Wire.ScheduledPost, ScheduledPost, 'type' | 'metadata' | 'priority' | 'error_code'>,
    // Null if there is none, as Mattermost's server sends it.
    Fits<Wire.FileInfo, FileInfo, 'mini_preview'>,
    Fits<Pick<Wire.FileUpload, 'client_ids'>, FileUploadResponse>,
    Fits<Wire.CustomEmoji, CustomEmoji>,
    Fits<Wire.Bookmark, ChannelBookmark, 'file'>,
    // The official type is a Map, which JSON does not have.
    Fits<Wire.FileSearch, FileSearchResults, 'file_infos'>,
    Fits<Wire.Preference, PreferenceType>,
    Fits<Wire.Command, Command>,
    Fits<Wire.CommandSuggestion, AutocompleteSuggestion>,
    // The official type of the channel id is a mistake; attachments are checked where they are written.
    Fits<Wire.CommandResponse, CommandResponse, 'channel_id' | 'attachments' | 'extra_responses'>,
    Fits<Wire.DialogSubmission, DialogSubmission, 'submission'>,
    Fits<Wire.DialogAnswer, SubmitDialogResponse, 'form'>,
    Fits<Wire.Role, Role>,
    // The official type requires these members as if they were members of channels.
    Fits<Wire.Session, Session, 'team_members'>,
  ]
>
