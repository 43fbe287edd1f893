import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

export const mayManageServer = ({ actor }: Context): void => {
  if (!actor.can('manage_system')) throw forbidden()
}

/**
 * For everybody who is signed in. With developer mode on, for everybody, so that errors before signing in are
 * logged, too.
 */
export const mayLog = ({ actor, server }: Context): void => {
  if (actor.userId === '' && !server.settings().ServiceSettings.EnableDeveloper) throw forbidden()
}
