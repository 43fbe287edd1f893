/** Which channel of a team opens first. */
import { partnerOf } from '@plausch/client'
import type { Channel, Team } from '@plausch/wire'
import { storage } from '../browser/storage.ts'
import { client } from '../platform/client.ts'
import { channelPath } from '../platform/names.ts'

const lastChannelKey = (team: Team): string => `last-channel/${client.myId.get()}/${team.id}`
const lastTeamKey = (): string => `last-team/${client.myId.get()}`

/** Remembers the reader's channel, so that they start there next time. */
export const noteVisit = (team: Team, channelId: string): void => {
  storage.set(lastChannelKey(team), channelId)
  storage.set(lastTeamKey(), team.id)
}

/** The team the person was last in, otherwise the first by name; undefined without teams. */
export const homeTeam = (teams: readonly Team[]): Team | undefined => {
  const last = storage.get(lastTeamKey())
  return teams.find(({ id }) => id === last) ?? teams[0]
}

const isUsable = (channel: Channel, team: Team): boolean => {
  if (channel.delete_at > 0 || (channel.team_id !== team.id && channel.team_id !== '')) return false
  // The path of a conversation contains its partner's name.
  return channel.type !== 'D' || client.users.records.has(partnerOf(channel, client.myId.get()))
}

/** The page on which a team opens: the last channel, otherwise the one that everybody is in. */
export const entryOf = (team: Team): string => {
  const last = client.channels.records.one(storage.get(lastChannelKey(team)) ?? '')
  const inTeam = client.channels.records
    .get()
    .filter(({ team_id, delete_at }) => team_id === team.id && delete_at === 0)
  const channel =
    last && isUsable(last, team) ? last : (inTeam.find(({ name }) => name === 'town-square') ?? inTeam[0])
  return channel ? channelPath(team.name, channel) : `/${team.name}/channels/town-square`
}
