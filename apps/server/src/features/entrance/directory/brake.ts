/**
 * The brake: a faulty answer of the directory must not switch hundreds of accounts off. It holds back what
 * takes away; what adds goes on. Many small passes do not get past it, because it counts over a day.
 */
import type { Diff } from './diff.ts'

/** The largest number of people that one day takes out by itself, and the same as a part of all. */
const MOST = 10
const SHARE = 0.02
/** Below this number, a directory that halves is a small one that changes. */
const SMALL = 10

export type Measures = {
  /** Active accounts of the directory. */
  active: number
  /** Entries of people that were found. */
  found: number
  /** Entries of people that the last good pass found; 0 for none. */
  foundBefore: number
  /** Accounts that passes have switched off in the last 24 hours. */
  goneToday: number
}

export type Trigger = 'empty' | 'halved' | 'too_many'

/** Why removals are held back; an empty list lets them through. */
export const triggersOf = (diff: Diff, measures: Measures): Trigger[] => {
  const { active, found, foundBefore, goneToday } = measures
  const triggers: Trigger[] = []
  if (found === 0 && active > 0) triggers.push('empty')
  if (foundBefore > SMALL && found * 2 < foundBefore) triggers.push('halved')
  const limit = Math.max(MOST, Math.floor((active + goneToday) * SHARE))
  if (diff.deactivate.length > 0 && goneToday + diff.deactivate.length > limit) triggers.push('too_many')
  return triggers
}

/** An answer that is empty or halved says nothing about who is missing, so nobody even counts as missed. */
export const isUntrusted = (triggers: readonly Trigger[]): boolean =>
  triggers.includes('empty') || triggers.includes('halved')
