/** What a state makes of who may: the words of table-states.ts. */
import type { FaultCode } from '@plausch/wire'
import { type Actor, nobody } from './who.ts'

/** Who succeeds in the state. The others are refused with 401, 403 or 404, or, where the state is told as the reason, with its fault. */
export type Truth = { allowed: readonly Actor[]; fault?: FaultCode }

/** From who succeeds as long as nothing is archived, deleted or deactivated (table.ts). */
export type Rule = (live: readonly Actor[]) => Truth

/** The state changes nothing. */
export const asBefore: Rule = (live) => ({ allowed: live })

/** Of those who could before only administrators of the server still can; to the others it is not there. */
export const forAdmins: Rule = (live) => ({ allowed: live.filter((actor) => actor === 'root') })

/** It is not there, for anybody. */
export const gone: Rule = () => ({ allowed: nobody })

/** Nobody; whoever could see it is told the reason. */
export const refused =
  (fault: FaultCode): Rule =>
  () => ({ allowed: nobody, fault })

/** Exactly these, whoever could before. */
export const only =
  (...allowed: readonly Actor[]): Rule =>
  () => ({ allowed })
