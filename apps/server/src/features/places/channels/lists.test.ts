import {
  channelOf,
  direct,
  type Person,
  type Place,
  place,
  refused,
  signUp,
  unique,
  write,
} from '@plausch/testkit'
import { type Channel, channels, members, type Post, posts, teams, unreads } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
let lea: Person
beforeAll(async () => {
  at = await place()
  lea = await signUp(at.server, 'lea', at.team.invite_id)
})
afterAll(() => at.stop())

const ids = (found: readonly Channel[]) => found.map((channel) => channel.id).sort()
const inTeam = () => ({ team_id: at.team.id })
const about = (channel: Channel) => ({ channel_id: channel.id })
const named = (by: Person, type: 'O' | 'P', display_name: string) =>
  by.call(channels.create, {
    body: { team_id: at.team.id, name: unique('named'), display_name, type },
  })

describe('searching for channels', () => {
  let open: Channel
  let closed: Channel
  let hidden: Channel
  beforeAll(async () => {
    open = await named(at.ana, 'O', 'Neutrino open')
    closed = await named(lea, 'P', 'Neutrino closed')
    hidden = await named(at.ana, 'P', 'Neutrino hidden')
  })

  it('by a part of a name finds public channels and the person’s own', async () => {
    const find = (name: string) => lea.call(channels.autocomplete, { params: inTeam(), query: { name } })
    expect(ids(await find('neutrino'))).toEqual([open.id, closed.id].sort())
    expect(await find('%')).toEqual([])
    await refused(
      'teams.not_found',
      at.eve.call(channels.autocomplete, { params: inTeam(), query: { name: 'n' } }),
    )
  })

  it('also finds purposes, in every list, after the channels that match by name', async () => {
    const about = async (display_name: string, purpose: string) => {
      const channel = await named(lea, 'O', display_name)
      return await lea.call(channels.patch, { params: { channel_id: channel.id }, body: { purpose } })
    }
    const [first, last] = [await about('Aa', 'all about quarkology'), await about('Zz quarkology', '')]
    const lists = [
      lea.call(channels.autocomplete, { params: inTeam(), query: { name: 'Quarkology' } }),
      lea.call(channels.autocompleteForSearch, { params: inTeam(), query: { name: 'Quarkology' } }),
      lea.call(channels.search, { params: inTeam(), body: { term: 'Quarkology' } }),
      lea.call(channels.searchAll, { query: { system_console: false }, body: { term: 'Quarkology' } }),
      at.root.call(channels.searchAll, { body: { term: 'Quarkology' } }),
    ]
    for (const found of await Promise.all(lists))
      expect((Array.isArray(found) ? found : found.channels).map(({ id }) => id)).toEqual([last.id, first.id])
  })

  it('counts the members of channels that the person may see, and reveals nothing about others', async () => {
    const body = [open.id, closed.id, hidden.id, at.townSquare.id]
    const counts = (by: Person) => by.call(channels.memberCounts, { body })
    const members = async (by: Person, channel: Channel) =>
      (await by.call(channels.stats, { params: about(channel) })).member_count
    expect(await counts(lea)).toEqual({
      [open.id]: 1,
      [closed.id]: 1,
      [at.townSquare.id]: await members(lea, at.townSquare),
    })
    expect(await counts(at.eve)).toEqual({})
  })

  it('for the filter of a search finds archived channels and conversations, too', async () => {
    const conversation = await direct(lea, at.bo)
    const old = await named(lea, 'O', 'Neutrino old')
    await lea.call(channels.archive, { params: about(old) })
    const find = (name: string) =>
      lea.call(channels.autocompleteForSearch, { params: inTeam(), query: { name } })
    expect(ids(await find('neutrino'))).toEqual([closed.id, old.id].sort())
    expect(ids(await find(at.bo.username))).toEqual([conversation.id])
  })

  it('among archived channels finds public ones, and private ones for their members', async () => {
    const [gone, own, secret] = [
      await named(at.ana, 'O', 'Gone'),
      await named(lea, 'P', 'Gone mine'),
      await named(at.ana, 'P', 'Gone secret'),
    ]
    for (const [by, channel] of [
      [at.ana, gone],
      [lea, own],
      [at.ana, secret],
    ] as const)
      await by.call(channels.archive, { params: about(channel) })
    const seen = async (person: Person) => ids(await person.call(channels.listArchived, { params: inTeam() }))
    expect(await seen(lea)).toEqual(expect.arrayContaining([gone.id, own.id]))
    expect(await seen(lea)).not.toContain(secret.id)
    expect(await seen(at.root)).toEqual(expect.arrayContaining([gone.id, own.id, secret.id]))
  })

  it('among private channels is for administrators of the server', async () => {
    const found = await at.root.call(channels.listPrivate, { params: inTeam() })
    expect(ids(found)).toEqual(expect.arrayContaining([closed.id, hidden.id]))
    expect(ids(found)).not.toContain(open.id)
    await refused(
      'api.context.permissions.app_error',
      at.ana.call(channels.listPrivate, { params: inTeam() }),
    )
  })

  it('by ids finds only public channels of the team', async () => {
    const body = [open.id, hidden.id, closed.id]
    expect(ids(await lea.call(channels.listPublicByIds, { params: inTeam(), body }))).toEqual([open.id])
  })

  it('for group conversations needs every word to match the name of a member', async () => {
    const group = await lea.call(channels.createGroup, { body: [at.bo.id, at.ana.id] })
    const find = async (person: Person, term: string) =>
      ids(await person.call(channels.searchGroups, { body: { term } }))
    expect(await find(lea, `${at.bo.username} ${at.ana.username.slice(0, 3)}`)).toEqual([group.id])
    expect(await find(lea, `${at.bo.username} nobody`)).toEqual([])
    expect(await find(at.eve, at.bo.username)).toEqual([])
  })
})

