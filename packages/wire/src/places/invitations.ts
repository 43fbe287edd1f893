/**
 * Invitations by mail: into a team, as a member or as a guest. Links with a team's invite id belong to teams
 * and onboarding.
 */
import { Type } from 'typebox'
import { flag } from '../input.ts'
import { del, operations, post } from '../operation.ts'
import { Ids, Millis, Ok, Refusal, Text } from '../records.ts'

const Emails = Type.Array(Text(128), { minItems: 1, maxItems: 100 })
const Message = Type.Optional(Text(1000))

/** The result for one address. If `error` is null, the invitation is on its way. */
const Outcome = Type.Object({
  email: Type.String(),
  error: Type.Union([Refusal, Type.Null()]),
})

/**
 * With `graceful=true` each address has its own result. Without it, one refused address makes the whole
 * request fail.
 */
const reply = Type.Union([Ok, Type.Array(Outcome)])

export const invitations = operations('invitations', {
  create: post('/teams/{team_id}/invite/email', {
    query: { graceful: flag },
    body: Type.Union([
      Emails,
      Type.Object({ emails: Emails, channelIds: Type.Optional(Ids(50)), message: Message }),
    ]),
    reply,
  }),
  createForGuests: post('/teams/{team_id}/invite-guests/email', {
    query: { graceful: flag },
    /** `guest_end_at` is ours: when the accounts of these guests are deactivated. */
    body: Type.Object({
      emails: Emails,
      channels: Ids(50, 1),
      message: Message,
      guest_end_at: Type.Optional(Millis),
    }),
    reply,
  }),
  removeAll: del('/teams/invites/email', { reply: Ok }),
})
