/**
 * Where the reader is: what the path in the address bar means. It follows the path and the state, so whatever
 * is known already is there at once, without waiting.
 */
import { ApiFault, Collection, keyed, type Source, sameFields, select } from '@plausch/client'
import {
  type Channel,
  channels as channelOperations,
  posts as postOperations,
  type Team,
  users as userOperations,
} from '@plausch/wire'
import { path } from '../browser/path.ts'
import { client } from './client.ts'
import { partsOf } from './feature.ts'

/** What a path names, below its team. */
export type Wanted =
  | { kind: 'channel'; name: string }
  | { kind: 'person'; username: string }
  | { kind: 'conversation'; name: string }
  | { kind: 'post'; postId: string }
  | { kind: 'page'; name: string; rest: string }
  /** Only the team. */
  | { kind: 'entry' }

export type Place =
  /**
   * `target` is the id of a post to show, '' for none; `reply` that of a collapsed reply, which is shown in its
   * thread.
   */
  | { state: 'channel'; channelId: string; target: string; reply: string }
  | { state: 'page'; name: string; rest: string }
  | { state: 'entry' }
  | { state: 'asking' }
  /**
   * A channel that the reader may see, but is not in; it may be archived. `target` is the id of the post in
   * it that they look for, '' for none.
   */
  | { state: 'joinable'; channel: Channel; target: string }
  | { state: 'missing'; what: 'channel' | 'person' | 'post' | 'page' }
  | { state: 'failed' }

export type Address = { team: string; wanted: Wanted }

/** The address that a path is; undefined for the paths that are below no team. */
export const addressOf = (pathname: string): Address | undefined => {
  const [team = '', section = '', ...rest] = pathname.split('/').filter(Boolean).map(decoded)
  const [name = ''] = rest
  if (team === '') return undefined
  if (section === '') return { team, wanted: { kind: 'entry' } }
  if (section === 'channels' && name !== '') {
    const [, postId] = rest
    return { team, wanted: postId ? { kind: 'post', postId } : { kind: 'channel', name } }
  }
  if (section === 'messages' && name.startsWith('@'))
    return { team, wanted: { kind: 'person', username: name.slice(1).toLowerCase() } }
  if (section === 'messages' && name !== '') return { team, wanted: { kind: 'conversation', name } }
  if (section === 'pl' && name !== '') return { team, wanted: { kind: 'post', postId: name } }
  return { team, wanted: { kind: 'page', name: section, rest: rest.join('/') } }
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

const ID = /^[a-z0-9]{26}$/

/** The channel that is meant, if it is one of mine. */
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
    default:
      return undefined
  }
}

/** `_redirect` is v4's word for "any team"; links in mails use it. */
const ANY_TEAM = '_redirect'

const teamOf = ({ team, wanted }: Address, teams: readonly Team[]): Team | undefined => {
  // Conversations are in no team: a link into one also works for people of other teams. The server decides
  // what people may see in a channel.
  const needsTeam = wanted.kind !== 'person' && wanted.kind !== 'conversation' && wanted.kind !== 'post'
  return teams.find(({ name }) => name === team) ?? (team === ANY_TEAM || !needsTeam ? teams[0] : undefined)
}

/** What the server answered about addresses that are not of my channels. */
const answers = new Collection<Place>()
const keyOf = (team: Team, wanted: Wanted): string => JSON.stringify([team.id, wanted, client.myId.get()])

/** Is the answer no longer true, because the reader has joined or left the channel since? */
const isOutdated = (answer: Place): boolean => {
  if (answer.state === 'joinable') return client.channels.records.has(answer.channel.id)
  return answer.state === 'channel' && !client.channels.records.has(answer.channelId)
}

export type Here = { team: Team | undefined; place: Place }

