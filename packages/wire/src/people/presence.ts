/** The status of people: online, away, do not disturb, offline, out of office. */
import { type Static, Type } from 'typebox'
import { Name } from '../names.ts'
import { del, get, operations, post, put } from '../operation.ts'
import { Id, Ids, Millis, Ok, Text } from '../records.ts'

export const StatusName = Type.Union([
  Type.Literal('online'),
  Type.Literal('away'),
  Type.Literal('dnd'),
  Type.Literal('offline'),
  Type.Literal('ooo'),
])
export type StatusName = Static<typeof StatusName>

/** `dnd_end_time` is in SECONDS, unlike every other time of v4; 0 means no end. */
export const Status = Type.Object({
  user_id: Id,
  status: StatusName,
  manual: Type.Boolean(),
  last_activity_at: Millis,
  dnd_end_time: Type.Integer({ minimum: 0 }),
})
export type Status = Static<typeof Status>

/** A custom status. It is stored as JSON in `props.customStatus` of the person. `expires_at` is ISO 8601. */
export const CustomStatus = Type.Object({
  emoji: Type.Optional(Text(64)),
  text: Type.Optional(Name(1000)),
  duration: Type.Optional(Text(32)),
  expires_at: Type.Optional(Text(64)),
})
export type CustomStatus = Static<typeof CustomStatus>

const recent = { body: CustomStatus, reply: Ok }

export const presence = operations('presence', {
  get: get('/users/{user_id}/status', { reply: Status }),
  listByIds: post('/users/status/ids', { body: Ids(1000, 1), reply: Type.Array(Status) }),
  set: put('/users/{user_id}/status', {
    body: Type.Object({
      user_id: Id,
      status: Type.Union([
        Type.Literal('online'),
        Type.Literal('away'),
        Type.Literal('dnd'),
        Type.Literal('offline'),
      ]),
      dnd_end_time: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000_000 })),
    }),
    reply: Status,
  }),
  setCustom: put('/users/{user_id}/status/custom', { body: CustomStatus, reply: Ok }),
  clearCustom: del('/users/{user_id}/status/custom', { reply: Ok }),
  removeRecent: del('/users/{user_id}/status/custom/recent', recent),
  /** Does the same, for clients that cannot send a body with DELETE. */
  removeRecentByPost: post('/users/{user_id}/status/custom/recent/delete', recent),
})

export const presenceEvents = {
  status_change: Type.Object({ user_id: Id, status: StatusName }),
}
