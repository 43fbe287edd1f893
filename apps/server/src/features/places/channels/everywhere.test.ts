/** Channels of all teams: for administrators, and for everybody in their own teams. */
import {
  asGuest,
  channelOf,
  direct,
  type Person,
  type Place,
  place,
  refused,
  signUp,
  unique,
} from '@plausch/testkit'
import {
  type Channel,
  type ChannelSearch,
  type ChannelWithTeam,
  channels,
  type Team,
  teams,
} from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const FORBIDDEN = 'api.context.permissions.app_error'

let at: Place
let other: Team
let open: Channel
let old: Channel
let far: Channel
beforeAll(async () => {
  at = await place()
  other = await at.root.call(teams.create, {
    body: { name: unique('other'), display_name: 'Other', type: 'I' },
  })
  const make = (by: Person, team: Team, type: 'O' | 'P', display_name: string) =>
    by.call(channels.create, { body: { team_id: team.id, name: unique('c'), display_name, type } })
  open = await make(at.ana, at.team, 'O', 'Axion open')
  await make(at.ana, at.team, 'P', 'Axion closed')
  old = await make(at.ana, at.team, 'O', 'Axion old')
  far = await make(at.root, other, 'O', 'Axion far')
  await at.ana.call(channels.archive, { params: { channel_id: old.id } })
  await direct(at.ana, at.bo)
})
afterAll(() => at.stop())

const listOf = (answer: ChannelWithTeam[] | { channels: ChannelWithTeam[] }) =>
  Array.isArray(answer) ? answer : answer.channels
const names = (answer: ChannelWithTeam[] | { channels: ChannelWithTeam[] }) =>
  listOf(answer).map((channel) => channel.display_name)
const list = (query: object = {}) => at.root.call(channels.listAll, { query })
const search = (body: ChannelSearch, query: object = {}, by = at.root) =>
  by.call(channels.searchAll, { query, body })

describe('the list of all channels', () => {
  it('has the channels of every team, each with its team, and no conversations', async () => {
    const all = listOf(await list())
    expect(names(all)).toEqual([
      'Axion closed', 'Axion far', 'Axion open', 'Off-Topic', 'Off-Topic', 'Town Square', 'Town Square',
    ]) // biome-ignore format: a list of names
    expect(all[1]).toEqual({
      ...far,
      team_display_name: 'Other',
      team_name: other.name,
      team_update_at: expect.any(Number),
    })
  })

  it('comes in pages with a total, can include archived channels and exclude default ones', async () => {
    const query = { page: 1, per_page: 2, include_total_count: true, exclude_default_channels: true }
    expect(await list(query)).toMatchObject({ channels: [{ id: open.id }], total_count: 3 })
    expect(names(await list({ include_deleted: true, exclude_default_channels: true }))).toEqual([
      'Axion closed', 'Axion far', 'Axion old', 'Axion open',
    ]) // biome-ignore format: a list of names
    expect(names(await list({ not_associated_to_group: 'a'.repeat(26) }))).toHaveLength(7)
  })

  it('is for people who manage the server', async () => {
    for (const by of [at.ana, at.bo, at.eve]) await refused(FORBIDDEN, by.call(channels.listAll, {}))
  })
})

describe('searching all channels', () => {
  it.each<[string, ChannelSearch, string[]]>([
    ['by a part of a name', { term: 'AXI' }, ['Axion closed', 'Axion far', 'Axion open']],
    ['with nothing found', { term: '%' }, []],
    ['public ones', { term: 'axion', public: true }, ['Axion far', 'Axion open']],
    ['private ones', { term: 'axion', private: true }, ['Axion closed']],
    ['both', { term: 'axion', private: true, public: true }, ['Axion closed', 'Axion far', 'Axion open']],
    ['archived ones', { term: 'axion', deleted: true }, ['Axion old']],
    ['those tied to groups', { term: '', group_constrained: true }, []],
    ['those tied to access rules', { access_control_policy_enforced: true }, []],
    ['those not tied to groups', { term: 'far', exclude_group_constrained: true }, ['Axion far']],
    ['without a term', { exclude_default_channels: true, public: true }, ['Axion far', 'Axion open']],
  ])('%s', async (_, body, found) => {
    expect(names(await search(body))).toEqual(found)
  })

  it('can be limited to some teams, include archived channels, and find an id', async () => {
    expect(names(await search({ term: 'axion', team_ids: [other.id] }))).toEqual(['Axion far'])
    expect(names(await search({ term: 'axion', team_ids: [] }))).toHaveLength(3)
    const all = ['Axion closed', 'Axion far', 'Axion old', 'Axion open']
    expect(names(await search({ term: 'axion', include_deleted: true }))).toEqual(all)
    expect(names(await search({ term: 'axion' }, { include_deleted: true }))).toEqual(all)
    expect(names(await search({ term: open.id }))).toEqual([])
    expect(names(await search({ term: open.id, include_search_by_id: true }))).toEqual(['Axion open'])
  })

  it('has a total if the request asks for a page', async () => {
    expect(await search({ term: 'axion', page: 1, per_page: 1 })).toMatchObject({
      channels: [{ id: far.id }],
      total_count: 3,
    })
    expect(Array.isArray(await search({ term: 'axion', per_page: 1 }))).toBe(true)
  })

  it('is for people who manage the server, and refuses malformed requests', async () => {
    for (const by of [at.ana, at.eve]) await refused(FORBIDDEN, search({ term: 'axion' }, {}, by))
    const refusal = 'api.context.invalid_body_param.app_error'
    await refused(refusal, search({ term: 'axion', page: -1, per_page: 1 }))
    await refused(refusal, search({ term: 'x'.repeat(65) }))
  })
})

describe('searching in the person’s own teams', () => {
  const own = async (by: Person) => names(await search({ term: 'axion' }, { system_console: false }, by))

  it('finds channels that the person could open, and nothing of other teams', async () => {
    expect(await own(at.ana)).toEqual(['Axion closed', 'Axion open'])
    expect(await own(at.bo)).toEqual(['Axion open'])
    expect(await own(at.eve)).toEqual([])
    const mine = await channelOf(at.bo, at.team, 'P')
    await at.bo.call(channels.patch, {
      params: { channel_id: mine.id },
      body: { display_name: 'Axion mine' },
    })
    expect(await own(at.bo)).toEqual(['Axion mine', 'Axion open'])
    expect(await own(at.ana)).toEqual(['Axion closed', 'Axion open'])
    const guest = await asGuest(at, await signUp(at.server, 'guest', at.team.invite_id))
    expect(await own(guest)).toEqual([])
  })
})