it('an update replaces the whole channel, but keeps names that are missing', async () => {
  const channel = await at.ana.call(channels.create, {
    body: {
      team_id: at.team.id,
      name: unique('room'),
      display_name: 'Room',
      type: 'O',
      header: 'H',
      purpose: 'P',
    },
  })
  const update = (body: object) =>
    at.ana.call(channels.update, { params: about(channel), body: { id: channel.id, ...body } })
  expect(await update({ purpose: 'Q' })).toMatchObject({ display_name: 'Room', header: '', purpose: 'Q' })
  await refused('api.context.invalid_body_param.app_error', update({ id: at.team.id }))
})

describe('the common teams of a conversation', () => {
  it('are those to which all of its members belong, and only members may see them', async () => {
    const group = await lea.call(channels.createGroup, { body: [at.bo.id, at.ana.id] })
    const apart = await lea.call(channels.createGroup, { body: [at.bo.id, at.eve.id] })
    const shared = async (channel: Channel) =>
      (await lea.call(channels.commonTeams, { params: about(channel) })).map((team) => team.id)
    expect(await shared(group)).toEqual([at.team.id])
    expect(await shared(apart)).toEqual([])
    await refused('channels.not_found', at.eve.call(channels.commonTeams, { params: about(group) }))
    await refused('channels.no_conversation', shared(at.townSquare))
  })
})

