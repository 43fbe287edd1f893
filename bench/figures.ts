/** Figures: the results of a scenario, and their statistics. */

/**
 * One line of the table. `limit` is what this machine could do in the same run; it has the same unit as
 * `value`.
 */
export type Figure = {
  /** A stable name, `scenario.word`: results of different runs are compared by it. */
  name: string
  title: string
  value: number
  unit: string
  /** What the machine itself needs for the same, measured in the same run. */
  limit?: number
  goal?: number
  /** Mattermost 5.37 on the machine of record (docs/reference/performance.md), for orientation. */
  mattermost?: number
  /** False if more is better. */
  isCost?: boolean
  /** The worst of a few seconds: it depends too much on chance to fail a run. */
  isUnsteady?: boolean
}

/** How many times what the machine itself needs; undefined if there is no limit to compare with. */
export const ratioOf = ({ value, limit, isCost = true }: Figure): number | undefined => {
  if (limit === undefined || limit === 0 || value === 0) return undefined
  return isCost ? value / limit : limit / value
}

export const meetsGoal = ({ value, goal, isCost = true }: Figure): boolean | undefined =>
  goal === undefined ? undefined : isCost ? value <= goal : value >= goal

/** The value that a share `p` of the values does not exceed; NaN for none. The values must be sorted. */
const quantile = (sorted: ArrayLike<number>, p: number): number =>
  sorted[Math.min(Math.ceil(sorted.length * p), sorted.length) - 1] ?? Number.NaN

export type Spread = { count: number; p50: number; p95: number; p99: number; max: number }

/** Of values in any order, in their unit. */
export const spreadOf = (values: readonly number[]): Spread => {
  const sorted = Float64Array.from(values).sort()
  const at = (p: number) => quantile(sorted, p)
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}

export const median = (values: readonly number[]): number => spreadOf(values).p50
