/** The server as a whole: is it there, what can it do, what are its limits. */
import { type Static, Type } from 'typebox'
import { flag, text } from './input.ts'
import { get, operations } from './operation.ts'
import { Strings } from './records.ts'

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

const old = { format: text(16) }

export const system = operations('system', {
  ping: get('/system/ping', { query: { get_server_status: flag, device_id: text(512) }, reply: Strings }),
  license: get('/license/client', { query: old, reply: Strings }),
  limits: get('/limits/server', { reply: Limits }),
  /** Names of the IANA time zones. */
  timezones: get('/system/timezones', { reply: Type.Array(Type.String()) }),
  plugins: get('/plugins/webapp', { reply: Type.Array(Type.Unknown()) }),
})
