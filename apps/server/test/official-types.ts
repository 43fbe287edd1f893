/**
 * What we send is what official clients expect: each record is assignable to its type in `@mattermost/types`. The compiler checks it; a record that
 * does not fit is an error in this file. Left out are fields whose official type is narrower than what their own server sends.
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

/** `true` where what we send of the common fields is assignable to what they expect. */
type Fits<Ours, Theirs, Left extends PropertyKey = never> =
  Pick<Ours, Exclude<keyof Ours & keyof Theirs, Left>> extends Partial<Both<Ours, Theirs, Left>>
    ? true
    : false

type All<T extends readonly true[]> = T

export type Checks = All<
  [
    // notify_props and timezone are maps of text on the wire; the official types list the keys of today.
    Fits<Wire.User, UserProfile, 'notify_props' | 'timezone' | 'props'>,
    Fits<Wire.ChannelModeration, ChannelModeration>,
    Fits<Wire.Status, UserStatus>,
    // Theirs lists the durations of today.
    Fits<Wire.CustomStatus, UserCustomStatus, 'duration'>,
    Fits<Wire.TermsOfService, TermsOfService>,
    Fits<Wire.Audit, Audit>,
    // Their server sends null where nothing is set.
    Fits<Wire.Team, Team, 'policy_id' | 'scheme_id' | 'group_constrained'>,
    Fits<Wire.TeamMember, TeamMembership>,
    Fits<Wire.TeamUnread, TeamUnread>,
    Fits<
      Wire.Channel,
      Channel,
      'scheme_id' | 'group_constrained' | 'shared' | 'policy_id' | 'props' | 'banner_info'
    >,
    Fits<Wire.ChannelMember, ChannelMembership, 'notify_props'>,
    // '' is what their server sends for "by default".
    Fits<Wire.Category, ChannelCategory, 'sorting'>,
    // A post's type is any text on the wire; participants and metadata are filled as far as they are known.
    Fits<Wire.Post, Post, 'type' | 'participants' | 'metadata'>,
    Fits<Wire.PostList, PostList, 'posts'>,
    Fits<Wire.Thread, UserThreadWithPost, 'participants' | 'post'>,
    Fits<Wire.ThreadList, UserThreadList, 'threads'>,
    // Null where it was not asked for, as their server sends it.
    Fits<Wire.Group, Group, 'member_ids'>,
    Fits<Wire.OpenGraph, OpenGraphMetadata>,
    Fits<Wire.PermalinkEmbed['data'], PostPreviewMetadata, 'post'>,
    Fits<Wire.PostInfo, PostInfo, 'team_type'>,
    Fits<Wire.Reaction, Reaction>,
    Fits<Wire.Acknowledgement, PostAcknowledgement>,
    // '' is what their server sends where no error is.
    Fits<Wire.Draft, Draft, 'type' | 'metadata' | 'priority'>,
    Fits<Wire.ScheduledPost, ScheduledPost, 'type' | 'metadata' | 'priority' | 'error_code'>,
    // Null where there is none, as their server sends it.
    Fits<Wire.FileInfo, FileInfo, 'mini_preview'>,
    Fits<Pick<Wire.FileUpload, 'client_ids'>, FileUploadResponse>,
    Fits<Wire.CustomEmoji, CustomEmoji>,
    Fits<Wire.Bookmark, ChannelBookmark, 'file'>,
    // Theirs is a Map, which JSON has not.
    Fits<Wire.FileSearch, FileSearchResults, 'file_infos'>,
    Fits<Wire.Preference, PreferenceType>,
    Fits<Wire.Command, Command>,
    Fits<Wire.CommandSuggestion, AutocompleteSuggestion>,
    // Their type of the id of a channel is a slip; attachments are checked where they are written.
    Fits<Wire.CommandResponse, CommandResponse, 'channel_id' | 'attachments' | 'extra_responses'>,
    Fits<Wire.DialogSubmission, DialogSubmission, 'submission'>,
    Fits<Wire.DialogAnswer, SubmitDialogResponse, 'form'>,
    Fits<Wire.Role, Role>,
    // Theirs count as if they were members of channels.
    Fits<Wire.Session, Session, 'team_members'>,
  ]
>
