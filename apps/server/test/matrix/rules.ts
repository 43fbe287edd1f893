/** How a state changes who may do something: the vocabulary of table-states.ts. */
import type { FaultCode } from '@plausch/wire'
import { type Actor, nobody } from './who.ts'

/**
 * Who succeeds in the state. All others are refused with 401, 403 or 404, or with `fault` if the refusal
 * names the state.
 */
export type Truth = { allowed: readonly Actor[]; fault?: FaultCode }

/** Computes that from the actors who succeed while nothing is archived, deleted or deactivated (table.ts). */
export type Rule = (live: readonly Actor[]) => Truth

/** The state changes nothing. */
export const asBefore: Rule = (live) => ({ allowed: live })

/**
 * Of those who succeeded before, only administrators of the server still do; for the others the thing does
 * not exist.
 */
export const forAdmins: Rule = (live) => ({ allowed: live.filter((actor) => actor === 'root') })

/** It does not exist, for anybody. */
export const gone: Rule = () => ({ allowed: nobody })

/** Nobody succeeds; people who could see it get the reason. */
export const refused =
  (fault: FaultCode): Rule =>
  () => ({ allowed: nobody, fault })

/** Exactly these succeed, whoever did before. */
export const only =
  (...allowed: readonly Actor[]): Rule =>
  () => ({ allowed })
