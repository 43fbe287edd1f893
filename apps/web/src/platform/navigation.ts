/** Ways to places of this client, for code anywhere. */
import type { Channel, Team } from '@plausch/wire'
import { goTo } from '../browser/path.ts'
import { client } from './client.ts'
import { closeDialogs } from './dialogs.ts'
import { channelPath, postPath } from './names.ts'
import { here } from './place.ts'

/** The team in the address: the channel's own, otherwise the reader's current one. */
const teamNameFor = (teamId: string): string =>
  client.teams.records.one(teamId)?.name ?? here.get().team?.name ?? client.teams.sorted.get()[0]?.name ?? ''

/** Opens a channel or a conversation that the reader is in. */
export const toChannel = (channel: Channel): void => {
  closeDialogs()
  goTo(channelPath(teamNameFor(channel.team_id), channel))
}

/** Opens the conversation with these people, made if there is none. Throws what the server refuses. */
export const toConversation = async (userIds: readonly string[]): Promise<void> =>
  toChannel(await client.channels.open(userIds))

/** Shows a message in its channel. */
export const toPost = (postId: string): void => {
  closeDialogs()
  const channelId = client.posts.records.one(postId)?.channel_id ?? ''
  goTo(postPath(teamNameFor(client.channels.records.one(channelId)?.team_id ?? ''), postId))
}

/** Opens a team at the channel that the reader last saw there. */
export const toTeam = (team: Pick<Team, 'name'>): void => {
  closeDialogs()
  goTo(`/${team.name}`)
}

/** Opens a page of a feature, such as `threads`, in the current team. */
export const toPage = (page: string): void => {
  closeDialogs()
  goTo(`/${teamNameFor('')}/${page}`)
}
