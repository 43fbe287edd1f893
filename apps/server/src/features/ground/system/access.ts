import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

export const mayManageServer = ({ actor }: Context): void => {
  if (!actor.can('manage_system')) throw forbidden()
}

/** Whoever is signed in; on servers of developers everybody, for what fails before signing in. */
export const mayLog = ({ actor, server }: Context): void => {
  if (actor.userId === '' && !server.settings().ServiceSettings.EnableDeveloper) throw forbidden()
}
