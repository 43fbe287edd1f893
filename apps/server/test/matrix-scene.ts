/** The place of the permission matrix: its people, teams and channels, and for every operation a request that only a permission can stop. */
import { channelOf, direct, type Person, type Place, signIn, signUp, unique, write } from '@plausch/testkit'
import {
  type Channel,
  categories,
  members,
  type Operation,
  roles,
  sessions,
  settings,
  type Team,
  teams,
  tokens,
  users,
} from '@plausch/wire'
import type { Actor, Kase } from './matrix-table.ts'
import { paramsOf, sampleOf } from './rows.ts'

export type Scene = {
  at: Place
  people: Record<Exclude<Actor, 'anonymous'>, Person>
  /** Owns what the operations are about, and is nobody's actor. */
  owner: Person
  /** Whom the operations are about: an ordinary member of team and channels. */
  target: Person
  closed: Team
  open: Team
  rooms: Record<'private' | 'public' | 'direct', Channel>
  roleId: string
}

const inClosed = (team: Team, person: Person) => ({ team_id: team.id, user_id: person.id })

/** Builds the place. */
export const build = async (at: Place): Promise<Scene> => {
  const { root: owner, team: closed } = at
  await owner.call(settings.patch, { body: { ServiceSettings: { EnableUserAccessTokens: true } } })
  const make = (name: string) => signUp(at.server, name, closed.invite_id)
  const [stranger, elsewhere, member, inside, teamAdmin] = [
    await make('stranger'),
    await make('elsewhere'),
    await make('member'),
    await make('inside'),
    await make('teamadmin'),
  ]
  const [deactivated, root, target] = [await make('deactivated'), await make('chief'), await make('target')]
  for (const person of [stranger, elsewhere, root])
    await owner.call(teams.removeMember, { params: inClosed(closed, person) })
  const params = inClosed(closed, teamAdmin)
  await owner.call(teams.setMemberRoles, { params, body: { roles: 'team_user team_admin' } })
  await owner.call(users.setRoles, {
    params: { user_id: root.id },
    body: { roles: 'system_user system_admin' },
  })
  const open = await owner.call(teams.create, {
    body: { name: unique('open'), display_name: 'Open', type: 'O' },
  })
  await owner.call(teams.addMember, { params: { team_id: open.id }, body: { user_id: target.id } })
  const other = await owner.call(teams.create, {
    body: { name: unique('other'), display_name: 'Other', type: 'I' },
  })
  await owner.call(teams.addMember, { params: { team_id: other.id }, body: { user_id: elsewhere.id } })
  const people = { stranger, elsewhere, member, inside, teamAdmin, deactivated, root }
  const crowd = [inside, deactivated, target]
  const rooms = {
    private: await channelOf(owner, closed, 'P', crowd),
    public: await channelOf(owner, closed, 'O', crowd),
    direct: await direct(owner, target),
  }
  await owner.call(users.setActive, { params: { user_id: deactivated.id }, body: { active: false } })
  const roleId = (await owner.call(roles.getByName, { params: { role_name: 'team_user' } })).id
  return { at, people, owner, target, closed, open, rooms, roleId }
}

/** A request as it will be sent; what a preparation changes in it counts. */
export type Draft = {
  scene: Scene
  kase: Kase
  actor: Actor
  /** Null for anonymous. */
  person: Person | null
  token: string
  params: Record<string, string>
  query: Record<string, string>
  body: unknown
  /** Puts right what the request may have ended. */
  after?: () => Promise<void>
}

const isOwn = ({ kase }: Draft) => kase.startsWith('own')

/** Whom the operation is about. */
const aboutWhom = (draft: Draft): Person => (isOwn(draft) && draft.person ? draft.person : draft.scene.target)

/** The actor, if they can still sign in. */
const living = ({ person, actor }: Draft): Person | null => (actor === 'deactivated' ? null : person)

const roomOf = ({ scene, kase }: Draft): Channel => {
  if (kase.includes('public')) return scene.rooms.public
  return kase.includes('direct') ? scene.rooms.direct : scene.rooms.private
}

const teamOf = ({ scene, kase }: Draft): Team => (kase.includes('open') ? scene.open : scene.closed)

/** A team that nothing else is about, with the actor in it as in the closed one; for leaving it, everybody is in it. */
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

