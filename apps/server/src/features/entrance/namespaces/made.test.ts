/** What rules have made, while the directory and administrators change. */
import { ldifGroup, ldifPerson, signIn } from '@plausch/testkit'
import { directory, namespaces, settings } from '@plausch/wire'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { BASE, type Branches, branches, dnIn, person, rule, STAFF, unit } from '../../../../test/branches.ts'

let lab: Branches
beforeAll(async () => {
  lab = await branches()
})
afterAll(() => lab.at.stop())
afterEach(() => lab.removeRules())

describe('what a rule has made', () => {
  it('is not taken for what another rule makes', async () => {
    const base = `ou=groups,${BASE}`
    await lab.at.ldap.add(ldifGroup('both', [dnIn('h1', 'hidden')]))
    const mention = { source: 'groups' as const, base, pattern: 'both', has_owners: false }
    await lab.made({ ...mention, makes: 'nothing', is_mentionable: true })
    const body = rule(mention)
    const seen = await lab.at.root.call(namespaces.preview, { body })
    expect(seen).toMatchObject({ new_count: 1, person_count: 1 })
    await lab.made({ ...mention, allowed_count: 1 })
    expect(await lab.peopleIn(await lab.teamNamed('both'))).toEqual(['h1'])
  })

  it('stays as it is while nobody can say who leads it', async () => {
    await lab.at.ldap.add(unit('led') + person('l1', 'led') + person('l2', 'led'))
    await lab.at.ldap.change(
      `dn: ou=led,${STAFF}\nchangetype: modify\nadd: owner\nowner: ${dnIn('l1', 'led')}\nowner: ${dnIn('h1', 'hidden')}\n\n`,
    )
    await lab.made({ pattern: 'led' })
    const team = await lab.teamNamed('led')
    const before = [await lab.peopleIn(team), await lab.adminsOf(team)]
    expect(before).toEqual([
      ['h1', 'l1', 'l2'],
      ['h1', 'l1'],
    ])
    const leaders = (TeamRequestLeaderAttribute: string) =>
      lab.at.root.call(settings.patch, { body: { PlauschSettings: { TeamRequestLeaderAttribute } } })
    for (const attribute of ['', 'manager']) {
      await leaders(attribute)
      await lab.pass()
      expect([await lab.peopleIn(team), await lab.adminsOf(team)]).toEqual(before)
    }
    await leaders('owner')
    await lab.pass()
    expect([await lab.peopleIn(team), await lab.adminsOf(team)]).toEqual(before)
  })

  it('is not for people of another unit that has got its name', async () => {
    const password = 'directory password'
    await lab.at.ldap.add(unit('east') + person('e1', 'east'))
    await lab.made({ pattern: 'east', has_owners: false })
    const team = await lab.teamNamed('east')
    await lab.at.ldap.change(
      `dn: ou=east,${STAFF}\nchangetype: modrdn\nnewrdn: ou=far east\ndeleteoldrdn: 1\nnewsuperior: ${STAFF}\n\n`,
    )
    await lab.at.ldap.add(unit('east') + ldifPerson({ uid: 'e2', password, unit: 'ou=east,ou=staff' }))
    await signIn(lab.at.server, 'e2', password)
    expect(await lab.peopleIn(team)).toEqual(['e1'])
  })

  it('and was unlinked comes back only if an administrator says so', async () => {
    await lab.at.ldap.add(unit('west') + person('w1', 'west'))
    const body = rule({ pattern: 'west', has_owners: false })
    const { id } = await lab.made(body)
    const team = await lab.teamNamed('west')
    const [place] = await lab.placesOf(id)
    await lab.at.root.call(directory.unlinkGroup, { params: { remote_id: place?.remote_id ?? '' } })
    await lab.at.ldap.add(person('w2', 'west'))
    await lab.pass()
    expect(await lab.placesOf(id)).toMatchObject([{ problem: 'unlinked', place_id: team.id }])
    expect(await lab.peopleIn(team)).not.toContain('w2')
    const wanted = { remote_id: place?.remote_id ?? '', place_id: team.id }
    await lab.updated(id, { ...body, take_over: [wanted] })
    expect(await lab.peopleIn(team)).toEqual(['w1', 'w2'])
    expect(await lab.placesOf(id)).toMatchObject([{ problem: '', place_id: team.id }])
  })

  it('does not bring its people into groups that only name the unit', async () => {
    await lab.at.ldap.add(unit('nest') + person('n1', 'nest') + ldifGroup('naming', [`ou=nest,${STAFF}`]))
    await lab.made({ pattern: 'nest', has_owners: false })
    const group = {
      source: 'groups' as const,
      base: `ou=groups,${BASE}`,
      pattern: 'naming',
      has_owners: false,
    }
    await lab.made(group)
    expect(await lab.peopleIn(await lab.teamNamed('nest'))).toEqual(['n1'])
    expect(await lab.peopleIn(await lab.teamNamed('naming'))).toEqual([])
  })
})
