/** Every event of the socket by name, with the shape of its data. The list grows with the nouns. */
import { type Static, type TObject, Type } from 'typebox'
import { acknowledgementEvents } from './acknowledgements.ts'
import { attributeEvents } from './attributes.ts'
import { bookmarkEvents } from './bookmarks.ts'
import { categoryEvents } from './categories.ts'
import { channelEvents } from './channels.ts'
import { draftEvents } from './drafts.ts'
import { emojiEvents } from './emoji.ts'
import { ephemeralEvents } from './ephemeral.ts'
import { groupEvents } from './groups.ts'
import { interactionEvents } from './interactions.ts'
import { memberEvents } from './members.ts'
import { postEvents } from './posts.ts'
import { preferenceEvents } from './preferences.ts'
import { presenceEvents } from './presence.ts'
import { reactionEvents } from './reactions.ts'
import { roleEvents } from './roles.ts'
import { scheduledEvents } from './scheduled.ts'
import { settingEvents } from './settings.ts'
import { teamEvents } from './teams.ts'
import { threadEvents } from './threads.ts'
import { typingEvents } from './typing.ts'
import { unreadEvents } from './unreads.ts'
import { userEvents } from './users.ts'

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
  ...teamEvents,
  ...channelEvents,
  ...memberEvents,
  ...categoryEvents,
  ...groupEvents,
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

/** Who an event was meant for, as v4 writes it into each frame. */
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

/** The answer to an action of the client. */
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
