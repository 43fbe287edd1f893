/** The server as a whole: whether it runs, what it can do, and its limits. */
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
  /** The names of the IANA time zones. */
  timezones: get('/system/timezones', { reply: Type.Array(Type.String()) }),
  /** Does the server do less than usual because of high load? */
  busy: get('/server_busy', { reply: Busy }),
  /** Reports an error of a client. `level` is ERROR or DEBUG. */
  log: post('/logs', {
    body: Type.Object({ level: Type.Optional(Text(16)), message: Type.Optional(Text(10_000)) }),
    reply: Strings,
    maxBody: 16_000,
  }),
  /** Where a link redirects to, followed by one step; '' if the server cannot tell. */
  redirectLocation: get('/redirect_location', { query: { url: text(2048) }, reply: Strings, csrfFree: true }),
  /** Always empty: the server has no agents. */
  agents: get('/agents', { reply: Type.Array(Type.Unknown()) }),
  agentsStatus: get('/agents/status', { reply: Type.Object({ available: Type.Literal(false) }) }),
  /** The load that a licence would count. Always 0, because no licence limits anything. */
  licenseLoad: get('/license/load_metric', { reply: Type.Object({ load: Type.Literal(0) }) }),
  postsUsed: get('/usage/posts', { reply: Type.Object({ count: Type.Literal(0) }) }),
  storageUsed: get('/usage/storage', { reply: Type.Object({ bytes: Type.Literal(0) }) }),
  /** Official clients show the first administrator a setup page unless this says that setup is complete. */
  setUp: get('/system/onboarding/complete', { reply: SystemValue }),
  completeSetUp: post('/system/onboarding/complete', { reply: Ok }),
  plugins: get('/plugins/webapp', { reply: Type.Array(Type.Unknown()) }),
})
