/** Roles and their permissions. The server decides; this only tells which controls make sense. */
import { type Home, roles as operations, type Role } from '@plausch/wire'
import { Collection, derive, keyed, type Source } from '../source.ts'
import { byKey, type Context, type Noun } from './noun.ts'

type Membership = { roles: string } | undefined

const namesOf = (...holders: Membership[]): string[] =>
  holders.flatMap((holder) => holder?.roles.split(' ') ?? []).filter(Boolean)

type Held = {
  me: Source<{ roles: string } | undefined>
  team(teamId: string): Source<Membership>
  channel(channelId: string): Source<Membership>
}

export const createRoles = ({ call, track }: Context, held: Held) => {
  const records = new Collection<Role>()
  const asked = new Set<string>()

  const ensure = (names: readonly string[]): void => {
    const missing = names.filter((name) => !records.has(name) && !asked.has(name))
    if (missing.length === 0) return
    for (const name of missing) asked.add(name)
    const load = async (): Promise<void> => {
      for (const role of await call(operations.listByNames, { body: missing.slice(0, 100) }))
        records.set(role.name, role)
    }
    track(load())
  }

  const noun: Noun = {
    on: {
      role_updated: ({ role }) => {
        if (records.has(role.name)) records.set(role.name, role)
      },
      user_role_updated: ({ roles }) => ensure(roles.split(' ').filter(Boolean)),
    },
    load: (home: Home) => records.replace(byKey(home.roles, ({ name }) => name)),
    clear() {
      records.clear()
      asked.clear()
    },
  }

  // A key is "team" or "team/channel": permissions of the system, the team and the channel add up.
  const permissions = keyed((key): Source<ReadonlySet<string>> => {
    const [teamId = '', channelId = ''] = key.split('/')
    return derive([records, held.me, held.team(teamId), held.channel(channelId)], (_, me, team, channel) => {
      const names = namesOf(me, team, channel)
      ensure(names)
      return new Set(names.flatMap((name) => records.one(name)?.permissions ?? []))
    })
  })

  return {
    ...noun,
    records,
    /** Loads roles that the signed-in person does not have, to tell who may do something. */
    ensure,
    /** The permissions of the signed-in person in a team and a channel; '' for none. */
    permissions: (teamId: string, channelId = ''): Source<ReadonlySet<string>> =>
      permissions(`${teamId}/${channelId}`),
  }
}

export type Roles = ReturnType<typeof createRoles>
