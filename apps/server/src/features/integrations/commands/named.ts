/** Who and what is meant by the names in a command. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { findByUsernames, seenPeople, type UserRow } from '../../people/users/index.ts'
import { mayReadByName, type SeenChannel } from '../../places/channels/index.ts'
import type { Asked } from './command.ts'

/** The people named, each once; with and without "@". */
export const peopleNamed = async (context: Context, names: readonly string[]): Promise<UserRow[]> => {
  const wanted = [...new Set(names.map((name) => name.replace(/^@/, '').toLowerCase()))]
  // Guests name only whom they meet; others are to them as if there were none.
  const found = await seenPeople(context, await findByUsernames(context.db, wanted))
  if (wanted.length === 0 || found.length !== wanted.length) throw new Fault('users.not_found')
  return found
}

/** A channel of the team by its name; with and without "~". */
export const channelNamed = (context: Context, { team }: Asked, name: string): Promise<SeenChannel> => {
  if (!team) throw new Fault('teams.not_found')
  const params = { team_id: team.id, channel_name: name.replace(/^~/, '') }
  if (params.channel_name === '') throw new Fault('channels.not_found')
  return mayReadByName(context, { params, query: { include_deleted: false } })
}

/** The words at the beginning that name people, and what follows them. */
export const namesFirst = (text: string): { names: string[]; rest: string } => {
  const [, head = ''] = /^((?:@[\w.-]+[\s,]*)*)/.exec(text) ?? []
  return { names: head.split(/[\s,]+/).filter((word) => word !== ''), rest: text.slice(head.length).trim() }
}

/** A place in the team as a path of the client; '' where there is no team. */
export const pathIn = ({ team }: Asked, ...parts: string[]): string =>
  team ? `/${[team.name, ...parts].join('/')}` : ''
