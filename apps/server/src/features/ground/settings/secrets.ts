/** Clients see secrets as a mask. A client that sends the mask back leaves the secret unchanged. */
import { type Settings, secretSettings } from '@plausch/wire'

/** v4's mask: 32 asterisks. */
export const MASK = '*'.repeat(32)

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Rebuilds a value and calls `change` for every secret text in it. `other` is walked in parallel. */
const walk = (
  name: string,
  value: unknown,
  other: unknown,
  change: (text: string, other: unknown) => string,
  isInside = false,
): unknown => {
  const isSecret = isInside || secretSettings.has(name)
  if (typeof value === 'string') return isSecret ? change(value, other) : value
  if (!isObject(value)) return value
  const beside = (key: string): unknown =>
    isObject(other) && Object.hasOwn(other, key) ? (other as Record<string, unknown>)[key] : undefined
  const entries = Object.entries(value).map(
    ([key, each]) => [key, walk(`${name}.${key}`, each, beside(key), change, isSecret)] as const,
  )
  return Array.isArray(value) ? entries.map(([, each]) => each) : Object.fromEntries(entries)
}

/**
 * A copy of all settings without secrets. An empty secret stays empty, because that none is set is no secret.
 */
export const masked = (settings: Settings): Record<string, Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(settings).map(([section, keys]) => [
      section,
      walk(section, keys, undefined, (text) => (text === '' ? '' : MASK)) as Record<string, unknown>,
    ]),
  )

/** The value that a client means if it sends `value` for a setting whose current value is `current`. */
export const unmasked = (section: string, key: string, value: unknown, current: unknown): unknown =>
  walk(`${section}.${key}`, value, current, (text, was) => {
    if (text !== MASK) return text
    return typeof was === 'string' ? was : ''
  })
