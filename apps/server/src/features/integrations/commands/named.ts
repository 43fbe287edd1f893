/** Finds the people and channels that a command names. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { findByUsernames, seenPeople, type UserRow } from '../../people/users/index.ts'
import { mayReadByName, type SeenChannel } from '../../places/channels/index.ts'
import type { Asked } from './command.ts'

/** The named people, each once; with or without "@". */
export const peopleNamed = async (context: Context, names: readonly string[]): Promise<UserRow[]> => {
  const wanted = [...new Set(names.map((name) => name.replace(/^@/, '').toLowerCase()))]
  // Guests find only people whom they meet; for them others do not exist.
  const found = await seenPeople(context, await findByUsernames(context.db, wanted))
  if (wanted.length === 0 || found.length !== wanted.length) throw new Fault('users.not_found')
  return found
}

/** A channel of the team by its name; with or without "~". */
export const channelNamed = (context: Context, { team }: Asked, name: string): Promise<SeenChannel> => {
  if (!team) throw new Fault('teams.not_found')
  const params = { team_id: team.id, channel_name: name.replace(/^~/, '') }
  if (params.channel_name === '') throw new Fault('channels.not_found')
  return mayReadByName(context, { params, query: { include_deleted: false } })
}

/** The words at the beginning that name people, and the rest of the text. */
export const namesFirst = (text: string): { names: string[]; rest: string } => {
  const [, head = ''] = /^((?:@[\w.-]+[\s,]*)*)/.exec(text) ?? []
  return { names: head.split(/[\s,]+/).filter((word) => word !== ''), rest: text.slice(head.length).trim() }
}

/** The path of the client for a place in the team; '' without a team. */
export const pathIn = ({ team }: Asked, ...parts: string[]): string =>
  team ? `/${[team.name, ...parts].join('/')}` : ''