/** A channel of the case that nothing else is about. */
const inFreshRoom = async (draft: Draft) => {
  const { scene, kase } = draft
  if (kase.includes('direct')) return
  const type = kase.includes('public') ? 'O' : 'P'
  draft.params.channel_id = (await channelOf(scene.owner, scene.closed, type, [scene.people.inside])).id
}

/** The team or the channel in which people are looked for. */
const placeOf = (draft: Draft): { team?: string; channel?: string } => {
  if (draft.kase === 'any') return {}
  return draft.kase === 'closed' || draft.kase === 'open'
    ? { team: teamOf(draft).id }
    : { channel: roomOf(draft).id }
}

const inPlace = (draft: Draft) => {
  const { team, channel } = placeOf(draft)
  if (team) draft.query.in_team = team
  if (channel) draft.query.in_channel = channel
}

const onePreference = (draft: Draft) => {
  draft.body = [{ user_id: aboutWhom(draft).id, category: 'theme', name: 'x', value: '1' }]
}

const adding = async (draft: Draft) => {
  if (isOwn(draft)) await inFreshTeam(draft)
  draft.body = { team_id: draft.params.team_id, user_id: aboutWhom(draft).id }
}

const builtIn = (draft: Draft, type = 'channels') => `${type}_${aboutWhom(draft).id}_${draft.scene.closed.id}`

const place = (draft: Draft) => ({ user_id: 'me', team_id: draft.scene.closed.id })

const changingPost = async (draft: Draft) => {
  const { scene } = draft
  const author = isOwn(draft) ? scene.people.inside : scene.owner
  draft.params.post_id = (await write(author, roomOf(draft), 'to be changed')).id
  draft.body = { id: draft.params.post_id, message: 'changed' }
}

const inviteOf = async ({ scene }: Draft) =>
  (await scene.owner.call(teams.get, { params: { team_id: scene.closed.id } })).invite_id

/** A preparation that only sets the body. */
const body = (make: (draft: Draft) => unknown) => (draft: Draft) => {
  draft.body = make(draft)
}

/** Without it the licence is refused to everybody. */
const asOldFormat = ({ query }: Draft) => {
  query.format = 'old'
}

