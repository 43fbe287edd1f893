/** The server as a whole: is it there, what can it do, what are its limits. */
import { type Static, Type } from 'typebox'
import { flag, text } from './input.ts'
import { get, operations, post } from './operation.ts'
import { Strings, Text } from './records.ts'

export const Limits = Type.Object({
  maxUsersLimit: Type.Integer(),
  maxUsersHardLimit: Type.Integer(),
  activeUserCount: Type.Integer(),
  singleChannelGuestCount: Type.Integer(),
  singleChannelGuestLimit: Type.Integer(),
  postHistoryLimit: Type.Integer(),
  lastAccessiblePostTime: Type.Integer(),
})
export type Limits = Static<typeof Limits>

export const Busy = Type.Object({ busy: Type.Boolean(), expires: Type.Integer() })
export type Busy = Static<typeof Busy>

const old = { format: text(16) }

export const system = operations('system', {
  ping: get('/system/ping', { query: { get_server_status: flag, device_id: text(512) }, reply: Strings }),
  license: get('/license/client', { query: old, reply: Strings }),
  limits: get('/limits/server', { reply: Limits }),
  /** Names of the IANA time zones. */
  timezones: get('/system/timezones', { reply: Type.Array(Type.String()) }),
  /** Is the server under so much load that it does less than usual? */
  busy: get('/server_busy', { reply: Busy }),
  /** What went wrong in a client. `level` is ERROR or DEBUG. */
  log: post('/logs', {
    body: Type.Object({ level: Type.Optional(Text(16)), message: Type.Optional(Text(10_000)) }),
    reply: Strings,
    maxBody: 16_000,
  }),
  /** Where a link leads, by one step; '' where that cannot be told. */
  redirectLocation: get('/redirect_location', { query: { url: text(2048) }, reply: Strings, csrfFree: true }),
  plugins: get('/plugins/webapp', { reply: Type.Array(Type.Unknown()) }),
})
