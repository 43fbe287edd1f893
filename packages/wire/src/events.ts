/** Every event of the socket by name, with the shape of its data. Each noun adds its own. */
import { type Static, type TObject, Type } from 'typebox'
import { acknowledgementEvents } from './attention/acknowledgements.ts'
import { threadEvents } from './attention/threads.ts'
import { unreadEvents } from './attention/unreads.ts'
import { roleEvents } from './ground/roles.ts'
import { settingEvents } from './ground/settings.ts'
import { interactionEvents } from './integrations/interactions.ts'
import { bookmarkEvents } from './messages/bookmarks.ts'
import { draftEvents } from './messages/drafts.ts'
import { emojiEvents } from './messages/emoji.ts'
import { ephemeralEvents } from './messages/ephemeral.ts'
import { postEvents } from './messages/posts.ts'
import { reactionEvents } from './messages/reactions.ts'
import { scheduledEvents } from './messages/scheduled.ts'
import { typingEvents } from './messages/typing.ts'
import { attributeEvents } from './people/attributes.ts'
import { preferenceEvents } from './people/preferences.ts'
import { presenceEvents } from './people/presence.ts'
import { userEvents } from './people/users.ts'
import { categoryEvents } from './places/categories.ts'
import { channelEvents } from './places/channels.ts'
import { groupEvents } from './places/groups.ts'
import { memberEvents } from './places/members.ts'
import { requestEvents } from './places/requests.ts'
import { syncableEvents } from './places/syncables.ts'
import { teamEvents } from './places/teams.ts'

export const events = {
  hello: Type.Object({
    server_version: Type.String(),
    connection_id: Type.String(),
    server_hostname: Type.String(),
  }),
  ...settingEvents,
  ...roleEvents,
  ...userEvents,
  ...preferenceEvents,
  ...presenceEvents,
  ...attributeEvents,
  ...syncableEvents,
  ...teamEvents,
  ...channelEvents,
  ...memberEvents,
  ...categoryEvents,
  ...groupEvents,
  ...requestEvents,
  ...emojiEvents,
  ...postEvents,
  ...typingEvents,
  ...ephemeralEvents,
  ...unreadEvents,
  ...threadEvents,
  ...reactionEvents,
  ...acknowledgementEvents,
  ...draftEvents,
  ...scheduledEvents,
  ...interactionEvents,
  ...bookmarkEvents,
} satisfies Record<string, TObject>

export type EventName = keyof typeof events
export type EventData<E extends EventName> = Static<(typeof events)[E]>

/** The audience of an event, as v4 writes it into each frame. */
export type Broadcast = {
  omit_users: Record<string, true> | null
  user_id: string
  channel_id: string
  team_id: string
  connection_id: string
  omit_connection_id: string
}

/** A frame from server to client. `seq` counts the events of one connection from 0 without a gap. */
export type EventFrame<E extends EventName = EventName> = {
  event: E
  data: EventData<E>
  broadcast: Broadcast
  seq: number
}

/** The reply to an action of the client. */
export type ReplyFrame = {
  status: 'OK' | 'FAIL'
  seq_reply: number
  data?: Record<string, unknown>
  error?: ErrorBody
}

/** The body of every refusal, in HTTP and on the socket. */
export type ErrorBody = {
  id: string
  message: string
  detailed_error: string
  request_id: string
  status_code: number
}