describe('a group conversation that becomes a channel', () => {
  const convert = (by: Person, group: Channel, teamId = at.team.id) =>
    by.call(channels.convertGroup, {
      params: about(group),
      body: { channel_id: group.id, team_id: teamId, display_name: 'Plans', name: unique('plans') },
    })

  it('keeps its members and messages, and the person who converts it administers it', async () => {
    const carl = await signUp(at.server, 'carl', at.team.invite_id)
    const group = await lea.call(channels.createGroup, { body: [at.bo.id, carl.id] })
    const post = await write(carl, group, 'before')
    const socket = await carl.listen()
    const made = await convert(lea, group)
    expect(made).toMatchObject({ id: group.id, type: 'P', team_id: at.team.id, display_name: 'Plans' })
    const told = await socket.next('channel_updated')
    expect(JSON.parse(told.channel)).toMatchObject({ id: group.id, type: 'P', team_id: at.team.id })
    expect(await carl.call(posts.get, { params: { post_id: post.id } })).toMatchObject({ message: 'before' })
    const member = await lea.call(members.get, { params: { channel_id: group.id, user_id: lea.id } })
    expect(member.roles).toBe('channel_user channel_admin')
    const page = await carl.call(posts.listInChannel, { params: about(made) })
    expect(page.posts[page.order[0] ?? '']).toMatchObject({
      type: 'system_gm_to_channel',
    } satisfies Partial<Post>)
    await refused('channels.no_conversation', convert(lea, group))
    socket.close()
  })

  it('needs all of its members in the team', async () => {
    const group = await lea.call(channels.createGroup, { body: [at.bo.id, at.eve.id] })
    await refused('channels.not_in_team', convert(lea, group))
    await refused('teams.not_found', convert(at.eve, group))
  })
})

describe('moving a channel', () => {
  it('is refused while a member is not in the other team; with force these members are removed', async () => {
    const other = await at.root.call(teams.create, {
      body: { name: unique('other'), display_name: 'Other', type: 'I' },
    })
    await at.root.call(teams.addMember, { params: { team_id: other.id }, body: { user_id: lea.id } })
    const channel = await channelOf(at.ana, at.team, 'P', [lea])
    const move = (by: Person, force: boolean) =>
      by.call(channels.move, { params: about(channel), body: { team_id: other.id, force } })
    await refused('channels.not_in_team', move(at.root, false))
    await refused('api.context.permissions.app_error', move(at.ana, true))
    const [kept, removed] = [await lea.listen(), await at.ana.listen()]
    expect(await move(at.root, true)).toMatchObject({ id: channel.id, team_id: other.id })
    await kept.next('channel_updated')
    await removed.next('user_removed', (data) => data.channel_id === channel.id)
    await refused('channels.not_found', at.ana.call(channels.get, { params: about(channel) }))
    kept.close()
    removed.close()
  })
})

it('the unread counts of one channel, and of one team', async () => {
  const channel = await channelOf(at.ana, at.team, 'O', [lea])
  await write(at.ana, channel, 'one')
  await write(at.ana, channel, `two @${lea.username}`)
  const params = { user_id: lea.id, channel_id: channel.id }
  expect(await lea.call(unreads.ofChannel, { params })).toMatchObject({
    team_id: at.team.id,
    msg_count: 2,
    msg_count_root: 2,
    // Being added counts as one mention.
    mention_count: 2,
  })
  await lea.call(members.setNotifyProps, { params, body: { mark_unread: 'mention' } })
  expect(await lea.call(unreads.ofChannel, { params })).toMatchObject({ msg_count: 0, mention_count: 2 })
  const [team] = await lea.call(unreads.ofTeams, {
    params: { user_id: lea.id },
    query: { include_collapsed_threads: true },
  })
  expect(await lea.call(unreads.ofTeam, { params: { user_id: lea.id, team_id: at.team.id } })).toEqual(team)
})

it('roles can be set by flags, and contradictory flags are refused', async () => {
  const channel = await channelOf(at.ana, at.team, 'O', [lea])
  const params = { channel_id: channel.id, user_id: lea.id }
  const set = (scheme_user: boolean, scheme_admin: boolean, scheme_guest = false) =>
    at.ana.call(members.setSchemeRoles, { params, body: { scheme_user, scheme_admin, scheme_guest } })
  await set(true, true)
  expect((await lea.call(members.get, { params })).roles).toBe('channel_user channel_admin')
  await refused('api.context.invalid_body_param.app_error', set(true, false, true))
  await refused('api.context.invalid_body_param.app_error', set(false, false))
  const inTeamOf = { team_id: at.team.id, user_id: lea.id }
  await at.root.call(teams.setMemberSchemeRoles, {
    params: inTeamOf,
    body: { scheme_user: true, scheme_admin: true },
  })
  expect((await lea.call(teams.getMember, { params: inTeamOf })).roles).toBe('team_user team_admin')
})

