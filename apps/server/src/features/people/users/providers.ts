/**
 * Fields of accounts that come from elsewhere: a directory or a provider determines them, so nobody changes
 * them here.
 */
import { point } from '../../../core/extension.ts'
import { Fault } from '../../../core/faults.ts'
import type { Server } from '../../../core/server.ts'
import type { UserRow } from './store.ts'

export type Provider = {
  /** `auth_service` of its accounts. */
  service: string
  /** The names of the fields, and `picture`. */
  fields(server: Server): readonly string[]
}

export const providers = point<Provider>('users.providers')

/** Refuses a change of fields that the way to sign in of the account determines. */
export const refuseProvided = (server: Server, user: UserRow, changed: readonly string[]): void => {
  if (user.auth_service === '') return
  const provider = server.extensions.of(providers).find(({ service }) => service === user.auth_service)
  const fields = provider?.fields(server) ?? []
  if (changed.some((field) => fields.includes(field)))
    throw new Fault('api.user.patch_user.login_provider_attribute_set.app_error')
}
