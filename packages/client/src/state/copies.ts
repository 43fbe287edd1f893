/**
 * The local copy of the state. Its first part is a start bundle, made of the records that the last one
 * brought and that events changed since: a client that starts from it is one that comes back after a gap.
 */
import type { Category, Home, User } from '@plausch/wire'
import type { CopyTable, LocalWrite } from '../local/database.ts'
import { batch, type Collection, type Source } from '../source.ts'
import type { Context } from './noun.ts'
import type { Nouns } from './nouns.ts'
import type { FollowedThread, TeamThreads } from './threads/lists.ts'

/** Copies of another version are dropped. Increase it with every change of what is stored. */
const SCHEMA = 1
/** Older copies are dropped: nobody should find on a device what is long gone from the server. */
const LONGEST_MS = 14 * 24 * 3_600_000

type Stamp = { schema: number; at: number }

/** Writes copies of the records of a collection. */
const mirror = <V>({ device }: Context, table: CopyTable, records: Collection<V>): void => {
  const dirty = new Set<string>()
  const collect = (): LocalWrite[] => {
    const keys = [...dirty]
    dirty.clear()
    return keys.map((key) => ({ table, key, value: records.base(key) }))
  }
  records.watchKeys((key) => {
    if (device.isQuiet()) return
    dirty.add(key)
    device.later(collect)
  })
}

const mirrorValue = ({ device }: Context, key: string, source: Source<unknown>): void => {
  const collect = (): LocalWrite[] => [{ table: 'home', key, value: source.get() }]
  source.subscribe(() => {
    if (!device.isQuiet()) device.later(collect)
  })
}

/** The posts at the beginning of listed threads are stored with them. */
const mirrorRoots = ({ device }: Context, { threads, posts }: Nouns): void => {
  const dirty = new Set<string>()
  const collect = (): LocalWrite[] => {
    const ids = [...dirty].filter((id) => posts.records.base(id) !== undefined)
    dirty.clear()
    return ids.map((id) => ({ table: 'posts', key: id, value: posts.records.base(id) }))
  }
  threads.records.watchKeys((id) => {
    if (device.isQuiet()) return
    dirty.add(id)
    device.later(collect)
  })
}

const mirrorAll = (context: Context, nouns: Nouns, myId: Source<string>): void => {
  const { settings, users, preferences, roles, teams, members, channels } = nouns
  mirrorValue(context, 'me', myId)
  mirrorValue(context, 'config', settings.config)
  mirrorValue(context, 'license', settings.license)
  mirror(context, 'users', users.records)
  mirror(context, 'preferences', preferences.records)
  mirror(context, 'roles', roles.records)
  mirror(context, 'teams', teams.records)
  mirror(context, 'team-members', teams.members)
  mirror(context, 'channels', channels.records)
  mirror(context, 'members', members.mine)
  mirror(context, 'people', channels.people)
  mirror(context, 'categories', nouns.categories.byTeam)
  mirror(context, 'emoji', nouns.emoji.records)
  mirror(context, 'threads', nouns.threads.records)
  mirror(context, 'thread-lists', nouns.threads.byTeam)
  mirror(context, 'drafts-of-server', nouns.drafts.records)
  mirrorRoots(context, nouns)
}

/** The stored records of a table. They were written by `mirror`, in this version of the schema. */
const createRead =
  ({ device }: Context) =>
  async <V>(table: CopyTable): Promise<V[]> =>
    [...(await device.readAll(table)).values()] as V[]

