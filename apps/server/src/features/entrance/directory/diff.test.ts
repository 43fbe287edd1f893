import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTooMuch, isUntrusted, type Measures, triggersOf } from './brake.ts'
import { changedFields, compare, type Directory, isEmpty, type Kept, rolesOf, type Wanted } from './diff.ts'

const NOBODY = {
  provided: new Set<string>(),
  addresses: new Map<string, string>(),
  names: new Map<string, string>(),
}
const HOUR = 3_600_000
const person = (id: string, more: Partial<Wanted> = {}): Wanted => ({
  id,
  dn: `uid=${id}`,
  username: id,
  email: `${id}@lab.example`,
  first_name: id,
  last_name: '',
  nickname: '',
  position: '',
  isDisabled: false,
  isGuest: false,
  isAdmin: undefined,
  ...more,
})
const kept = (id: string, more: Partial<Kept> = {}): Kept => ({
  id: `account-${id}`,
  auth_data: id,
  username: id,
  email: `${id}@lab.example`,
  first_name: id,
  last_name: '',
  nickname: '',
  position: '',
  roles: 'system_user',
  delete_at: 0,
  deactivated_at: 0,
  missing_since: 0,
  ...more,
})
const between = (people: Wanted[], accounts: Kept[], more: Partial<Directory> = {}) =>
  compare({
    people,
    kept: accounts,
    addresses: new Map(accounts.map(({ email, id }) => [email, id])),
    names: new Map(accounts.map(({ username, id }) => [username, id])),
    provided: new Set(['username', 'email', 'first_name', 'last_name']),
    now: 10 * HOUR,
    confirmMs: HOUR,
    ...more,
  })

describe('the difference', () => {
  it('is empty if everything is as wanted', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/)), (ids) => {
        const diff = between(
          ids.map((id) => person(id)),
          ids.map((id) => kept(id)),
        )
        expect(isEmpty(diff)).toBe(true)
        expect(diff.problems).toEqual([])
      }),
    )
  })

  it('never takes out a person who is there and active, whatever else it says', () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/))
    fc.assert(
      fc.property(ids, ids, fc.nat(20), (there, here, hours) => {
        const accounts = here.map((id, n) => kept(id, { missing_since: n % 2 === 0 ? hours * HOUR : 0 }))
        const going = between(
          there.map((id) => person(id)),
          accounts,
        ).deactivate
        expect(going.filter(({ kept: each }) => there.includes(each.auth_data))).toEqual([])
      }),
    )
  })

  it('makes accounts for newcomers, but not for those whom the directory has switched off', () => {
    const diff = between([person('new'), person('off', { isDisabled: true })], [])
    expect(diff.create.map(({ id }) => id)).toEqual(['new'])
  })

  it('takes out at once who is switched off, and who is missing only when that is confirmed', () => {
    const accounts = [
      kept('off'),
      kept('first'),
      kept('short', { missing_since: 10 * HOUR - 1 }),
      kept('long', { missing_since: 9 * HOUR }),
    ]
    const diff = between([person('off', { isDisabled: true })], accounts)
    expect(diff.deactivate.map(({ kept: each, reason }) => [each.auth_data, reason])).toEqual([
      ['off', 'disabled'],
      ['long', 'missing'],
    ])
    expect(diff.miss.map(({ auth_data }) => auth_data)).toEqual(['first'])
  })

  it('brings back whom a pass took out, and nobody whom an administrator did', () => {
    const accounts = [
      kept('ours', { delete_at: 5, deactivated_at: 5 }),
      kept('theirs', { delete_at: 5 }),
      kept('later', { delete_at: 7, deactivated_at: 5 }),
    ]
    const diff = between([person('ours'), person('theirs'), person('later')], accounts)
    expect(diff.restore.map(({ kept: each }) => each.auth_data)).toEqual(['ours'])
  })

  it('tells who cannot have an account, and why', () => {
    const local = new Map([['local@lab.example', 'somebody']])
    const people = [
      person(''),
      person('unmailed', { email: 'no address' }),
      person('taken', { email: 'LOCAL@lab.example' }),
      person('one', { email: 'same@lab.example' }),
      person('two', { email: 'same@lab.example' }),
      person('copied'),
      person('copied'),
    ]
    const diff = between(people, [], { addresses: local })
    expect(diff.create).toEqual([])
    expect(diff.problems.map(({ problem }) => problem)).toEqual([
      'no_id',
      'id_twice',
      'id_twice',
      'no_address',
      'address_taken',
      'address_twice',
      'address_twice',
    ])
  })

  it('an id that is there twice keeps its account as it is', () => {
    expect(isEmpty(between([person('a', { last_name: 'x' }), person('a')], [kept('a')]))).toBe(true)
  })

  it('takes over neither a name nor an address of somebody else', () => {
    const accounts = [kept('a'), kept('b')]
    const diff = between([person('a', { username: 'b', email: 'b@lab.example' }), person('b')], accounts)
    expect(diff.change).toEqual([])
    expect(diff.problems).toEqual([{ dn: 'uid=a', problem: 'address_taken' }])
  })

  it('lets a number stay that a name needed', () => {
    const diff = between([person('x', { username: 'mia' })], [kept('x', { username: 'mia2' })])
    expect(diff.change).toEqual([])
    expect(changedFields(kept('x', { username: 'mia2' }), person('x', { username: 'mia' }), NOBODY)).toEqual(
      {},
    )
    expect(changedFields(kept('x', { username: 'eva' }), person('x', { username: 'mia' }), NOBODY)).toEqual({
      username: 'mia',
    })
  })
})

