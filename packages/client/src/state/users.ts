/** People that this client has met. Who is missing is asked for, many in one call. */
import { type Home, type User, type UserPatch, users as operations } from '@plausch/wire'
import { Collection, type Source } from '../source.ts'
import { byKey, type Context, type Noun } from './noun.ts'

/** v4's forms of a person's name (TeammateNameDisplay). */
export type NameForm = 'username' | 'nickname_full_name' | 'full_name'

export const isNameForm = (value: string | undefined): value is NameForm =>
  value === 'username' || value === 'nickname_full_name' || value === 'full_name'

/** How a person is called. Without the name that the form asks for, the username. */
export const nameOf = (user: User, form: NameForm): string => {
  const full = `${user.first_name} ${user.last_name}`.trim()
  if (form === 'nickname_full_name') return user.nickname || full || user.username
  return (form === 'full_name' && full) || user.username
}

/** A record is replaced only by a later one: events and replies may arrive in any order. */
const isStale = (user: User, known: User | undefined): boolean => known !== undefined && user.update_at < known.update_at

const MOST_AT_ONCE = 100

export const createUsers = ({ call, me, track }: Context) => {
  const records = new Collection<User>()
  const idsByName = new Map<string, string>()
  const nameSources = new Map<string, Source<User | undefined>>()
  const asked = new Set<string>()
  const askedNames = new Set<string>()
  const wanted = new Set<string>()
  const wantedNames = new Set<string>()
  let isScheduled = false

  const put = (user: User): void => {
    const known = records.one(user.id)
    if (isStale(user, known)) return
    if (known && known.username !== user.username) idsByName.delete(known.username)
    idsByName.set(user.username, user.id)
    // Others' copies of an account come without its owner's private parts; ours must not lose them.
    const isPartial = user.id === me() && user.email === '' && known !== undefined
    records.set(user.id, isPartial ? { ...user, email: known.email, notify_props: known.notify_props } : user)
  }

  const fetchWanted = async (): Promise<void> => {
    isScheduled = false
    const ids = [...wanted]
    const names = [...wantedNames]
    wanted.clear()
    wantedNames.clear()
    for (let i = 0; i < ids.length; i += MOST_AT_ONCE) {
      const some = ids.slice(i, i + MOST_AT_ONCE)
      try {
        for (const user of await call(operations.listByIds, { body: some })) put(user)
      } catch (error) {
        for (const id of some) asked.delete(id)
        throw error
      }
    }
    for (let i = 0; i < names.length; i += MOST_AT_ONCE) {
      const some = names.slice(i, i + MOST_AT_ONCE)
      for (const user of await call(operations.listByUsernames, { body: some })) put(user)
    }
  }

  // Everything that one screen asks for leaves in one call.
  const schedule = (): void => {
    if (isScheduled) return
    isScheduled = true
    track(new Promise((resolve) => setTimeout(resolve, 10)).then(fetchWanted))
  }

  /** Sees to it that these people become known; those who are known already cost nothing. */
  const ensure = (ids: Iterable<string>): void => {
    for (const id of ids) {
      if (id === '' || records.has(id) || asked.has(id)) continue
      asked.add(id)
      wanted.add(id)
      schedule()
    }
  }

  const noun: Noun = {
    on: {
      user_updated: ({ user }) => {
        if ('username' in user && typeof user.username === 'string') put(user as User)
      },
      user_role_updated: ({ user_id, roles }) => records.update(user_id, (user) => ({ ...user, roles })),
    },
    load(home: Home) {
      for (const user of byKey([...home.users, home.me], ({ id }) => id).values()) put(user)
    },
    clear() {
      records.clear()
      idsByName.clear()
      for (const set of [asked, askedNames, wanted, wantedNames]) set.clear()
    },
  }

  return {
    ...noun,
    records,
    put,
    ensure,
    byName: (username: string): User | undefined => records.one(idsByName.get(username.toLowerCase()) ?? ''),
    /** Like `ensure` for usernames, which may be anybody's or nobody's: each is asked for once. */
    ensureNames(usernames: Iterable<string>): void {
      for (const name of usernames) {
        const username = name.toLowerCase()
        if (idsByName.has(username) || askedNames.has(username)) continue
        askedNames.add(username)
        wantedNames.add(username)
        schedule()
      }
    },
    /** The account of this username, as a source; the same source for the same name. */
    named(username: string): Source<User | undefined> {
      const name = username.toLowerCase()
      const known = nameSources.get(name)
      if (known) return known
      const source: Source<User | undefined> = {
        get: () => records.one(idsByName.get(name) ?? ''),
        subscribe: records.subscribe,
      }
      nameSources.set(name, source)
      return source
    },
    async patchMe(patch: UserPatch): Promise<User> {
      const user = await call(operations.patch, { params: { user_id: 'me' }, body: patch })
      put(user)
      return user
    },
    /** People whose names begin with `term`; the server decides whom one may find. */
    async search(term: string, where: { team_id?: string; in_channel_id?: string; not_in_channel_id?: string } = {}) {
      const found = await call(operations.search, { body: { term, limit: 50, ...where } })
      for (const user of found) put(user)
      return found
    },
  }
}

export type Users = ReturnType<typeof createUsers>
