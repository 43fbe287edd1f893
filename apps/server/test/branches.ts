/** What the tests of namespaces share: a directory with branches, rules, and what they have made. */
import { dnOf, hurry, type Laboratory, laboratory, ldifGroup, ldifPerson, unique } from '@plausch/testkit'
import {
  directory,
  type Job,
  jobs,
  type NamespaceRule,
  type NewNamespace,
  namespaces,
  settings,
  type Team,
  teams,
  users,
} from '@plausch/wire'

export const BASE = 'dc=lab,dc=example'
export const STAFF = `ou=staff,${BASE}`

export const unit = (ou: string, above = STAFF): string =>
  `dn: ou=${ou},${above}\nobjectClass: organizationalUnit\nobjectClass: extensibleObject\nou: ${ou}\n\n`
export const person = (uid: string, ou: string): string => ldifPerson({ uid, unit: `ou=${ou},ou=staff` })
export const dnIn = (uid: string, ou: string): string => dnOf({ uid, unit: `ou=${ou},ou=staff` })

export const rule = (change: Partial<NamespaceRule> = {}): NamespaceRule => ({
  name: unique('rule'),
  base: STAFF,
  source: 'units',
  pattern: '',
  makes: 'team',
  team_id: '',
  is_open: false,
  is_constrained: false,
  is_mentionable: false,
  has_owners: true,
  is_on: true,
  ...change,
})

const start = async (): Promise<Laboratory> => {
  const at = await laboratory({ isBis: true })
  await at.root.call(settings.patch, {
    body: { LdapSettings: { EnableSync: true }, PlauschSettings: { TeamRequestLeaderAttribute: 'owner' } },
  })
  await at.ldap.add(
    [
      unit('staff', BASE),
      unit('optics'),
      unit('lasers', `ou=optics,${STAFF}`),
      unit('vacuum'),
      unit('hidden'),
      person('o1', 'optics'),
      person('o2', 'lasers,ou=optics'),
      person('v1', 'vacuum'),
      person('v2', 'vacuum'),
      person('h1', 'hidden'),
      ldifGroup('exp-p01', [dnIn('o1', 'optics'), dnIn('v1', 'vacuum')]),
      ldifGroup('exp-p02', [dnIn('v2', 'vacuum')]),
      ldifGroup('other', [dnIn('h1', 'hidden')]),
    ].join(''),
  )
  await at.ldap.change(
    `dn: ou=optics,${STAFF}\nchangetype: modify\nadd: owner\nowner: ${dnIn('o1', 'optics')}\n\n`,
  )
  return at
}

/** A server with such a directory, and what is done with its rules. */
export const branches = async () => {
  const at = await start()
  const { root } = at
  /** The pass that is started: by hand, or by a rule that is saved. */
  const pass = async (begin: () => Promise<unknown> = () => root.call(directory.sync, {})): Promise<Job> => {
    await begin()
    await hurry(at.server, 'jobs.run')
    const [job] = await root.call(jobs.listOfType, { params: { job_type: 'ldap_sync' } })
    if (!job) throw new Error('no pass has run')
    return job
  }
  const create = (change: Partial<NewNamespace> = {}) =>
    root.call(namespaces.create, { body: { ...rule(change), ...change } })
  const namesOf = async (ids: readonly string[]): Promise<string[]> =>
    ids.length === 0
      ? []
      : (await root.call(users.listByIds, { body: [...ids] })).map(({ username }) => username).sort()
  const membersOf = ({ id }: Team) => root.call(teams.listMembers, { params: { team_id: id } })
  return {
    ...{ at, pass, create, namesOf },
    made: async (change: Partial<NewNamespace> = {}) => {
      let id = ''
      const job = await pass(async () => {
        id = (await create(change)).id
      })
      return { id, job }
    },
    updated: (namespace_id: string, body: NewNamespace) =>
      pass(() => root.call(namespaces.update, { params: { namespace_id }, body })),
    placesOf: (namespace_id: string) => root.call(namespaces.listPlaces, { params: { namespace_id } }),
    teamNamed: (name: string): Promise<Team> => root.call(teams.getByName, { params: { team_name: name } }),
    peopleIn: async (team: Team) => namesOf((await membersOf(team)).map(({ user_id }) => user_id)),
    adminsOf: async (team: Team) =>
      namesOf(
        (await membersOf(team)).filter(({ scheme_admin }) => scheme_admin).map(({ user_id }) => user_id),
      ),
    removeRules: async () => {
      for (const { id } of await root.call(namespaces.list, {}))
        await root.call(namespaces.remove, { params: { namespace_id: id } })
    },
  }
}
export type Branches = Awaited<ReturnType<typeof branches>>