/** What each operation needs beyond its path and the smallest body that fits. */
const preparations: Record<string, (draft: Draft) => void | Promise<void>> = {
  'settings.patch': body(() => ({ TeamSettings: { SiteName: 'Plausch' } })),
  'settings.client': asOldFormat,
  'system.license': asOldFormat,
  'users.list': inPlace,
  'users.autocomplete': inPlace,
  'users.search': body((draft) => {
    const { team, channel } = placeOf(draft)
    return { term: '', team_id: team, in_channel_id: channel }
  }),
  'users.patch': body(() => ({ position: 'somewhere' })),
  'users.setRoles': body(() => ({ roles: 'system_user' })),
  'users.setActive': body(() => ({ active: true })),
  'preferences.save': onePreference,
  'preferences.remove': onePreference,
  'sessions.login': body(({ scene: { target } }) => ({
    login_id: target.username,
    password: target.password,
  })),
  'sessions.logout': async (draft) => {
    const person = living(draft)
    if (person) draft.token = (await signIn(draft.scene.at.server, person.username)).api.token()
  },
  'sessions.revokeAll': async (draft) => {
    const { scene, actor } = draft
    const person = living(draft)
    if (!isOwn(draft) || !person || actor === 'anonymous') return
    draft.after = async () => {
      scene.people[actor] = await signIn(scene.at.server, person.username)
    }
  },
  'sessions.revoke': async (draft) => {
    const { scene } = draft
    const whose = living(draft) ? aboutWhom(draft) : scene.target
    const fresh = await signIn(scene.at.server, whose.username)
    const ids = (await fresh.call(sessions.list, { params: { user_id: 'me' } })).map((session) => session.id)
    draft.body = { session_id: ids.sort().at(-1) }
  },
  'sessions.changePassword': body(({ scene: { target } }) => ({
    current_password: target.password,
    new_password: target.password,
  })),
  'tokens.revoke': async (draft) => {
    const { owner } = draft.scene
    const params = { user_id: aboutWhom(draft).id }
    draft.body = { token_id: (await owner.call(tokens.create, { params, body: { description: 'x' } })).id }
  },
  'presence.set': body((draft) => ({ user_id: aboutWhom(draft).id, status: 'away' })),
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
  'channels.create': body(({ kase, scene }) => ({
    team_id: scene.closed.id,
    name: unique('made'),
    display_name: 'Made',
    type: kase === 'public' ? 'O' : 'P',
  })),
  'channels.createDirect': body((draft) => [
    isOwn(draft) && draft.person ? draft.person.id : draft.scene.owner.id,
    draft.scene.target.id,
  ]),
  'channels.createGroup': body(({ scene }) => [scene.owner.id, scene.target.id]),
  'channels.patch': body(() => ({ header: unique('header') })),
  'channels.setPrivacy': body(({ kase }) => ({ privacy: kase === 'public' ? 'O' : 'P' })),
  'channels.archive': inFreshRoom,
  'members.add': async (draft) => {
    if (isOwn(draft)) await inFreshRoom(draft)
    draft.body = { user_id: aboutWhom(draft).id }
  },
  'members.remove': async (draft) => {
    const { owner, target } = draft.scene
    await inFreshRoom(draft)
    const params = { channel_id: draft.params.channel_id ?? '' }
    if (draft.kase !== 'direct') await owner.call(members.add, { params, body: { user_id: target.id } })
  },
  'members.setRoles': body(() => ({ roles: 'channel_user' })),
  'members.setNotifyProps': body(() => ({ desktop: 'all' })),
  'categories.create': body(() => ({ display_name: 'Made' })),
  'categories.updateAll': body((draft) => [{ id: builtIn(draft), collapsed: true }]),
  'categories.update': body((draft) => ({ id: builtIn(draft), collapsed: true })),
  'categories.setOrder': async (draft) => {
    const own = await living(draft)
      ?.call(categories.getOrder, { params: place(draft) })
      .catch(() => undefined)
    draft.body = own ?? ['favorites', 'channels', 'direct_messages'].map((type) => builtIn(draft, type))
  },
  'categories.remove': async (draft) => {
    const made = await living(draft)
      ?.call(categories.create, { params: place(draft), body: { display_name: 'Made' } })
      .catch(() => undefined)
    draft.params.category_id = made?.id ?? builtIn(draft)
  },
  'posts.create': body((draft) => ({ channel_id: roomOf(draft).id, message: 'mine' })),
  'posts.patch': changingPost,
  'posts.update': changingPost,
  'posts.remove': changingPost,
  'unreads.view': body(({ scene }) => ({ channel_id: scene.rooms.private.id })),
  'unreads.markRead': body(({ scene }) => [scene.rooms.private.id]),
  'onboarding.signUp': async (draft) => {
    const username = unique('signedup')
    draft.body = { username, email: `${username}@example.org`, password: 'correct horse battery' }
    if (draft.kase === 'invited') draft.query.iid = await inviteOf(draft)
  },
  'onboarding.firstTeam': body(() => ({ name: unique('first'), display_name: 'First' })),
}

/** The value of each part of a path. */
const paramsFor = (draft: Draft, postId: string): Record<string, string> => ({
  user_id: isOwn(draft) ? 'me' : draft.scene.target.id,
  team_id: teamOf(draft).id,
  team_name: teamOf(draft).name,
  channel_id: roomOf(draft).id,
  channel_name: roomOf(draft).name,
  post_id: postId,
  role_id: draft.scene.roleId,
  role_name: 'team_user',
  username: draft.scene.target.username,
  email: draft.scene.target.user.email,
  category: 'theme',
  category_id: builtIn(draft),
  invite_id: draft.scene.closed.invite_id,
})

/** The request of an actor in a case. */
export const draftOf = async (
  scene: Scene,
  operation: Operation,
  kase: Kase,
  actor: Actor,
): Promise<Draft> => {
  const person = actor === 'anonymous' ? null : scene.people[actor]
  const sample = operation.body ? sampleOf(operation.body as never) : undefined
  const draft: Draft = {
    scene,
    kase,
    actor,
    person,
    token: person?.api.token() ?? '',
    params: {},
    query: {},
    body: sample,
  }
  const needed = paramsOf(operation)
  const postId = needed.includes('post_id')
    ? (await write(scene.owner, roomOf(draft), 'of the owner')).id
    : ''
  const known = paramsFor(draft, postId)
  for (const name of needed) {
    const value = known[name]
    if (value === undefined) throw new Error(`nobody has said what {${name}} of ${operation.id} is`)
    draft.params[name] = value
  }
  await preparations[operation.id]?.(draft)
  return draft
}
