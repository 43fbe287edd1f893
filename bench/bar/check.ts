/** A check of the bar, and what it found. */
import type { Rig } from './rig.ts'

/** What was measured; `miss` says by how much it fails. */
export type Finding = { measured: string; miss?: string } | { notMeasured: string }

export type Check = {
  number: number
  what: string
  wanted: string
  /** The same on every machine, and quick: CI runs it too. */
  isDeterministic?: true
  run(rig: Rig): Promise<Finding>
}

/** A part of a check: a value that must not be above (or, with `atLeast`, below) its limit. */
export type Part = {
  name: string
  value: number
  limit: number
  unit?: string
  atLeast?: true
}

const shown = (value: number): string =>
  Number.isInteger(value) ? String(value) : value >= 100 ? value.toFixed(0) : value.toPrecision(3)

const missOf = ({ name, value, limit, unit = '', atLeast }: Part): string[] => {
  if (atLeast ? value >= limit : value <= limit) return []
  const rest = `${name}: ${shown(Math.abs(value - limit))}${unit === '' ? '' : ` ${unit}`}`
  return [limit === 0 ? `${rest} too many` : `${rest} (× ${(value / limit).toFixed(2)})`]
}

/** The finding of several values with their limits. */
export const parts = (all: readonly Part[]): Finding => {
  const misses = all.flatMap(missOf)
  const measured = all
    .map(({ name, value, unit = '' }) => `${name} ${shown(value)}${unit === '' ? '' : ` ${unit}`}`)
    .join(', ')
  return misses.length === 0 ? { measured } : { measured, miss: misses.join('; ') }
}

/** The finding of a list of problems that must be empty. */
export const none = (problems: readonly string[], measured: string): Finding =>
  problems.length === 0
    ? { measured }
    : { measured: `${measured}: ${problems.length} problems`, miss: problems.slice(0, 6).join('; ') }

/** The finding of two parts of a check. */
export const joined = (first: Finding, second: Finding): Finding => {
  if ('notMeasured' in first || 'notMeasured' in second) return first
  const texts = [first.measured, second.measured].filter((each) => each !== '')
  const misses = [first.miss, second.miss].filter((each) => each !== undefined)
  return { measured: texts.join(', '), ...(misses.length > 0 && { miss: misses.join('; ') }) }
}
