/**
 * Keys that the official types promise, but that Mattermost's server also leaves out, or has only in a later
 * version than ours.
 */

import type { Missing } from './shapes.ts'

/** The reason, and a pattern for `Type.key in where.it.was`. */
const reasons: readonly (readonly [why: string, fits: RegExp])[] = [
  [
    'the client puts it there itself',
    /^(ChannelUnread\.deltaMsgs|CustomEmoji\.category|FileInfo\.clientId) in /,
  ],
  [
    'their server leaves it out where it is empty (omitempty)',
    /^PostMetadata\.(embeds|emojis|files|images) in /,
  ],
  ['their server sends it only if it is asked for (omitempty)', /^Group\.member_count in /],
  [
    'their server leaves it out where it is empty, or for others than its owner',
    /^(UserNotifyProps\.\w+|User(?:Profile|WithGroup)\.(bot_description|last_activity_at|password)|UpdateChannelBookmarkResponse\.deleted) in /,
  ],
  ['their server calls it delete_at', /^GroupMember\.deleted_at in /],
  ['their server answers with the status only', /^ChannelCategory\.\w+ in deleteChannelCategory$/],
  [
    'their members of teams do not count; the counts are those of TeamUnread',
    /^TeamMembership\.(mention|msg)_count(_root)? in /,
  ],
  ['only what the environment fixes is listed', /^EnvironmentConfig\.\w+ in /],
  [
    'their server names the state of its parts only if it is asked for, and of its own files never',
    /^ping\.(filestore|root)_status in /,
  ],
  [
    'newer than 11.6, or gone before it',
    /^(ClientConfig\.(EnableChannelCategorySorting|EnableReliableWebSockets|EnableTimedDND|FeatureFlag\w+|MaximumPersonalAccessTokenLifetimeDays)|AccessControlSettings\.\w+|AdminConfig\.MobileEphemeralModeSettings|EmailSettings\.PushNotificationServer\w+|ExperimentalSettings\.EnableWatermark|FileSettings\.ExtractContentTimeout|RateLimitSettings\.VaryByHeader|ServiceSettings\.MaximumPersonalAccessTokenLifetimeDays|SqlSettings\.AnalyticsQueryTimeout|TeamSettings\.EnableChannelCategorySorting) in /,
  ],
]

const textOf = ({ key, where }: Missing) => `${key} in ${where}`

/** Is the key allowed to be missing? */
export const isLeftOut = (missing: Missing): boolean => reasons.some(([, fits]) => fits.test(textOf(missing)))

/** Reasons that match no missing key. */
export const unusedReasons = (all: readonly Missing[]): string[] =>
  reasons.filter(([, fits]) => !all.some((missing) => fits.test(textOf(missing)))).map(([why]) => why)