/** Puts a start bundle together from the copy. */
const readHome = async (context: Context, kept: ReadonlyMap<string, unknown>): Promise<Home> => {
  const { device } = context
  const read = createRead(context)
  const [users, people, categories] = await Promise.all([
    read<User>('users'),
    device.readAll('people'),
    device.readAll('categories'),
  ])
  const [preferences, roles, teams, teamMembers, channels, members] = await Promise.all([
    read<Home['preferences'][number]>('preferences'),
    read<Home['roles'][number]>('roles'),
    read<Home['teams'][number]>('teams'),
    read<Home['team_members'][number]>('team-members'),
    read<Home['channels'][number]>('channels'),
    read<Home['channel_members'][number]>('members'),
  ])
  const me = users.find(({ id }) => id === kept.get('me'))
  if (!me) throw new Error('the local copy does not say who its person is')
  const inOrder = [...categories].map(([teamId, all]): [string, Home['categories'][string]] => {
    const list = all as Category[]
    return [teamId, { categories: list, order: list.map(({ id }) => id) }]
  })
  return {
    config: (kept.get('config') ?? {}) as Home['config'],
    license: (kept.get('license') ?? {}) as Home['license'],
    me,
    preferences,
    roles,
    teams,
    team_members: teamMembers,
    channels,
    channel_members: members,
    categories: Object.fromEntries(inOrder),
    users,
    direct: Object.fromEntries(people) as Home['direct'],
    statuses: [],
  }
}

/** What screens had asked for. It counts as loaded: after the next start bundle it is loaded again. */
const readOpened = async (context: Context, nouns: Nouns): Promise<() => void> => {
  const { device } = context
  const [threads, lists, drafts, emoji] = await Promise.all([
    device.readAll('threads') as Promise<Map<string, FollowedThread>>,
    device.readAll('thread-lists') as Promise<Map<string, TeamThreads>>,
    device.readAll('drafts-of-server'),
    device.readAll('emoji'),
  ])
  const roots = (await device.readSome('posts', [...threads.keys()])) ?? []
  return () => {
    for (const root of roots) if (root) nouns.posts.put(root as Parameters<typeof nouns.posts.put>[0])
    nouns.threads.records.replace(threads)
    for (const [teamId, list] of lists) {
      nouns.threads.byTeam.set(teamId, list)
      nouns.threads.opened.restored(teamId)
    }
    nouns.drafts.records.replace(drafts as Map<string, never>)
    if (emoji.size > 0) nouns.emoji.records.replace(emoji as Map<string, never>)
  }
}

export type Copies = {
  /** Loads the copy into an empty state; returns false if there is none, or `isWanted` says no by then. */
  restore(load: (home: Home) => void, isWanted: () => boolean): Promise<boolean>
  /** A start bundle has come from the server: from now on the copy is of this moment. */
  stamp(): void
}

export const createCopies = (context: Context, nouns: Nouns, myId: Source<string>): Copies => {
  const { device, now, track } = context
  mirrorAll(context, nouns, myId)
  /** From when the restored copy is. */
  let copiedAt = 0

  const usable = (stamp: unknown): stamp is Stamp => {
    const { schema, at } = (stamp ?? {}) as Partial<Stamp>
    return schema === SCHEMA && typeof at === 'number' && now() - at < LONGEST_MS
  }

  return {
    async restore(load, isWanted) {
      const kept = await device.readAll('home')
      if (kept.size === 0) return false
      const stamp = kept.get('stamp')
      if (!usable(stamp)) {
        await device.forgetCopies()
        return false
      }
      const [home, opened] = await Promise.all([readHome(context, kept), readOpened(context, nouns)])
      if (!isWanted()) return false
      copiedAt = stamp.at
      const visits = kept.get('visits')
      const take = (): void => {
        nouns.posts.kept.setVisits(Array.isArray(visits) ? visits : [])
        load(home)
        nouns.users.restore(home.users)
        opened()
      }
      batch(() => device.quietly(take))
      const [last] = nouns.posts.kept.visits()
      if (last !== undefined) await nouns.posts.kept.restore(last)
      return isWanted()
    },
    stamp() {
      if (copiedAt > 0) track(nouns.users.refresh(copiedAt))
      copiedAt = 0
      const at = now()
      device.later(() => [{ table: 'home', key: 'stamp', value: { schema: SCHEMA, at } }])
    },
  }
}
