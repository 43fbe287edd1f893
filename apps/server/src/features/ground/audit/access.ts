import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

export const mayReadAudits = ({ actor }: Context): void => {
  if (!actor.can('read_audits')) throw forbidden()
}

/** The actor's own history, or anybody's for people who may read all of them. */
export const mayReadAuditsOf = ({ actor }: Context, { params }: { params: { user_id: string } }): string => {
  if (params.user_id !== actor.userId && !actor.can('read_audits')) throw forbidden()
  return params.user_id
}
