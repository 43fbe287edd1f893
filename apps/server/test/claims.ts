/** People of a real provider of OpenID Connect who bring groups, and what administrators do with these. */
import { hurry, type Place, startProvider, unique, visitor } from '@plausch/testkit'
import {
  type ClaimedGroup,
  groups,
  settings,
  sso,
  syncables,
  type Team,
  teams,
  type User,
} from '@plausch/wire'
import { expect } from 'vitest'

/** Connects a provider as openid and as gitlab; groups stand in the claim `groups`. */
export const openClaims = async (at: Place) => {
  const provider = await startProvider({
    redirectUris: ['openid', 'gitlab'].map((service) => `${at.server.url}/signup/${service}/complete`),
  })
  const config = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })
  await config({
    OpenIdSettings: provider.settings,
    GitLabSettings: provider.settings,
    PlauschSettings: { OpenIdGroupsClaim: 'groups' },
  })

  /** A person at the provider, with what it says about their groups. */
  const person = (name: string, claims: Record<string, unknown> = {}): string => {
    const sub = unique(name)
    provider.people.set(sub, {
      email: `${sub}@lab.example`,
      email_verified: true,
      name: `${name} Test`,
      preferred_username: sub,
      ...claims,
    })
    return sub
  }
  const claims = (sub: string, some: Record<string, unknown>) =>
    provider.people.set(sub, { ...provider.people.get(sub), ...some })

  const comeIn = async (sub: string, service: string, query = '') => {
    const browser = visitor()
    const url = `${at.server.url}/oauth/${service}/login${query}`
    const to = browser.nextOf(url, await browser.open(url)) ?? expect.fail('no redirect')
    const response = await browser.open(await provider.enter(browser, to, sub))
    expect(response.headers.get('location')).not.toContain('error')
    const me = (await (await browser.open(`${at.server.url}/api/v4/users/me`)).json()) as User
    return { ...me, browser }
  }
  const enter = (sub: string, service = 'openid'): Promise<User> => comeIn(sub, service)

  const found = async (value: string): Promise<ClaimedGroup> => {
    const { groups: list } = await at.root.call(sso.listGroups, { query: { q: value, per_page: 200 } })
    return list.find((each) => each.value === value) ?? expect.fail(`nobody has named ${value}`)
  }
  const about = ({ id }: ClaimedGroup) => ({ params: { claimed_group_id: id } })
  const link = async (value: string) => await at.root.call(sso.linkGroup, about(await found(value)))
  const newTeam = (): Promise<Team> =>
    at.root.call(teams.create, { body: { name: unique('team'), display_name: 'Team', type: 'I' } })
  const tie = (group: { id: string }, team: Team, body = { auto_add: true }) =>
    at.root.call(syncables.linkTeam, { params: { group_id: group.id, team_id: team.id }, body })
  const settled = () => hurry(at.server, 'syncables.settle')
  const membersOf = async ({ id }: { id: string }) =>
    (await at.root.call(groups.listMembers, { params: { group_id: id } })).members.map((user) => user.id)
  const peopleOf = async ({ id }: { id: string }) =>
    (await at.root.call(teams.listMembers, { params: { team_id: id }, query: { per_page: 200 } })).map(
      ({ user_id }) => user_id,
    )

  /** A linked group whose first member has just signed in. */
  const linked = async (value = unique('/staff/group')) => {
    const sub = person('first', { groups: [value] })
    await enter(sub)
    return { value, sub, group: await link(value) }
  }
  return {
    provider,
    config,
    person,
    claims,
    comeIn,
    enter,
    found,
    about,
    link,
    newTeam,
    tie,
    settled,
    membersOf,
    peopleOf,
    linked,
  }
}
