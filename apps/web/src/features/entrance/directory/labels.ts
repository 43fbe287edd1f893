/** The settings of the directory in words, by their keys in the configuration. */
import type { TextId } from '../../../i18n/text.ts'

export const labels = {
  BaseDN: 'directory.base',
  UserFilter: 'directory.userFilter',
  GuestFilter: 'directory.guestFilter',
  AdminFilter: 'directory.adminFilter',
  GroupFilter: 'directory.groupFilter',
  IdAttribute: 'directory.idAttribute',
  LoginIdAttribute: 'directory.loginAttribute',
  UsernameAttribute: 'directory.usernameAttribute',
  EmailAttribute: 'directory.emailAttribute',
  FirstNameAttribute: 'directory.firstNameAttribute',
  LastNameAttribute: 'directory.lastNameAttribute',
  NicknameAttribute: 'directory.nicknameAttribute',
  PositionAttribute: 'directory.positionAttribute',
  GroupIdAttribute: 'directory.groupIdAttribute',
  GroupDisplayNameAttribute: 'directory.groupNameAttribute',
  PictureAttribute: 'directory.pictureAttribute',
} as const satisfies Record<string, TextId>

export const isLabelled = (key: string): key is keyof typeof labels => Object.hasOwn(labels, key)
