/** What the reader may do with groups; the server decides. */
import { type Source, sameFields, select } from '@plausch/client'
import { client } from '../../../platform/client.ts'

export type GroupRights = {
  mayCreate: boolean
  mayEdit: boolean
  mayArchive: boolean
  mayManage: boolean
  mayRestore: boolean
}

export const groupRights: Source<GroupRights> = select((read): GroupRights => {
  const permissions = read(client.roles.permissions(''))
  return {
    mayCreate: permissions.has('create_custom_group'),
    mayEdit: permissions.has('edit_custom_group'),
    mayArchive: permissions.has('delete_custom_group'),
    mayManage: permissions.has('manage_custom_group_members'),
    mayRestore: permissions.has('restore_custom_group'),
  }
}, sameFields)

/** Names that people can mention: those of the server. */
export const isGroupName = (name: string): boolean => /^[a-z0-9._-]{1,64}$/.test(name)
