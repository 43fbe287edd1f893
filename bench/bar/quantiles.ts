/** Quantiles of measured values. */

export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
export const p95 = (values: readonly number[]): number => quantile(values, 0.95)
export const medianOf = (values: readonly number[]): number => quantile(values, 0.5)
