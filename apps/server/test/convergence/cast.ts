/** The people of the probes, and what they watch. */
import {
  asGuest,
  channelOf,
  converge,
  type Open,
  type Person,
  type Place,
  place,
  signUp,
} from '@plausch/testkit'
import { type Channel, channels, members } from '@plausch/wire'

export type Cast = Place & {
  /** Another member. */
  kim: Person
  /** A guest, who is only in channels that others added them to. */
  gil: Person
  all: Person[]
  /** Runs a probe: the watchers look at these channels, at the lists of the team and at Bo's data. */
  probe<T>(look: readonly Channel[], act: () => Promise<T>, watchers?: readonly Person[]): Promise<T>
}

export const begin = async (): Promise<Cast> => {
  const at = await place()
  const { server, team, ana, bo, root } = at
  const kim = await signUp(server, 'kim', team.invite_id)
  const gil = await asGuest(at, await signUp(server, 'gil', team.invite_id))
  const params = { user_id: 'me', team_id: team.id }
  for (const { id } of await gil.call(channels.listOfUserInTeam, { params }))
    await root.call(members.remove, { params: { channel_id: id, user_id: gil.id } })
  const all = [ana, bo, gil]
  const open = (look: readonly Channel[]): Open => ({ channels: look, teams: [team], people: [bo] })
  return {
    ...at,
    kim,
    gil,
    all,
    probe: (look, act, watchers = all) => converge(watchers, act, open(look)),
  }
}

/** A channel of Ana's, with Bo and the guest in it. */
export const roomOf = (cast: Cast, type: 'O' | 'P' = 'O'): Promise<Channel> =>
  channelOf(cast.ana, cast.team, type, [cast.bo, cast.gil])

export const of = (channel: { id: string }) => ({ params: { channel_id: channel.id } })
export const about = (post: { id: string }) => ({ params: { post_id: post.id } })
/** Parameters for the caller and a post. */
export const mine = (post: { id: string }) => ({ params: { user_id: 'me', post_id: post.id } })
