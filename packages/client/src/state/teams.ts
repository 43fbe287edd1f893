/** The teams of the signed-in person, and their membership in each. */
import { type Home, teams as operations, type Team, type TeamMember } from '@plausch/wire'
import type { Handlers } from '../events.ts'
import { Collection, derive, sameList } from '../source.ts'
import { byKey, type Context, type Noun } from './noun.ts'

/** What people do with teams; afterwards the start bundle is loaded again. */
const teamCalls = ({ call, me }: Context, reload: () => Promise<void>) => ({
  async join(teamId: string): Promise<void> {
    await call(operations.addMember, {
      params: { team_id: teamId },
      body: { team_id: teamId, user_id: me() },
    })
    await reload()
  },
  async joinByInvite(inviteId: string): Promise<TeamMember> {
    const member = await call(operations.joinByInvite, { query: { invite_id: inviteId } })
    await reload()
    return member
  },
  async create(name: string, displayName: string): Promise<Team> {
    const team = await call(operations.create, { body: { name, display_name: displayName, type: 'I' } })
    await reload()
    return team
  },
})

type Kept = {
  records: Collection<Team>
  members: Collection<TeamMember>
  put(team: Team): void
  fetchLater(teamId: string): void
  reloadLater(): void
}

const teamHandlers = (
  me: () => string,
  { records, members, put, fetchLater, reloadLater }: Kept,
): Handlers => {
  const forget = (teamId: string): void => {
    records.delete(teamId)
    members.delete(teamId)
  }
  return {
    // A new team brings channels, categories and people with it.
    added_to_team: ({ user_id }) => {
      if (user_id === me()) reloadLater()
    },
    leave_team: ({ user_id, team_id }) => {
      if (user_id === me()) forget(team_id)
    },
    update_team: ({ team }) => {
      const known = records.one(team.id)
      if (!known) return
      put(team)
      // The invite id may have changed.
      if (known.invite_id !== '') fetchLater(team.id)
    },
    delete_team: ({ team }) => forget(team.id),
    // Like a new team, a restored one brings its channels, categories and people with it.
    restore_team: () => reloadLater(),
    memberrole_updated: ({ member }) => {
      if (member.user_id === me()) members.set(member.team_id, member)
    },
  }
}

export const createTeams = (context: Context, reload: () => Promise<void>) => {
  const { call, me, track } = context
  const records = new Collection<Team>()
  const members = new Collection<TeamMember>()

  const put = (team: Team): void => {
    const known = records.one(team.id)
    if (known && team.update_at < known.update_at) return
    // Only people who may invite get the invite id, and events never contain it.
    records.set(team.id, team.invite_id === '' && known ? { ...team, invite_id: known.invite_id } : team)
  }

  const fetch = async (teamId: string): Promise<void> =>
    put(await call(operations.get, { params: { team_id: teamId } }))

  const noun: Noun = {
    on: teamHandlers(me, {
      ...{ records, members, put },
      fetchLater: (teamId) => track(fetch(teamId)),
      reloadLater: () => track(reload()),
    }),
    load(home: Home) {
      members.replace(byKey(home.team_members, ({ team_id }) => team_id))
      records.replace(byKey(home.teams, ({ id }) => id))
    },
    clear() {
      records.clear()
      members.clear()
    },
  }

  return {
    ...noun,
    records,
    members,
    put,
    /** The teams sorted by name. */
    sorted: derive(
      [records],
      (all) => [...all].sort((a, b) => a.display_name.localeCompare(b.display_name)),
      sameList,
    ),
    ...teamCalls(context, reload),
  }
}

export type Teams = ReturnType<typeof createTeams>
