/** Groups of a sign-in service as administrators see them, and as eve does not. */
import { hurry, type Place, place, refused, signUp, unique } from '@plausch/testkit'
import { groups, sso } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openClaims } from '../../../../test/claims.ts'

let at: Place
let there: Awaited<ReturnType<typeof openClaims>>
beforeAll(async () => {
  at = await place()
  there = await openClaims(at)
})
afterAll(async () => {
  await at.stop()
  await there.provider.stop()
})

describe('linking', () => {
  it('tells what is new, may be ended, and begins empty when it is made again', async () => {
    const { value, sub, group } = await there.linked()
    const { id } = await there.enter(sub)
    const one = await there.found(value)
    const send = async () =>
      (await at.root.fetch(`/api/plausch/sso/groups/${one.id}/link`, { method: 'POST' })).status
    expect(await send()).toBe(200)
    expect(await there.membersOf(group)).toEqual([id])
    await at.root.call(sso.unlinkGroup, there.about(one))
    expect(await there.found(value)).toMatchObject({ group_id: null, has_syncables: null })
    await refused('app.group.no_rows', at.root.call(sso.unlinkGroup, there.about(one)))
    await there.enter(sub)
    expect((await at.root.call(sso.linkGroup, there.about(one))).id).toBe(group.id)
    expect(await there.membersOf(group)).toEqual([])
    await there.enter(sub)
    expect(await there.membersOf(group)).toEqual([id])
    await refused(
      'sso.group_not_found',
      at.root.call(sso.linkGroup, { params: { claimed_group_id: 'x'.repeat(26) } }),
    )
  })

  it('lists by words, service and state, page by page', async () => {
    const word = unique('word')
    await there.enter(there.person('many', { groups: [`/${word}/b`, `/${word}/a`, `/${word}/c%`] }))
    const list = async (query: Record<string, unknown>) =>
      await at.root.call(sso.listGroups, { query: { q: word.toUpperCase(), ...query } })
    const { count, groups: first } = await list({ per_page: 2 })
    expect([count, first.map(({ name }) => name)]).toEqual([3, [`${word}/a`, `${word}/b`]])
    expect((await list({ per_page: 2, page: 1 })).groups.map(({ name }) => name)).toEqual([`${word}/c%`])
    await there.link(`/${word}/a`)
    expect((await list({ is_linked: true })).count).toBe(1)
    expect((await list({ is_linked: false })).count).toBe(2)
    expect((await list({ service: 'saml' })).count).toBe(0)
    expect((await list({ service: 'openid' })).count).toBe(3)
  })

  it('shows groups in the lists of v4 by their source, and lets them be linked to places', async () => {
    const { group } = await there.linked()
    const ids = async (query: Record<string, unknown>) =>
      (await at.root.call(groups.list, { query: { per_page: 200, ...query } })).map(({ id }) => id)
    expect(await ids({ group_source: 'openid' })).toContain(group.id)
    expect(await ids({ only_syncable_sources: true })).toContain(group.id)
    for (const group_source of ['ldap', 'saml', 'custom'])
      expect(await ids({ group_source })).not.toContain(group.id)
    // There is something to see, also without groups that people make.
    await there.config({ ServiceSettings: { EnableCustomGroups: false } })
    expect(await ids({})).toContain(group.id)
    await there.config({ PlauschSettings: { OpenIdGroupsClaim: '' } })
    await refused('groups.off', ids({}))
    await there.config({
      ServiceSettings: { EnableCustomGroups: true },
      PlauschSettings: { OpenIdGroupsClaim: 'groups' },
    })
  })

  it('never takes a group of another source for this one', async () => {
    const value = unique('same')
    await at.server.app.pool.run(
      `insert into sso_groups (id, service, value, name, seen_at) values ($1, 'saml', $2, $2, 1)`,
      [unique('saml').padEnd(26, 'x').slice(0, 26), value],
    )
    const { groups: rows } = await at.root.call(sso.listGroups, { query: { q: value } })
    const ofSaml = await at.root.call(sso.linkGroup, { params: { claimed_group_id: rows[0]?.id ?? '' } })
    const { id } = await there.enter(there.person('both', { groups: [value] }))
    expect(await there.membersOf(ofSaml)).toEqual([])
    const list = await at.root.call(sso.listGroups, { query: { q: value, service: 'openid' } })
    const ofOpenId = await at.root.call(sso.linkGroup, {
      params: { claimed_group_id: list.groups[0]?.id ?? '' },
    })
    expect(ofOpenId.id).not.toBe(ofSaml.id)
    await there.enter(there.person('third', { groups: [value] }))
    expect(await there.membersOf(ofSaml)).toEqual([])
    expect(await there.membersOf(ofOpenId)).not.toContain(id)
  })
})

describe('eve', () => {
  it('learns nothing of groups that nobody may mention, and adds nobody to them', async () => {
    const { value, group, sub } = await there.linked()
    const eve = await signUp(at.server, 'eve', at.team.invite_id)
    const one = await there.found(value)
    const forbidden = 'api.context.permissions.app_error'
    await refused(forbidden, eve.call(sso.listGroups, {}))
    await refused(forbidden, eve.call(sso.linkGroup, there.about(one)))
    await refused(forbidden, eve.call(sso.unlinkGroup, there.about(one)))
    await refused('groups.not_found', eve.call(groups.get, { params: { group_id: group.id } }))
    expect(
      (await eve.call(groups.list, { query: { group_source: 'openid' } })).map(({ id }) => id),
    ).not.toContain(group.id)
    const socket = await eve.listen()
    await there.enter(sub)
    await socket.settle()
    expect(socket.all('group_member_add')).toEqual([])
    socket.close()
    // Nor does an administrator by hand: only the service says who is in.
    await refused(
      'app.group.crud_permission',
      at.root.call(groups.addMembers, { params: { group_id: group.id }, body: { user_ids: [eve.id] } }),
    )
  })

  it('cannot name so many groups that the list of administrators has no end', async () => {
    await there.enter(
      there.person('flood', {
        groups: Array.from({ length: 3000 }, (_, n) => `flood${n}${'x'.repeat(200)}`),
      }),
    )
    const { count } = await at.root.call(sso.listGroups, { query: { q: 'flood' } })
    expect(count).toBe(500)
    await at.server.app.pool.run(`update sso_groups set seen_at = 1 where value like 'flood%'`)
    const { value } = await there.linked()
    await at.server.app.pool.run('update sso_groups set seen_at = 1 where value = $1', [value])
    await hurry(at.server, 'sso.forget_groups')
    expect((await at.root.call(sso.listGroups, { query: { q: 'flood' } })).count).toBe(0)
    // What is linked can be unlinked.
    expect((await there.found(value)).group_id).not.toBeNull()
  })
})
