/** Which channel a path means, and what happens if it is not one of mine. */
import { ApiFault } from '@plausch/client'
import { type Channel, type Team, users as userOperations } from '@plausch/wire'
import { useEffect, useState } from 'react'
import { useSource } from '../browser/use-source.ts'
import { client } from '../platform/client.ts'

/** The part of the path after the team. */
export type Wanted =
  | { kind: 'channel'; name: string }
  | { kind: 'person'; username: string }
  | { kind: 'conversation'; name: string }
  | { kind: 'post'; postId: string }

export type Place =
  | { state: 'open'; channelId: string; target: string }
  | { state: 'asking' }
  | { state: 'joinable'; channel: Channel }
  | { state: 'missing'; what: 'channel' | 'person' | 'post' }
  | { state: 'failed' }

const ID = /^[a-z0-9]{26}$/

const known = (team: Team, wanted: Wanted): string | undefined => {
  const all = client.channels.records.get()
  switch (wanted.kind) {
    case 'channel': {
      const inTeam = all.find((channel) => channel.team_id === team.id && channel.name === wanted.name)
      return inTeam?.id ?? (ID.test(wanted.name) ? client.channels.records.one(wanted.name)?.id : undefined)
    }
    case 'person': {
      const partner = client.users.byName(wanted.username)
      const name = partner && [client.myId.get(), partner.id].sort().join('__')
      return all.find((channel) => channel.type === 'D' && channel.name === name)?.id
    }
    case 'conversation':
      return all.find(
        (channel) => channel.team_id === '' && (channel.name === wanted.name || channel.id === wanted.name),
      )?.id
    case 'post': {
      const channelId = client.posts.records.one(wanted.postId)?.channel_id
      return channelId !== undefined && client.channels.records.has(channelId) ? channelId : undefined
    }
  }
}

const find = async (team: Team, wanted: Wanted): Promise<Place> => {
  switch (wanted.kind) {
    case 'channel': {
      const channel = await client.channels.getByName(team.id, wanted.name)
      return channel.type === 'O' && channel.delete_at === 0
        ? { state: 'joinable', channel }
        : { state: 'missing', what: 'channel' }
    }
    case 'person': {
      const user = await client.call(userOperations.getByUsername, { params: { username: wanted.username } })
      client.users.put(user)
      return { state: 'open', channelId: (await client.channels.open([user.id])).id, target: '' }
    }
    case 'conversation':
      return { state: 'missing', what: 'channel' }
    case 'post': {
      const post = await client.posts.loadAround(wanted.postId)
      return client.channels.records.has(post.channel_id)
        ? { state: 'open', channelId: post.channel_id, target: post.id }
        : { state: 'missing', what: 'post' }
    }
  }
}

const isRefused = (error: unknown): boolean =>
  error instanceof ApiFault && (error.status === 404 || error.status === 403 || error.status === 400)

/** The channel of a path. Known channels are there at once, without waiting. */
export const usePlace = (team: Team, wanted: Wanted): Place => {
  useSource(client.channels.records)
  const loads = useSource(client.loads)
  const key = JSON.stringify([team.id, wanted])
  const [found, setFound] = useState<{ key: string; place: Place }>({ key: '', place: { state: 'asking' } })
  const channelId = known(team, wanted)
  // A post may be loaded without its surroundings.
  const isThere = channelId !== undefined && wanted.kind !== 'post'

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the team and the address
  useEffect(() => {
    if (isThere) return
    let isCurrent = true
    const what = wanted.kind === 'person' ? 'person' : wanted.kind === 'post' ? 'post' : 'channel'
    find(team, wanted).then(
      (place) => isCurrent && setFound({ key, place }),
      (error: unknown) =>
        isCurrent &&
        setFound({ key, place: isRefused(error) ? { state: 'missing', what } : { state: 'failed' } }),
    )
    return () => {
      isCurrent = false
    }
  }, [key, isThere, loads])

  if (isThere) return { state: 'open', channelId, target: '' }
  return found.key === key ? found.place : { state: 'asking' }
}
