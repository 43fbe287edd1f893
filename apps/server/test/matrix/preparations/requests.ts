import { type Person, unique } from '@plausch/testkit'
import { requests, settings, type Team, teams } from '@plausch/wire'
import { body, type Draft, isOwn, living, type Preparations } from '../draft.ts'
import { inClosed } from '../scene.ts'

const wish = ({ scene }: Draft) => ({
  name: unique('wished'),
  display_name: 'Wished',
  purpose: 'To meet',
  is_open: false,
  owner_ids: [scene.people.inside.id],
})

const withEndorser = ({ scene }: Draft, username: string) =>
  scene.owner.call(settings.patch, { body: { PlauschSettings: { TeamRequestEndorser: username } } })

const asked = async (draft: Draft, by: Person = draft.scene.owner) => {
  draft.params.team_request_id = (await by.call(requests.create, { body: wish(draft) })).id
}

/** A request of the owner of all things, which `member` endorses. */
const toEndorse = async (draft: Draft) => {
  await withEndorser(draft, draft.scene.people.member.username)
  await asked(draft)
  draft.after = async () => void (await withEndorser(draft, ''))
}

/** A team that nobody else uses. */
const freshTeam = async (draft: Draft): Promise<Team> => {
  const team = await draft.scene.owner.call(teams.create, {
    body: { name: unique('fresh'), display_name: 'Fresh', type: 'I' },
  })
  draft.params.team_id = team.id
  return team
}

export const requestsPreparations: Preparations = {
  'requests.create': body(wish),
  'requests.get': toEndorse,
  'requests.endorse': toEndorse,
  'requests.approve': async (draft) => {
    await asked(draft)
    draft.body = {}
  },
  'requests.refuse': async (draft) => {
    await toEndorse(draft)
    draft.body = { reason: 'There is one' }
  },
  'requests.withdraw': async (draft) => {
    const person = isOwn(draft) && draft.actor !== 'guest' ? living(draft) : null
    await asked(draft, person ?? draft.scene.owner)
  },
  'requests.answerReview': async (draft) => {
    const { at, owner, people } = draft.scene
    const team = await freshTeam(draft)
    const params = inClosed(team, people.teamAdmin)
    await owner.call(teams.addMember, { params, body: { user_id: people.teamAdmin.id } })
    await owner.call(teams.setMemberRoles, { params, body: { roles: 'team_user team_admin' } })
    await at.server.app.pool.run('insert into team_reviews (team_id, asked_at) values ($1, 1)', [team.id])
    draft.body = { is_needed: true }
  },
  'requests.nameOwner': async (draft) => {
    const { owner, target } = draft.scene
    const team = await freshTeam(draft)
    await owner.call(teams.removeMember, { params: inClosed(team, owner) })
    draft.body = { user_id: target.id }
  },
}
