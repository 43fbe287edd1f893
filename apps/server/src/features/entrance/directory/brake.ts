/**
 * The brake: a faulty answer of the directory must not switch hundreds of accounts off. It holds back what
 * takes away; what adds goes on. Many small passes do not get past it, because it counts over a day.
 */
import type { Diff } from './diff.ts'

/** The largest number of people that one day takes out by itself, and the same as a part of all. */
const MOST = 10
const SHARE = 0.02
/** The part of a group, a team or a channel that one day takes out by itself. */
const SHARE_OF_PLACE = 3
/** So many groups may be deleted in a day without a question. */
const FEW_GROUPS = 2
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
  /** Groups that are linked here, and those of them that the directory does not have any more. */
  linkedGroups?: number
  goneGroups?: number
}

export type Trigger = 'empty' | 'halved' | 'too_many' | 'groups_gone'

/** Why removals are held back; an empty list lets them through. */
export const triggersOf = (diff: Diff, measures: Measures): Trigger[] => {
  const { active, found, foundBefore, goneToday, linkedGroups = 0, goneGroups = 0 } = measures
  const triggers: Trigger[] = []
  if (found === 0 && active > 0) triggers.push('empty')
  if (foundBefore > SMALL && found * 2 < foundBefore) triggers.push('halved')
  // More likely the service account may not read them than that they were deleted at once.
  if (goneGroups > FEW_GROUPS && goneGroups * SHARE_OF_PLACE > linkedGroups) triggers.push('groups_gone')
  const limit = Math.max(MOST, Math.floor((active + goneToday) * SHARE))
  if (diff.deactivate.length > 0 && goneToday + diff.deactivate.length > limit) triggers.push('too_many')
  return triggers
}

/**
 * An answer that is empty, halved or without groups says nothing about who is missing, so nobody even counts
 * as missed.
 */
export const isUntrusted = (triggers: readonly string[]): boolean =>
  triggers.some((trigger) => trigger === 'empty' || trigger === 'halved' || trigger === 'groups_gone')

/**
 * Do removals from a group, a team or a channel wait for an administrator? `size` is the number of people who
 * are in it, `goneToday` how many passes have removed in the last 24 hours.
 */
export const isTooMuch = (size: number, removals: number, goneToday: number): boolean =>
  size + goneToday > SMALL && removals > 0 && (removals + goneToday) * SHARE_OF_PLACE > size + goneToday
