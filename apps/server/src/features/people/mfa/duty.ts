/** The duty to have a second factor, if the settings demand it. */
import { type Actor, announce, system } from '../../../core/context.ts'
import { effect } from '../../../core/effects.ts'
import { endSocketsOf } from '../../../core/own-effects.ts'
import type { Server } from '../../../core/server.ts'
import { type UserRow, usersByIds } from '../users/index.ts'

/** Does this server offer second factors? */
export const isOn = (server: Server): boolean =>
  server.settings().ServiceSettings.EnableMultifactorAuthentication

/**
 * A separate setting decides about guests. Bots, and people who sign in through another service, are exempt
 * (as in v4).
 */
const mustHaveFactor = (server: Server, user: UserRow): boolean => {
  const isGuest = user.roles.split(' ').includes('system_guest')
  if (isGuest && !server.settings().GuestAccountsSettings.EnforceMultifactorAuthentication) return false
  return !user.is_bot && !user.mfa_active && (user.auth_service === '' || user.auth_service === 'ldap')
}

const isEnforced = (server: Server) =>
  isOn(server) && server.settings().ServiceSettings.EnforceMultifactorAuthentication

/** Must the actor set up a second factor before anything else? */
export const lacksFactor = async (server: Server, actor: Actor): Promise<boolean> => {
  if (actor.userId === '' || !isEnforced(server)) return false
  const [user] = await usersByIds(server, [actor.userId])
  return user !== undefined && mustHaveFactor(server, user)
}

/** When the duty begins, closes the sockets of people without a second factor. */
export const enforceFactor = effect<Record<string, never>>('mfa.enforce', (server) => {
  if (!isEnforced(server)) return
  const end = async () => {
    const users = await usersByIds(server, server.hub.onlineUsers())
    announce(server, { actor: system }, (context) => {
      for (const user of users) {
        if (mustHaveFactor(server, user)) context.effect(endSocketsOf, { user_id: user.id })
      }
    })
  }
  server.background.run(end(), 'sockets without a second factor could not be closed')
})
