/** What the tests of this noun need: groups of the directory without a directory, and teams to link them to. */
import { hurry, type Person, type Place, unique } from '@plausch/testkit'
import { type Channel, type Group, groups, members, syncables, type Team, teams } from '@plausch/wire'
import { change, system } from '../src/core/context.ts'
import { changeMembers, findGroup, linkRemote, markRead } from '../src/features/places/groups/index.ts'
import { settleLater } from '../src/features/places/syncables/index.ts'

export type Wanted = { auto_add?: boolean; scheme_admin?: boolean }

export const openCast = (at: Place) => {
  const { root } = at
  const asSystem = <T>(work: Parameters<typeof change<T>>[2]) =>
    change(at.server.app.server, { actor: system }, work)

  /** What a pass does: changes who is in a group. */
  const regroup = (group: Group, add: readonly Person[], remove: readonly Person[] = []) =>
    asSystem((context) =>
      changeMembers(context, 'ldap', group.id, {
        add: add.map(({ id }) => id),
        remove: remove.map(({ id }) => id),
      }),
    )

  /** A pass has read who is in a group. */
  const read = (group: Group) =>
    asSystem(async (context) => {
      const row = await findGroup(context.db, group.id)
      if (row) await markRead(context, row)
    })

  /** A group of the directory with these people, which a pass has read. */
  const remote = async (
    people: readonly Person[],
    allow_reference = false,
    isRead = true,
  ): Promise<Group> => {
    const { group } = await asSystem((context) =>
      linkRemote(context, 'ldap', { remote_id: unique('remote'), display_name: unique('Groß FLASH') }),
    )
    await regroup(group, people)
    if (isRead) await read(group)
    return allow_reference
      ? await root.call(groups.patch, { params: { group_id: group.id }, body: { allow_reference } })
      : group
  }

  const settled = () => hurry(at.server, 'syncables.settle')

  return {
    asSystem,
    regroup,
    read,
    remote,
    settled,
    newTeam: async (...people: Person[]): Promise<Team> => {
      const body = { name: unique('team'), display_name: 'Team', type: 'I' as const }
      const team = await root.call(teams.create, { body })
      for (const { id } of people)
        await root.call(teams.addMember, { params: { team_id: team.id }, body: { user_id: id } })
      return team
    },
    linkTeam: async (group: Group, team: Team, body: Wanted = { auto_add: true }) => {
      const params = { group_id: group.id, team_id: team.id }
      const made = await root.call(syncables.linkTeam, { params, body })
      await settled()
      return made
    },
    linkChannel: async (group: Group, channel: Channel, body: Wanted = { auto_add: true }) => {
      const params = { group_id: group.id, channel_id: channel.id }
      const made = await root.call(syncables.linkChannel, { params, body })
      await settled()
      return made
    },
    /** What a pass does then: makes a place as its groups say. */
    resettle: async ({ id }: { id: string }) => {
      await asSystem((context) => settleLater(context, [id]))
      await settled()
    },
    peopleOf: async (team: Team): Promise<string[]> =>
      (await root.call(teams.listMembers, { params: { team_id: team.id } })).map(({ user_id }) => user_id),
    inChannel: async (channel: Channel): Promise<string[]> =>
      (await root.call(members.list, { params: { channel_id: channel.id } })).map(({ user_id }) => user_id),
    teamMember: (team: Team, person: Person) =>
      root.call(teams.getMember, { params: { team_id: team.id, user_id: person.id } }),
    constrain: async (team: Team) => {
      await root.call(teams.patch, { params: { team_id: team.id }, body: { group_constrained: true } })
      await settled()
    },
  }
}

export type Cast = ReturnType<typeof openCast>
