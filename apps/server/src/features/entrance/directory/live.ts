/**
 * Live changes: a directory moves a mark with each change, also with deletions and with what it changes by
 * itself. This looks at the mark every few seconds, and starts a pass when it has moved.
 */
import type { Job } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { change, system } from '../../../core/context.ts'
import { DirectoryDown, DirectoryRefusal } from '../../../core/ldap.ts'
import { addJobs, each, queue } from '../../../core/queue.ts'
import { perServer, type Server } from '../../../core/server.ts'
import { latestJob } from '../../ground/jobs/index.ts'
import { ASIDE_MS, withDirectory } from './breaker.ts'
import { readMark } from './marks.ts'
import { PASS, startPass } from './pass.ts'

const PLACE = 'live'
/** While there is nothing to look at, it is asked this often whether that has changed. */
const IDLE_MS = 60_000
/** Passes that change nothing, or fail, come at larger and larger distances, up to 2 to this power. */
const MOST_DOUBLED = 10
/** A pass takes at most this part of the time. */
const SHARE = 10
/** The distance does not double beyond this. */
const LONGEST_MS = 300_000
/** After this a directory that does not answer is asked again, the first time. */
const RETRY_MS = 10_000

const stateOf = perServer(
  'the last mark of the directory that was seen',
  'at worst another server starts a pass that changes nothing',
  (): { mark: string | undefined; inVain: number; failures: number } => ({
    mark: undefined,
    inVain: 0,
    failures: 0,
  }),
)

const COUNTS = [
  'created_count',
  'update_count',
  'delete_count',
  'missing_count',
  'group_member_add_count',
  'group_member_delete_count',
  'placed_count',
  'removed_count',
  'namespace_made_count',
  'picture_count',
]
export const isInVain = ({ status, data }: Pick<Job, 'status' | 'data'>): boolean =>
  status === 'error' || COUNTS.every((name) => (data[name] ?? '0') === '0')

/**
 * How long after its start the last pass is followed by the next one: a directory that notes each sign-in
 * moves its mark all the time, and one that is large takes long to be read.
 */
export const distanceOf = (everyMs: number, inVain: number, tookMs: number): number =>
  Math.max(Math.min(everyMs * 2 ** Math.min(inVain, MOST_DOUBLED), LONGEST_MS), SHARE * tookMs)

/** Looks once. Returns when to look again. */
const look = async (server: Server): Promise<number> => {
  const { LdapSettings, PlauschSettings } = server.settings()
  const everyMs = PlauschSettings.LdapLiveSeconds * 1000
  if (!LdapSettings.EnableSync || everyMs === 0) return IDLE_MS
  const state = stateOf(server)
  const mark = await withDirectory(
    server,
    PLACE,
    (connection) => readMark(connection, LdapSettings.BaseDN),
    ASIDE_MS,
  )
  if (mark === undefined) return IDLE_MS
  // The first look only knows where it begins: a pass by the clock has seen the rest, or will.
  const before = state.mark
  if (before === undefined) state.mark = mark
  if (before === undefined) return everyMs
  const last = await latestJob(server.db, PASS)
  // What a pass that failed should have done is still to do.
  if (before === mark && last?.status !== 'error') return everyMs
  // A pass that runs may have read before the change.
  if (last && (last.status === 'pending' || last.status === 'in_progress')) return everyMs
  const inVain = last && isInVain(last) ? state.inVain + 1 : 0
  const tookMs = last && last.start_at > 0 ? last.last_activity_at - last.start_at : 0
  if (last && Date.now() - last.create_at < distanceOf(everyMs, inVain, tookMs)) return everyMs
  state.mark = mark
  state.inVain = inVain
  await change(server, { actor: system }, (context) => startPass(context))
  return everyMs
}

/** One job for all servers together, which comes again and again. */
export const live = queue<Record<string, never>>({
  name: 'directory.live',
  run: each(async (server) => {
    const state = stateOf(server)
    try {
      const laterMs = await look(server)
      state.failures = 0
      return { laterMs }
    } catch (error) {
      const isKnown = error instanceof DirectoryDown || error instanceof DirectoryRefusal
      if (!isKnown) server.log.warn({ err: error }, 'the changes of the directory could not be followed')
      state.failures += 1
      return { laterMs: distanceOf(RETRY_MS, state.failures - 1, 0) }
    }
  }),
})

/** Begins to look, or looks at once because the settings changed. */
export const lookSoon = (context: Context): Promise<number> =>
  addJobs(context, live, [{ key: 'next', payload: {} }], 'sooner')
