/** What the reader may do with custom emoji; the server decides. */
import { type Source, sameFields, select } from '@plausch/client'
import { client } from '../../../platform/client.ts'

export type EmojiRights = {
  /** Does the server have custom emoji at all? */
  isOn: boolean
  mayAdd: boolean
  mayDeleteOwn: boolean
  mayDeleteAll: boolean
}

/** Emoji belong to no team: it is enough to have the permission on the server or in one team. */
export const emojiRights: Source<EmojiRights> = select((read): EmojiRights => {
  const isOn = read(client.settings.config).EnableCustomEmoji === 'true'
  const teams = ['', ...read(client.teams.records.ids)]
  const may = (permission: string): boolean =>
    isOn && teams.some((teamId) => read(client.roles.permissions(teamId)).has(permission))
  const mayDeleteOwn = may('delete_emojis')
  return {
    isOn,
    mayAdd: may('create_emojis'),
    mayDeleteOwn,
    mayDeleteAll: mayDeleteOwn && may('delete_others_emojis'),
  }
}, sameFields)
