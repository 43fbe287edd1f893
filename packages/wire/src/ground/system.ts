/** The server as a whole: is it there, what can it do, what are its limits. */
import { type Static, Type } from 'typebox'
import { flag, text } from '../input.ts'
import { get, operations, post } from '../operation.ts'
import { Ok, Strings, Text } from '../records.ts'

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

const SystemValue = Type.Object({ name: Type.String(), value: Type.String() })

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
  /** Nothing thinks here beside the people. */
  agents: get('/agents', { reply: Type.Array(Type.Unknown()) }),
  agentsStatus: get('/agents/status', { reply: Type.Object({ available: Type.Literal(false) }) }),
  /** What a licence would count; 0, since none limits anything. */
  licenseLoad: get('/license/load_metric', { reply: Type.Object({ load: Type.Literal(0) }) }),
  postsUsed: get('/usage/posts', { reply: Type.Object({ count: Type.Literal(0) }) }),
  storageUsed: get('/usage/storage', { reply: Type.Object({ bytes: Type.Literal(0) }) }),
  /** Official clients lead the first administrator through a page unless this says that it is done. */
  setUp: get('/system/onboarding/complete', { reply: SystemValue }),
  completeSetUp: post('/system/onboarding/complete', { reply: Ok }),
  plugins: get('/plugins/webapp', { reply: Type.Array(Type.Unknown()) }),
})
