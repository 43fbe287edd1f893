/** The custom status of a person: an emoji and a text that say what they are about. */
import type { CustomStatus, Preference, User } from '@plausch/wire'

/** A custom status that is set. `expiresAt` is 0 for none. */
export type ShownStatus = { emoji: string; text: string; expiresAt: number }

const parsed = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text || 'null')
  } catch {
    return null
  }
}

const isStatus = (value: unknown): value is CustomStatus => typeof value === 'object' && value !== null

/** v4 writes "no end" as Go's zero time. */
const endOf = (text: string | undefined): number => Math.max(0, Date.parse(text ?? '') || 0)

const DEFAULT_EMOJI = 'speech_balloon'

/** A person's custom status, unless its end has come. */
export const customStatusOf = (
  user: Pick<User, 'props'> | undefined,
  now: number,
): ShownStatus | undefined => {
  const value = parsed(user?.props.customStatus)
  if (!isStatus(value) || !(value.emoji || value.text)) return undefined
  const expiresAt = endOf(value.expires_at)
  if (expiresAt > 0 && expiresAt <= now) return undefined
  return { emoji: value.emoji || DEFAULT_EMOJI, text: value.text ?? '', expiresAt }
}

/** The person's last custom statuses, newest first, from the preference that holds them. */
export const recentStatusesOf = (preference: Preference | undefined): CustomStatus[] => {
  const value = parsed(preference?.value)
  return Array.isArray(value) ? value.filter(isStatus) : []
}
