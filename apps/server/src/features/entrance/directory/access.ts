/** Who may do what with the directory: nothing of it is learned without v4's permissions for it. */
import type { ServerPermission } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { findJob } from '../../ground/jobs/index.ts'
import { findUsers, refuseAbove, type UserRow } from '../../people/users/index.ts'
import { PASS } from './pass.ts'

const needs =
  (permission: ServerPermission) =>
  ({ actor }: Context): void => {
    if (!actor.can(permission)) throw new Fault('api.context.permissions.app_error')
  }

export const mayTest = needs('test_ldap')
export const maySync = needs('create_ldap_sync_job')
export const mayPreview = needs('sysconsole_read_authentication_ldap')
export const mayRelease = needs('manage_ldap_sync_job')
/** What a pass has done, as its job. */
export const mayReadPass = async (
  context: Context,
  { params }: { params: { job_id: string } },
): Promise<void> => {
  needs('read_ldap_sync_job')(context)
  const job = await findJob(context.db, params.job_id)
  if (job?.type !== PASS) throw new Fault('jobs.not_found')
}
export const mayMigrate = needs('manage_system')
export const maySetCertificate = needs('add_ldap_public_cert')
export const mayRemoveCertificate = needs('remove_ldap_public_cert')
export const maySetKey = needs('add_ldap_private_cert')
export const mayRemoveKey = needs('remove_ldap_private_cert')
export const mayReadGroups = needs('sysconsole_read_user_management_groups')
export const mayLinkGroups = needs('sysconsole_write_user_management_groups')

/** For the memberships of a person who does not have more rights. */
export const maySyncMemberships = async (
  context: Context,
  { params }: { params: { user_id: string } },
): Promise<UserRow> => {
  mayLinkGroups(context)
  const [user] = await findUsers(context.db, [params.user_id])
  if (!user) throw new Fault('users.not_found')
  refuseAbove(context, user)
  return user
}
