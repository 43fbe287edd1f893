/** What the tests of team requests share: people who ask, and what is done with their requests. */
import { type Person, type Place, signUp, unique } from '@plausch/testkit'
import { type NewTeamRequest, requests, type TeamRequest, users } from '@plausch/wire'

export const about = ({ id }: TeamRequest) => ({ params: { team_request_id: id } })
export const get = (by: Person, request: TeamRequest) => by.call(requests.get, about(request))
export const approve = (by: Person, request: TeamRequest, name?: string) =>
  by.call(requests.approve, { ...about(request), body: name === undefined ? {} : { name } })
export const stepsOf = ({ steps }: TeamRequest) => steps.map(({ step, user_id }) => [step, user_id])

/** Asks for a team that the asker is to own, unless `more` says otherwise. */
export const ask = (by: Person, more: Partial<NewTeamRequest> = {}): Promise<TeamRequest> =>
  by.call(requests.create, {
    body: {
      name: unique('asked'),
      display_name: 'Undulators',
      purpose: 'To plan the next run',
      is_open: false,
      owner_ids: [by.id],
      ...more,
    },
  })

/** Somebody who has asked for nothing yet. */
export const asker = (at: Place, name = 'asker'): Promise<Person> =>
  signUp(at.server, name, at.team.invite_id)

/** A second administrator of the server. */
export const secondAdmin = async (at: Place): Promise<Person> => {
  const chief = await asker(at, 'chief')
  const body = { roles: 'system_user system_admin' }
  await at.root.call(users.setRoles, { params: { user_id: chief.id }, body })
  return chief
}