it('the time zones of a channel’s members are listed once each', async () => {
  const channel = await channelOf(at.ana, at.team, 'O', [lea, at.bo])
  const zone = (person: Person, timezone: Record<string, string>) =>
    at.server.app.pool.run('update users set timezone = $2 where id = $1', [person.id, timezone])
  await zone(lea, {
    useAutomaticTimezone: 'false',
    automaticTimezone: 'UTC',
    manualTimezone: 'Europe/Berlin',
  })
  await zone(at.bo, { useAutomaticTimezone: 'true', automaticTimezone: 'Europe/Berlin', manualTimezone: '' })
  expect(await at.ana.call(members.timezones, { params: about(channel) })).toEqual(['Europe/Berlin'])
})

describe('teams', () => {
  it('can be found by name, closed ones by their members only', async () => {
    const find = (person: Person, body: object = {}) =>
      person.call(teams.search, { body: { term: at.team.name.slice(0, 8).toUpperCase(), ...body } })
    const paged = (await find(lea, { page: 0, per_page: 10 })) as {
      teams: { id: string }[]
      total_count: number
    }
    expect(paged.teams.map((team) => team.id)).toContain(at.team.id)
    expect(paged.total_count).toBe(paged.teams.length)
    expect(await find(at.eve)).toEqual([])
    expect(await find(at.root, { allow_open_invite: true })).toEqual([])
  })

  it('return from the archive with their members, and a new invite link', async () => {
    const team = await at.root.call(teams.create, {
      body: { name: unique('back'), display_name: 'Back', type: 'I' },
    })
    await at.root.call(teams.addMember, { params: { team_id: team.id }, body: { user_id: lea.id } })
    await at.root.call(teams.archive, { params: { team_id: team.id } })
    await refused('teams.not_found', lea.call(teams.get, { params: { team_id: team.id } }))
    const [socket, outside] = [await lea.listen(), await at.eve.listen()]
    const restored = await at.root.call(teams.restore, { params: { team_id: team.id } })
    expect(restored).toMatchObject({ id: team.id, delete_at: 0 })
    expect(restored.invite_id).not.toBe(team.invite_id)
    const told = JSON.parse((await socket.next('restore_team')).team)
    expect(told).toMatchObject({ id: team.id, invite_id: '' })
    await outside.settle()
    expect(outside.all('restore_team')).toEqual([])
    expect(await lea.call(teams.get, { params: { team_id: team.id } })).toMatchObject({ delete_at: 0 })
    for (const each of [socket, outside]) each.close()
  })

  it('are replaced as a whole by an update', async () => {
    const team = await at.root.call(teams.create, {
      body: { name: unique('whole'), display_name: 'Whole', type: 'O', description: 'D' },
    })
    const update = (body: object) =>
      at.root.call(teams.update, { params: { team_id: team.id }, body: { id: team.id, ...body } })
    expect(await update({ company_name: 'C' })).toMatchObject({
      display_name: 'Whole',
      description: '',
      company_name: 'C',
    })
    await refused('api.context.invalid_body_param.app_error', update({ id: at.team.id }))
  })

  it('list memberships by ids, for members only', async () => {
    const params = { team_id: at.team.id }
    const found = await lea.call(teams.listMembersByIds, { params, body: [at.bo.id, at.eve.id] })
    expect(found.map((member) => member.user_id)).toEqual([at.bo.id])
  })
})