/** The reader's place; `team` is undefined where the path names none of theirs. */
export const here: Source<Here> = select(
  (read): Here => {
    const address = addressOf(read(path))
    const team = address && teamOf(address, read(client.teams.sorted))
    if (!address || !team) return { team: undefined, place: { state: 'missing', what: 'page' } }
    const { wanted } = address
    if (wanted.kind === 'entry') return { team, place: { state: 'entry' } }
    if (wanted.kind === 'page') {
      const isPage = partsOf('pages').some((page) => page.path === wanted.name)
      const { name, rest } = wanted
      return { team, place: isPage ? { state: 'page', name, rest } : { state: 'missing', what: 'page' } }
    }
    read(client.channels.records.ids)
    const channelId = known(team, wanted)
    if (channelId !== undefined)
      return { team, place: { state: 'channel', channelId, target: '', reply: '' } }
    const answer = read(answers.at(keyOf(team, wanted)))
    if (!answer || isOutdated(answer)) return { team, place: { state: 'asking' } }
    // A link into a team of others: that page offers to join the team, where everybody may.
    const isElsewhere = answer.state === 'missing' && team.name !== address.team && address.team !== ANY_TEAM
    return { team: isElsewhere ? undefined : team, place: answer }
  },
  (a, b) => a.team === b.team && sameFields(a.place, b.place),
)

/** The open channel; '' for none. */
export const hereChannelId: Source<string> = select((read) => {
  const { place } = read(here)
  return place.state === 'channel' ? place.channelId : ''
})

/** Is this channel the open one? Only the rows of the two channels concerned hear of a switch. */
export const isHere: (channelId: string) => Source<boolean> = keyed((channelId) =>
  select((read) => read(hereChannelId) === channelId),
)

const find = async (team: Team, wanted: Wanted): Promise<Place> => {
  switch (wanted.kind) {
    case 'channel': {
      const channel = await client.channels.getByName(team.id, wanted.name)
      // The server shows only what this person may see: public channels, and administrators private ones.
      return { state: 'joinable', channel, target: '' }
    }
    case 'person': {
      const user = await client.call(userOperations.getByUsername, { params: { username: wanted.username } })
      client.users.put(user)
      return {
        state: 'channel',
        channelId: (await client.channels.open([user.id])).id,
        target: '',
        reply: '',
      }
    }
    case 'post': {
      const { postId } = wanted
      const post =
        client.posts.records.one(postId) ??
        (await client.call(postOperations.get, { params: { post_id: postId } }))
      const isApart = post.root_id !== '' && client.isCollapsed.get()
      const target = isApart ? post.root_id : post.id
      const channelId = post.channel_id
      if (!client.channels.records.has(channelId)) {
        const channel = await client.call(channelOperations.get, { params: { channel_id: channelId } })
        return { state: 'joinable', channel, target }
      }
      client.posts.put(post)
      await client.posts.loadAround(postId)
      return { state: 'channel', channelId, target, reply: isApart ? postId : '' }
    }
    default:
      return { state: 'missing', what: 'channel' }
  }
}

const isRefused = (error: unknown): boolean =>
  error instanceof ApiFault && (error.status === 404 || error.status === 403 || error.status === 400)

const running = new Set<string>()

const lookUp = async (team: Team, wanted: Wanted): Promise<void> => {
  const key = keyOf(team, wanted)
  if (running.has(key)) return
  running.add(key)
  const what = wanted.kind === 'person' ? 'person' : wanted.kind === 'post' ? 'post' : 'channel'
  try {
    answers.set(key, await find(team, wanted))
  } catch (error) {
    answers.set(key, isRefused(error) ? { state: 'missing', what } : { state: 'failed' })
  } finally {
    running.delete(key)
  }
}

/**
 * Asks the server whenever the place is one that only it knows, and after a lost connection again whatever it
 * did not find. Returns a function that ends this.
 */
export const followPlace = (): (() => void) => {
  const check = (states: readonly Place['state'][]): void => {
    const { team, place } = here.get()
    const address = addressOf(path.get())
    if (team && address && states.includes(place.state)) void lookUp(team, address.wanted)
  }
  const arrived = (): void => check(['asking'])
  const loaded = (): void => check(['asking', 'failed', 'missing', 'joinable'])
  arrived()
  const ends = [here.subscribe(arrived), client.loads.subscribe(loaded)]
  return () => {
    for (const end of ends) end()
  }
}
