import { unique } from '@plausch/testkit'
import { type Team, teams } from '@plausch/wire'
import { aboutWhom, body, type Draft, inviteOf, isOwn, living, type Preparations } from '../draft.ts'
import { inClosed } from '../scene.ts'

/**
 * A team that no other request uses, in which the actor has the same role as in the closed one; for leaving
 * it, everybody is a member.
 */
const freshTeam = async (draft: Draft): Promise<Team> => {
  const { scene, kase, actor, person } = draft
  const { owner } = scene
  const type = kase.includes('closed') || kase === 'any' ? 'I' : 'O'
  const team = await owner.call(teams.create, {
    body: { name: unique('fresh'), display_name: 'Fresh', type },
  })
  const belongs =
    kase === 'own'
      ? living(draft) !== null
      : kase === 'closed' && ['member', 'inside', 'teamAdmin'].includes(actor)
  if (!person || !belongs) return team
  await owner.call(teams.addMember, { params: { team_id: team.id }, body: { user_id: person.id } })
  if (actor === 'teamAdmin') {
    await owner.call(teams.setMemberRoles, {
      params: inClosed(team, person),
      body: { roles: 'team_user team_admin' },
    })
  }
  return team
}

const inFreshTeam = async (draft: Draft) => {
  draft.params.team_id = (await freshTeam(draft)).id
}

const adding = async (draft: Draft) => {
  if (isOwn(draft)) await inFreshTeam(draft)
  draft.body = { team_id: draft.params.team_id, user_id: aboutWhom(draft).id }
}

export const teamsPreparations: Preparations = {
  'teams.create': body(() => ({ name: unique('made'), display_name: 'Made', type: 'O' })),
  'teams.inviteInfo': async (draft) => {
    draft.params.invite_id = await inviteOf(draft)
  },
  'teams.patch': body(() => ({ description: 'changed' })),
  'teams.setPrivacy': body(({ kase }) => ({ privacy: kase === 'open' ? 'O' : 'I' })),
  'teams.addMember': adding,
  'teams.addMembers': async (draft) => {
    await adding(draft)
    draft.body = [draft.body]
  },
  'teams.joinByInvite': async (draft) => {
    draft.query.invite_id = (await freshTeam(draft)).invite_id
  },
  'teams.removeMember': async (draft) => {
    const { owner, target } = draft.scene
    await inFreshTeam(draft)
    const params = { team_id: draft.params.team_id ?? '' }
    if (!isOwn(draft)) await owner.call(teams.addMember, { params, body: { user_id: target.id } })
  },
  'teams.setMemberRoles': body(() => ({ roles: 'team_user' })),
  'teams.archive': inFreshTeam,
  'teams.restore': inFreshTeam,
  'teams.update': (draft) => {
    draft.body = { id: draft.params.team_id, allow_open_invite: draft.kase === 'open' }
  },
  'teams.listMembersByIds': body(({ scene }) => [scene.target.id]),
  'teams.setMemberSchemeRoles': body(() => ({ scheme_user: true, scheme_admin: false })),
}
