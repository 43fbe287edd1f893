/** People that this client knows. Unknown people are loaded, many in one call. */
import {
  type CustomStatus,
  type Home,
  users as operations,
  presence as presenceOperations,
  profiles,
  type User,
  type UserPatch,
} from '@plausch/wire'
import { Collection } from '../source.ts'
import { createLookup } from './lookup.ts'
import type { Context, Noun } from './noun.ts'

/** v4's forms of a person's name (TeammateNameDisplay). */
export type NameForm = 'username' | 'nickname_full_name' | 'full_name'

export const isNameForm = (value: string | undefined): value is NameForm =>
  value === 'username' || value === 'nickname_full_name' || value === 'full_name'

/** A person's displayed name. If the name that the form asks for is empty, the username. */
export const nameOf = (user: User, form: NameForm): string => {
  const full = `${user.first_name} ${user.last_name}`.trim()
  if (form === 'nickname_full_name') return user.nickname || full || user.username
  return (form === 'full_name' && full) || user.username
}

/** A record is replaced only by a later one: events and replies may arrive in any order. */
const isStale = (user: User, known: User | undefined): boolean =>
  known !== undefined && user.update_at < known.update_at

export const createUsers = ({ call, me, track }: Context) => {
  const records = new Collection<User>()
  const idsByName = new Map<string, string>()

  const put = (user: User): void => {
    const known = records.one(user.id)
    if (isStale(user, known)) return
    if (known && known.username !== user.username) idsByName.delete(known.username)
    idsByName.set(user.username, user.id)
    // Copies of an account for others lack the owner's private fields; my own record must not lose them.
    const isPartial = user.id === me() && user.email === '' && known !== undefined
    records.set(user.id, isPartial ? { ...user, email: known.email, notify_props: known.notify_props } : user)
  }
  const putAll = (users: readonly User[]): void => users.forEach(put)

  const ids = createLookup(
    (id) => records.has(id),
    async (some) => putAll(await call(operations.listByIds, { body: some })),
    track,
  )
  // A name may belong to somebody or to nobody.
  const names = createLookup(
    (name) => idsByName.has(name),
    async (some) => putAll(await call(operations.listByUsernames, { body: some })),
    track,
  )

  const noun: Noun = {
    on: {
      user_updated: ({ user }) => {
        if ('username' in user && typeof user.username === 'string') put(user as User)
      },
      user_role_updated: ({ user_id, roles }) => records.update(user_id, (user) => ({ ...user, roles })),
    },
    load(home: Home) {
      putAll([...home.users, home.me])
    },
    clear() {
      records.clear()
      idsByName.clear()
      ids.clear()
      names.clear()
    },
  }

  return {
    ...noun,
    records,
    put,
    /** Loads these people. */
    ensure: ids.want,
    /** The same by username. */
    ensureNames: (usernames: readonly string[]): void =>
      names.want(usernames.map((name) => name.toLowerCase())),
    byName: (username: string): User | undefined => records.one(idsByName.get(username.toLowerCase()) ?? ''),
    ...ownAccount(call, me, records, put),
    /**
     * People whose names begin with `term`, or the first of all; the server decides whom the caller may find.
     */
    async search(
      term: string,
      where: { team_id?: string; in_channel_id?: string; not_in_channel_id?: string } = {},
    ) {
      const { team_id: in_team, in_channel_id: in_channel, not_in_channel_id: not_in_channel } = where
      const found =
        term === ''
          ? await call(operations.list, { query: { per_page: 50, in_team, in_channel, not_in_channel } })
          : await call(operations.search, { body: { term, limit: 50, ...where } })
      putAll(found)
      return found
    },
  }
}

/** What people change about themselves. What others see at once changes here at once, too. */
const ownAccount = (
  call: Context['call'],
  me: () => string,
  records: Collection<User>,
  put: (user: User) => void,
) => {
  const params = { user_id: 'me' }

  /** Shows a change, and takes it back if the server refuses. */
  const optimistic = async (change: (user: User) => User, send: () => Promise<unknown>): Promise<void> => {
    const before = records.one(me())
    const after = before && change(before)
    if (after) records.set(after.id, after)
    try {
      await send()
    } catch (fault) {
      if (before && records.one(before.id) === after) records.set(before.id, before)
      throw fault
    }
  }
  const withStatus =
    (status: string) =>
    (user: User): User => ({ ...user, props: { ...user.props, customStatus: status } })

  return {
    async patchMe(patch: UserPatch): Promise<User> {
      const user = await call(operations.patch, { params, body: patch })
      put(user)
      return user
    },
    /** Changes some of one's notification settings; the others stay. */
    setNotifyProps: (some: Record<string, string>): Promise<void> => {
      const all = { ...records.one(me())?.notify_props, ...some }
      return optimistic(
        (user) => ({ ...user, notify_props: all }),
        async () => put(await call(operations.patch, { params, body: { notify_props: all } })),
      )
    },
    setCustomStatus: (status: CustomStatus): Promise<void> =>
      optimistic(withStatus(JSON.stringify(status)), () =>
        call(presenceOperations.setCustom, { params, body: status }),
      ),
    clearCustomStatus: (): Promise<void> =>
      optimistic(withStatus(''), () => call(presenceOperations.clearCustom, { params })),
    /** Takes a status out of the list of recent ones. */
    forgetStatus: (status: CustomStatus): Promise<unknown> =>
      call(presenceOperations.removeRecentByPost, { params, body: status }),
    removePicture: (): Promise<unknown> => call(profiles.removeImage, { params }),
  }
}

export type Users = ReturnType<typeof createUsers>
