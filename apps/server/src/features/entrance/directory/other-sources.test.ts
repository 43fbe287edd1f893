/** Passes of the directory beside groups of sign-in services, of which it knows nothing. */
import {
  dnOf,
  hasSlapd,
  hurry,
  type Laboratory,
  laboratory,
  ldifGroup,
  ldifPerson,
  unique,
} from '@plausch/testkit'
import { directory, groups, settings, syncables, teams } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { change, system } from '../../../core/context.ts'
import { changeMembers, linkRemote } from '../../places/groups/index.ts'

let at: Laboratory
beforeAll(async () => {
  at = await laboratory({ isBis: true })
  await at.root.call(settings.patch, { body: { LdapSettings: { EnableSync: true } } })
  await at.ldap.load(ldifPerson({ uid: 'p1', password: 'directory password' }))
  await at.ldap.add(ldifGroup('flash', [dnOf({ uid: 'p1' })]))
})
afterAll(() => at.stop())

const pass = async () => {
  await at.root.call(directory.sync, {})
  await hurry(at.server, 'jobs.run')
}
const membersOf = async (id: string) =>
  (await at.root.call(groups.listMembers, { params: { group_id: id } })).members.map((user) => user.username)

describe.skipIf(!hasSlapd)('a pass', () => {
  it('leaves groups of sign-in services and their teams alone, also one of the same id', async () => {
    const { groups: found } = await at.root.call(directory.listGroups, {})
    const remote_id = found[0]?.primary_key ?? ''
    const own = await at.root.call(directory.linkGroup, { params: { remote_id } })
    const made = await change(at.server.app.server, { actor: system }, async (context) => {
      const { group } = await linkRemote(context, 'openid', { remote_id, display_name: 'Claimed' })
      const add = [at.bo.id]
      await changeMembers(context, 'openid', group.id, { add, remove: [] })
      // Nobody adds to a group in the name of another source.
      await changeMembers(context, 'ldap', group.id, { add: [at.root.id], remove: add })
      return group
    })
    const body = { name: unique('team'), display_name: 'Team', type: 'I' as const }
    const team = await at.root.call(teams.create, { body })
    for (const { id } of [own, made])
      await at.root.call(syncables.linkTeam, {
        params: { group_id: id, team_id: team.id },
        body: { auto_add: true },
      })
    await hurry(at.server, 'syncables.settle')
    await pass()
    const preview = await at.root.call(directory.preview, {})
    expect(preview.places).toEqual([])
    await pass()
    expect([await membersOf(own.id), await membersOf(made.id)]).toEqual([['p1'], [at.bo.username]])
    const people = await at.root.call(teams.listMembers, { params: { team_id: team.id } })
    expect(people.map(({ user_id }) => user_id)).toContain(at.bo.id)
    // Each is unlinked by itself.
    await at.root.call(directory.unlinkGroup, { params: { remote_id } })
    expect(await membersOf(made.id)).toEqual([at.bo.username])
  })
})
