/**
 * Custom statuses: an emoji and a short text, until a time. They are in the account's props, where v4's
 * clients expect them.
 */
import type { CustomStatus, InputOf, presence } from '@plausch/wire'
import { type Context, change, system } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import type { Server } from '../../../core/server.ts'
import { findPreference, savePreferences } from '../preferences/index.ts'
import { lockAccount, saveAccount, type UserRow } from '../users/index.ts'
import { findCustomStatuses } from './store.ts'

const LONGEST = 100
const MOST_RECENT = 5
const DEFAULT_EMOJI = 'speech_balloon'
/** Go's zero time, which v4's clients read as "no end". */
const NEVER = '0001-01-01T00:00:00Z'
const CATEGORY = 'custom_status'
const RECENT = 'recent_custom_statuses'
const durations = new Set([
  '',
  'thirty_minutes',
  'one_hour',
  'four_hours',
  'today',
  'this_week',
  'date_and_time',
  'custom_date_time',
])

const malformed = () => new Fault('api.context.invalid_body_param.app_error', { name: 'custom_status' })

/** An end in milliseconds; 0 for none. */
const endOf = (text: string | undefined): number => {
  const at = text ? Date.parse(text) : 0
  if (Number.isNaN(at)) throw malformed()
  return Math.max(at, 0)
}

/** The status in the form that is stored, or a fault. A longer text is cut, as in v4. */
const checked = (wanted: CustomStatus, now: number): CustomStatus => {
  const { emoji = '', text = '', duration = '' } = wanted
  const end = endOf(wanted.expires_at)
  if (emoji === '' && text.trim() === '') throw malformed()
  if (!/^[a-z0-9_+-]{0,64}$/i.test(emoji) || !durations.has(duration)) throw malformed()
  if (end > 0 ? end <= now : duration !== '') throw malformed()
  return {
    emoji: emoji || DEFAULT_EMOJI,
    text: [...text.trim()].slice(0, LONGEST).join(''),
    duration: end > 0 && duration === '' ? 'date_and_time' : duration,
    expires_at: end > 0 ? new Date(end).toISOString() : NEVER,
  }
}

const isSame = (a: CustomStatus, b: CustomStatus) => a.emoji === b.emoji && a.text === b.text

const isList = (value: unknown): value is CustomStatus[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'object' && each !== null)

/** Clients can also write this preference, so an unreadable one counts as empty. */
const recentOf = async ({ db }: Context, userId: string): Promise<CustomStatus[]> => {
  const kept = await findPreference(db, userId, CATEGORY, RECENT)
  try {
    const value: unknown = JSON.parse(kept?.value ?? '[]')
    return isList(value) ? value : []
  } catch {
    return []
  }
}

const saveRecent = (context: Context, userId: string, list: readonly CustomStatus[]) =>
  savePreferences(context, userId, [
    { user_id: userId, category: CATEGORY, name: RECENT, value: JSON.stringify(list) },
  ])

const saveStatus = (context: Context, user: UserRow, status: string) =>
  saveAccount(context, user, { props: { ...user.props, customStatus: status } })

const ok = { status: 'OK' as const }

export const setCustom = async (
  context: Context,
  { body }: InputOf<typeof presence.setCustom>,
  userId: string,
) => {
  const status = checked(body, context.now)
  await saveStatus(context, await lockAccount(context, userId), JSON.stringify(status))
  const others = (await recentOf(context, userId)).filter((each) => !isSame(each, status))
  await saveRecent(context, userId, [status, ...others].slice(0, MOST_RECENT))
  return ok
}

export const clearCustom = async (context: Context, _input: unknown, userId: string) => {
  const user = await lockAccount(context, userId)
  if (user.props.customStatus) await saveStatus(context, user, '')
  return ok
}

export const removeRecent = async (context: Context, { body }: { body: CustomStatus }, userId: string) => {
  await lockAccount(context, userId)
  const recent = await recentOf(context, userId)
  const left = recent.filter((each) => !isSame(each, { emoji: body.emoji ?? '', text: body.text ?? '' }))
  if (left.length === recent.length) throw new Fault('presence.no_such_status')
  await saveRecent(context, userId, left)
  return ok
}

const isOver = (status: string, now: number): boolean => {
  try {
    const value: unknown = JSON.parse(status)
    const end = typeof value === 'object' && value !== null && 'expires_at' in value ? value.expires_at : ''
    const at = typeof end === 'string' ? Date.parse(end) : 0
    return at > 0 && at <= now
  } catch {
    return false
  }
}

/** Clears custom statuses that have ended; a schedule calls it. */
export const endCustom = async (server: Server): Promise<void> => {
  for (const { id, status } of await findCustomStatuses(server.db)) {
    if (!isOver(status, Date.now())) continue
    await change(server, { actor: system }, async (context) => {
      const user = await lockAccount(context, id)
      // The person may have set a new one meanwhile.
      if (isOver(user.props.customStatus ?? '', context.now)) await saveStatus(context, user, '')
    })
  }
}
