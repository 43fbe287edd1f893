/** Which threads the reader follows, and what happens around threads while somebody is signed in. */
import type { Post } from '@plausch/wire'
import type { Read } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import { whenIdle } from '../../../platform/later.ts'
import { here } from '../../../platform/place.ts'
import { openThreadAt, wantedThread } from '../../../platform/threading.ts'
import { threadPane } from './panes.ts'

/** The team that stands in the paths of a thread: that of its channel, or the current one in conversations. */
export const teamOfThread = (channelId: string): string =>
  client.channels.records.one(channelId)?.team_id || (here.get().team?.id ?? '')

/** Does the reader follow the thread of a post? The thread itself knows best, then its root. */
export const isFollowed = ({ id, root_id }: Post, read: Read): boolean => {
  const rootId = root_id || id
  const thread = read(client.threads.records.at(rootId))
  return thread?.is_following ?? read(client.posts.records.at(rootId))?.is_following ?? false
}

/** Begins or ends to follow the thread of a post. */
export const follow = ({ id, root_id, channel_id }: Post, isFollowing: boolean): Promise<void> =>
  client.threads.follow(teamOfThread(channel_id), root_id || id, isFollowing)

/** Loads the threads of all teams after the first messages: their numbers belong to the title. */
const loadThreads = (): void => {
  if (!client.isCollapsed.get()) return
  for (const { id } of client.teams.sorted.get()) {
    // The connection notice tells the reader, and the next load tries again.
    if (!client.threads.byTeam.has(id)) client.threads.open(id).catch(() => undefined)
  }
}

/** Opens the threads that somebody wants to see or that the address names, and keeps the lists loaded. */
export const followThreads = (): (() => void) => {
  const show = (): void => {
    const wanted = wantedThread.get()
    if (wanted) threadPane.open(wanted)
  }
  const follow = (): void => {
    const { place } = here.get()
    if (place.state !== 'channel' || place.reply === '') return
    openThreadAt(place.target, place.reply)
  }
  const load = (): void => whenIdle(loadThreads)
  show()
  follow()
  load()
  const ends = [
    wantedThread.subscribe(show),
    here.subscribe(follow),
    client.loads.subscribe(load),
    client.isCollapsed.subscribe(load),
    client.teams.sorted.subscribe(load),
  ]
  return () => {
    for (const end of ends) end()
    wantedThread.set(undefined)
  }
}
