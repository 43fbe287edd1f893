/** Who is there: online, away, do not disturb, offline, out of office. */
import { type Static, Type } from 'typebox'
import { get, operations, post, put } from './operation.ts'
import { Id, Ids, Millis } from './records.ts'

export const StatusName = Type.Union([
  Type.Literal('online'),
  Type.Literal('away'),
  Type.Literal('dnd'),
  Type.Literal('offline'),
  Type.Literal('ooo'),
])
export type StatusName = Static<typeof StatusName>

/** `dnd_end_time` is in SECONDS, unlike every other time of v4; 0 means without end. */
export const Status = Type.Object({
  user_id: Id,
  status: StatusName,
  manual: Type.Boolean(),
  last_activity_at: Millis,
  dnd_end_time: Type.Integer({ minimum: 0 }),
})
export type Status = Static<typeof Status>

export const presence = operations('presence', {
  get: get('/users/{user_id}/status', { reply: Status }),
  listByIds: post('/users/status/ids', { body: Ids(1000), reply: Type.Array(Status) }),
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
})

export const presenceEvents = {
  status_change: Type.Object({ user_id: Id, status: StatusName }),
}
