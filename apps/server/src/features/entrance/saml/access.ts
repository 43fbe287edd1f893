/** Who may set SAML up: nothing of it is changed without v4's permissions for it. */
import type { ServerPermission } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'

const needs =
  (permission: ServerPermission) =>
  ({ actor }: Context): void => {
    if (!actor.can(permission)) throw new Fault('api.context.permissions.app_error')
  }

export const mayReadIdp = needs('get_saml_metadata_from_idp')
export const mayReadStatus = needs('get_saml_cert_status')
export const maySetCertificate = needs('add_saml_public_cert')
export const mayRemoveCertificate = needs('remove_saml_public_cert')
export const maySetKey = needs('add_saml_private_cert')
export const mayRemoveKey = needs('remove_saml_private_cert')
export const maySetIdpCertificate = needs('add_saml_idp_cert')
export const mayRemoveIdpCertificate = needs('remove_saml_idp_cert')
