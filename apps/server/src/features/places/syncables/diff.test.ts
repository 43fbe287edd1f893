import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparePlaces, type State } from './diff.ts'
import type { Link, Place, PlaceMember, PlacementRow } from './store.ts'

const team: Place = {
  id: 'team',
  kind: 'Team',
  display_name: 'Team',
  name: 'team',
  team_id: 'team',
  group_constrained: false,
}
const channel: Place = { ...team, id: 'channel', kind: 'Channel', name: 'channel' }
const link = (place: Place, more: Partial<Link> = {}): Link => ({
  group_id: 'group',
  place_id: place.id,
  auto_add: true,
  scheme_admin: false,
  source: 'ldap',
  is_read: true,
  ...more,
})
const member = (place: Place, user_id: string, more: Partial<PlaceMember> = {}): PlaceMember => ({
  place_id: place.id,
  user_id,
  scheme_admin: false,
  scheme_guest: false,
  is_bot: false,
  is_active: true,
  ...more,
})
const placement = (place: Place, user_id: string, more: Partial<PlacementRow> = {}): PlacementRow => ({
  place_id: place.id,
  user_id,
  is_member: true,
  is_admin: false,
  left_at: 0,
  ...more,
})
const people = ['a', 'b', 'c', 'd']
const state = (more: Partial<State>): State => ({
  places: [team],
  links: [link(team)],
  members: [],
  placements: [],
  groups: new Map([['group', new Set(people)]]),
  addable: new Set(people),
  spared: new Set(),
  primaryTeam: '',
  readds: false,
  ...more,
})
const only = (more: Partial<State>) => comparePlaces(state(more))[0]

describe('who is in a place by its groups', () => {
  it('is added, unless they left, or cannot be added', () => {
    const placements = [placement(team, 'a', { is_member: false, left_at: 1 })]
    expect(only({ placements, addable: new Set(['a', 'b']) })?.add).toEqual(['b'])
    expect(only({ placements, readds: true })?.add).toEqual(people)
  })

  it('goes when no linked group has them any more, if the directory brought them', () => {
    const groups = new Map([['group', new Set(['a'])]])
    const members = people.map((id) => member(team, id))
    const placements = [placement(team, 'b'), placement(team, 'c')]
    expect(only({ groups, members, placements })?.remove).toEqual(['b', 'c'])
    expect(only({ groups, members, placements, spared: new Set(['b']) })?.remove).toEqual(['c'])
    expect(comparePlaces(state({ groups, members, placements, primaryTeam: 'team' }))).toEqual([])
  })

  it('goes, however they came, where groups decide; bots and deactivated people stay', () => {
    const groups = new Map([['group', new Set(['a'])]])
    const members = [
      member(team, 'b'),
      member(team, 'c', { is_bot: true }),
      member(team, 'd', { is_active: false }),
    ]
    const places = [{ ...team, group_constrained: true }]
    expect(only({ places, groups, members })?.remove).toEqual(['b'])
    expect(comparePlaces(state({ places, links: [], members }))).toEqual([])
  })

  it('loses nothing while one of the linked groups was not read, and is added all the same', () => {
    const places = [{ ...team, group_constrained: true }]
    const groups = new Map([['group', new Set(['a'])]])
    const members = [member(team, 'b'), member(team, 'c', { scheme_admin: true })]
    const placements = [
      placement(team, 'b'),
      placement(team, 'c', { is_admin: true }),
      placement(team, 'd', { is_member: false, left_at: 1 }),
    ]
    const given = { places, groups, members, placements }
    const known = only({ ...given, links: [link(team)] })
    expect(known).toMatchObject({ add: ['a'], remove: ['b', 'c'], forget: ['d'] })
    const links = [link(team), link(team, { group_id: 'other', is_read: false })]
    expect(only({ ...given, links })).toMatchObject({ add: ['a'], remove: [], demote: [], forget: [] })
  })

  it('joins a channel only with the team', () => {
    const both = { places: [channel, team], links: [link(channel), link(team, { auto_add: false })] }
    expect(comparePlaces(state(both))).toEqual([])
    const joined = comparePlaces(state({ ...both, links: [link(channel), link(team)] }))
    expect(joined.map(({ place, add }) => [place.id, add.length])).toEqual([
      ['team', 4],
      ['channel', 4],
    ])
  })

  it('has the role by the directory as long as the group does, and by hand for ever', () => {
    const groups = new Map([['group', new Set(['a', 'b'])]])
    const members = [
      member(team, 'a'),
      member(team, 'b', { scheme_guest: true }),
      member(team, 'c', { scheme_admin: true }),
      member(team, 'd', { scheme_admin: true }),
    ]
    const placements = [placement(team, 'c', { is_member: false, is_admin: true })]
    const found = only({ links: [link(team, { scheme_admin: true })], groups, members, placements })
    expect(found).toMatchObject({ promote: ['a'], demote: ['c'], remove: [] })
  })

  it('is the same after the difference was applied: a second comparison is empty', () => {
    const some = fc.subarray(people)
    fc.assert(
      fc.property(
        some,
        some,
        some,
        some,
        fc.boolean(),
        fc.boolean(),
        (inGroup, inTeam, byDirectory, admins, auto_add, group_constrained) => {
          const before = state({
            places: [{ ...team, group_constrained }],
            links: [link(team, { auto_add, scheme_admin: true })],
            groups: new Map([['group', new Set(inGroup)]]),
            members: inTeam.map((id) => member(team, id, { scheme_admin: admins.includes(id) })),
            placements: byDirectory.filter((id) => inTeam.includes(id)).map((id) => placement(team, id)),
          })
          const [diff] = comparePlaces(before)
          if (!diff) return
          const kept = new Map(before.members.map((each) => [each.user_id, each]))
          const rows = new Map(before.placements.map((row) => [row.user_id, row]))
          for (const id of diff.add) {
            kept.set(id, member(team, id))
            rows.set(id, placement(team, id))
          }
          for (const id of diff.remove) {
            kept.delete(id)
            rows.delete(id)
          }
          for (const id of diff.promote) {
            kept.set(id, member(team, id, { scheme_admin: true }))
            rows.set(id, placement(team, id, { is_member: rows.get(id)?.is_member ?? false, is_admin: true }))
          }
          expect(
            comparePlaces({ ...before, members: [...kept.values()], placements: [...rows.values()] }),
          ).toEqual([])
        },
      ),
    )
  })
})