describe('roles', () => {
  it('follow the filters; a guest stays one', () => {
    expect(rolesOf('system_user', { isGuest: false, isAdmin: true })).toBe('system_user system_admin')
    expect(rolesOf('system_user system_admin', { isGuest: false, isAdmin: false })).toBe('system_user')
    expect(rolesOf('system_user system_admin', { isGuest: false, isAdmin: undefined })).toBe(
      'system_user system_admin',
    )
    expect(rolesOf('system_user', { isGuest: true, isAdmin: undefined })).toBe('system_guest')
    expect(rolesOf('system_guest', { isGuest: false, isAdmin: true })).toBe('system_guest')
  })
})

describe('the brake', () => {
  const going = (count: number) =>
    between(
      [],
      Array.from({ length: count }, (_, n) => kept(`p${n}`, { missing_since: HOUR })),
    )
  const measures = (more: Partial<Measures>): Measures => ({
    active: 3000,
    found: 3000,
    foundBefore: 3000,
    goneToday: 0,
    ...more,
  })

  it('lets ten people go, or two percent', () => {
    expect(triggersOf(going(60), measures({}))).toEqual([])
    expect(triggersOf(going(61), measures({}))).toEqual(['too_many'])
    expect(triggersOf(going(10), measures({ active: 20 }))).toEqual([])
    expect(triggersOf(going(11), measures({ active: 20 }))).toEqual(['too_many'])
  })

  it('counts over a day, so many small passes do not get past it', () => {
    expect(triggersOf(going(10), measures({ goneToday: 50 }))).toEqual([])
    expect(triggersOf(going(11), measures({ goneToday: 50, active: 2950 }))).toEqual(['too_many'])
  })

  it('stops at an empty and a halved answer, also if nobody goes yet', () => {
    expect(triggersOf(going(0), measures({ found: 0 }))).toEqual(['empty', 'halved'])
    expect(triggersOf(going(0), measures({ found: 1499 }))).toEqual(['halved'])
    expect(triggersOf(going(0), measures({ found: 1500 }))).toEqual([])
    expect(triggersOf(going(0), measures({ found: 3, foundBefore: 8 }))).toEqual([])
  })

  it('holds back more than a third of a group or place, counted over a day; small ones change as they like', () => {
    expect(isTooMuch(30, 10, 0)).toBe(false)
    expect(isTooMuch(30, 11, 0)).toBe(true)
    expect(isTooMuch(25, 6, 5)).toBe(true)
    expect(isTooMuch(25, 0, 25)).toBe(false)
    expect(isTooMuch(10, 10, 0)).toBe(false)
  })

  it('does not believe that many groups were deleted at once', () => {
    const gone = (linkedGroups: number, goneGroups: number) =>
      triggersOf(going(0), measures({ linkedGroups, goneGroups }))
    expect(gone(2, 2)).toEqual([])
    expect(gone(9, 3)).toEqual([])
    expect(gone(8, 3)).toEqual(['groups_gone'])
    expect(isUntrusted(gone(8, 3))).toBe(true)
  })
})
