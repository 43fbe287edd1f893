/** What is read of the groups that a sign-in service names. */
import { describe, expect, it } from 'vitest'
import { claimedIn } from './claimed.ts'

const valuesOf = (raw: unknown) => claimedIn(raw)?.groups.map(({ value }) => value)
const namesOf = (raw: unknown) => claimedIn(raw)?.groups.map(({ name }) => name)

describe('names and paths', () => {
  it('are taken as they are, once', () => {
    expect(valuesOf(['/staff/optics', 'laser', 'laser', ' laser '])).toEqual(['/staff/optics', 'laser'])
    expect(namesOf(['/staff/optics', 'laser', '/'])).toEqual(['staff/optics', 'laser', '/'])
    expect(valuesOf('one text')).toEqual(['one text'])
    expect(valuesOf(['Laser', 'laser'])).toEqual(['Laser', 'laser'])
  })

  it('lie in no other group: a path of Keycloak means this group only', () => {
    expect(valuesOf(['/staff/optics'])).toEqual(['/staff/optics'])
  })
})

describe('entitlements', () => {
  const H = 'urn:geant:h.example:group'

  it('are groups, and the groups above them, without the role', () => {
    expect(valuesOf([`${H}:staff:optics:role=member#login.h.example`])).toEqual([
      `${H}:staff:optics#login.h.example`,
      `${H}:staff#login.h.example`,
    ])
    expect(namesOf([`${H}:staff:optics:role=member#a`, `${H}:staff:role=manager#a`])).toEqual([
      'staff/optics',
      'staff',
    ])
    expect(valuesOf('urn:geant:h.example:project:x:group:g')).toEqual([
      'urn:geant:h.example:project:x:group:g',
    ])
    expect(valuesOf('urn:geant:h.example:group:group')).toEqual(['urn:geant:h.example:group:group'])
  })

  it('are the same in any case of their first words only, and of another authority another group', () => {
    expect(valuesOf(['URN:GEANT:h.example:group:A%c3%a4', 'urn:geant:h.example:group:A%C3%A4'])).toEqual([
      'urn:geant:h.example:group:A%C3%A4',
    ])
    expect(namesOf('urn:geant:h.example:group:A%c3%a4')).toEqual(['Aä'])
    expect(valuesOf([`${H}:a`, `${H}:A`, `${H}:a#one`, `${H}:a#two`])).toHaveLength(4)
  })

  it('to other things, and malformed ones, are left out', () => {
    for (const text of [
      'urn:mace:dir:entitlement:common-lib-terms',
      'urn:geant:h.example:res:cloud',
      'urn:geant:group:a',
      'urn::h:group:a',
      'urn:group:a',
      H,
      `${H}:`,
      `${H}:role=member`,
      `${H}:a::b`,
      `${H}:role=x:a`,
      `${H}:%00`,
      `${H}:%zz`,
      `${H}:a b`,
      `${H}:a?=b`,
      `${H}${':a'.repeat(17)}`,
    ])
      expect(claimedIn([text]), text).toEqual({ groups: [], isWhole: true })
  })
})

describe('what says nothing', () => {
  it('is not the same as no group', () => {
    for (const raw of [undefined, null, 7, true, {}, { 0: 'a' }, [1, 2], [null], [{ name: 'a' }]])
      expect(claimedIn(raw)).toBeUndefined()
    for (const raw of [[], '', [''], ['  ']]) expect(claimedIn(raw)).toEqual({ groups: [], isWhole: true })
  })
})

describe('hostile sizes', () => {
  it('are cut, and a list that was cut says of nobody that they have left', () => {
    expect(valuesOf(['x'.repeat(256), 'x'.repeat(257)])).toEqual(['x'.repeat(256)])
    const many = Array.from({ length: 501 }, (_, n) => `g${n}`)
    expect(claimedIn(many)).toMatchObject({ isWhole: false })
    expect(valuesOf(many)).toHaveLength(500)
    expect(claimedIn(many.slice(1))).toMatchObject({ isWhole: true })
    expect(claimedIn(Array.from({ length: 300_000 }, () => 'x'.repeat(300)))).toEqual({
      groups: [],
      isWhole: false,
    })
  })

  it('of entitlements keep what was said, before what follows from it', () => {
    const deep = Array.from({ length: 500 }, (_, n) => `urn:a:b:group:t${n}:u:v`)
    const claimed = claimedIn(deep)
    expect(claimed?.groups.map(({ value }) => value)).toEqual(deep)
    expect(claimed?.isWhole).toBe(false)
  })

  it('signs that nobody sees, and halves of signs, are in no name', () => {
    expect(valuesOf(['a\0b', 'a\nb', '\ud800', 'good'])).toEqual(['good'])
  })
})
