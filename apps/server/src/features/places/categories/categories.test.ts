import { channelOf, direct, type Person, type Place, place, refused, signUp } from '@plausch/testkit'
import {
  type Category,
  type Channel,
  categories,
  channels,
  home,
  members,
  preferences,
  teams,
} from '@plausch/wire'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const mine = () => ({ user_id: 'me', team_id: at.team.id })
const sidebar = (person: Person) => person.call(categories.list, { params: mine() })
const create = (person: Person, display_name: string, channel_ids: string[] = []) =>
  person.call(categories.create, { params: mine(), body: { display_name, channel_ids } })
const update = (person: Person, id: string, change: Partial<Category>) =>
  person.call(categories.update, { params: { ...mine(), category_id: id }, body: { id, ...change } })
const newcomer = () => signUp(at.server, 'kim', at.team.invite_id)
const idOf = (type: string, person: Person) => `${type}_${person.id}_${at.team.id}`

/**
 * The invariant of the sidebar: every channel of the team and every conversation is in exactly one category,
 * and the order is that of the list.
 */
const expectLaw = async (person: Person) => {
  const { categories: all, order } = await sidebar(person)
  const own = await person.call(channels.listOfUserInTeam, { params: mine() })
  expect(all.flatMap((category) => category.channel_ids).sort()).toEqual(
    own.map((channel) => channel.id).sort(),
  )
  expect(order).toEqual(all.map((category) => category.id))
  expect(new Set(order).size).toBe(order.length)
  expect(
    all
      .filter((category) => category.type !== 'custom')
      .map((category) => category.type)
      .sort(),
  ).toEqual(['channels', 'direct_messages', 'favorites'])
  expect((await person.call(home.get)).categories[at.team.id]).toEqual({ categories: all, order })
  return all
}

describe('a sidebar', () => {
  it('begins with three categories, and each channel is in the one for its type', async () => {
    const kim = await newcomer()
    const talk = await direct(kim, at.ana)
    const all = await expectLaw(kim)
    expect(all.map(({ id, type, sort_order, sorting }) => ({ id, type, sort_order, sorting }))).toEqual([
      { id: idOf('favorites', kim), type: 'favorites', sort_order: 0, sorting: '' },
      { id: idOf('channels', kim), type: 'channels', sort_order: 10, sorting: '' },
      { id: idOf('direct_messages', kim), type: 'direct_messages', sort_order: 20, sorting: 'recent' },
    ])
    expect(all[2]?.channel_ids).toEqual([talk.id])
    expect(all[1]?.channel_ids).toContain(at.townSquare.id)
  })

  it('is private: nobody else reads or changes it, not even administrators', async () => {
    const kim = await newcomer()
    const params = { user_id: kim.id, team_id: at.team.id }
    for (const by of [at.ana, at.root]) {
      await refused('api.context.permissions.app_error', by.call(categories.list, { params }))
      await refused(
        'api.context.permissions.app_error',
        by.call(categories.create, { params, body: { display_name: 'x' } }),
      )
    }
    await refused('teams.not_found', at.eve.call(categories.list, { params: mine() }))
    const own = await create(kim, 'Mine')
    const foreign = { ...mine(), category_id: own.id }
    await refused('categories.not_found', at.bo.call(categories.get, { params: foreign }))
    await refused('categories.not_found', at.bo.call(categories.remove, { params: foreign }))
    await refused('categories.not_found', update(at.bo, own.id, { display_name: 'Yours' }))
    await refused('categories.not_found', update(at.bo, idOf('favorites', kim), { collapsed: true }))
    expect(await kim.call(categories.get, { params: foreign })).toEqual(own)
  })
})

describe('arranging a sidebar', () => {
  it('puts a new category below the favourites and tells the person’s other clients', async () => {
    const kim = await newcomer()
    const [own, other] = [await kim.listen(), await at.ana.listen()]
    const made = await create(kim, 'Physik', [at.townSquare.id])
    expect(made).toMatchObject({ type: 'custom', display_name: 'Physik', channel_ids: [at.townSquare.id] })
    const all = await expectLaw(kim)
    expect(all.map((category) => category.display_name)).toEqual([
      'Favorites',
      'Physik',
      'Channels',
      'Direct Messages',
    ])
    expect(all.map((category) => category.sort_order)).toEqual([0, 10, 20, 30])
    expect(await own.next('sidebar_category_created')).toEqual({ category_id: made.id })
    await other.settle()
    expect(other.all('sidebar_category_created')).toEqual([])
  })

  it('moves channels between categories, in the given order, and announces the new state', async () => {
    const kim = await newcomer()
    const rooms = await Promise.all([1, 2, 3].map(() => channelOf(kim, at.team, 'O')))
    const [a = '', b = '', c = ''] = rooms.map((room) => room.id)
    const [one, two] = [await create(kim, 'One', [a, b]), await create(kim, 'Two')]
    const socket = await kim.listen()
    expect((await update(kim, one.id, { channel_ids: [c, b, a] })).channel_ids).toEqual([c, b, a])
    const changes = [
      { id: one.id, channel_ids: [c, a] },
      { id: two.id, channel_ids: [a, b] },
    ]
    const changed = await kim.call(categories.updateAll, { params: mine(), body: changes })
    expect(changed.map((category) => category.channel_ids)).toEqual([[c], [a, b]])
    const told = await socket.next(
      'sidebar_category_updated',
      (data) => data.updatedCategories?.includes('Two') === true,
    )
    expect(JSON.parse(told.updatedCategories ?? '')).toEqual(changed)
    const all = await expectLaw(kim)
    expect(all.find((category) => category.id === one.id)?.channel_ids).toEqual([c])
    expect(all.find((category) => category.id === two.id)?.channel_ids).toEqual([a, b])
  })

  it('refuses channels of others and channels named twice, and then changes nothing', async () => {
    const kim = await newcomer()
    const secret = await channelOf(at.ana, at.team, 'P')
    const team = await at.root.call(teams.create, {
      body: { name: 'elsewhere', display_name: 'Elsewhere', type: 'O' },
    })
    await at.root.call(teams.addMember, { params: { team_id: team.id }, body: { user_id: kim.id } })
    const elsewhere = await kim.call(channels.getByName, {
      params: { team_id: team.id, channel_name: 'town-square' },
    })
    const room = await channelOf(kim, at.team, 'O')
    const own = await create(kim, 'Own', [room.id])
    const before = await sidebar(kim)
    const square = at.townSquare.id
    for (const ids of [
      [secret.id],
      [elsewhere.id],
      ['a'.repeat(26)],
      [square, secret.id],
      [square, square],
    ]) {
      await refused('categories.channels', create(kim, 'Bad', ids))
      await refused('categories.channels', update(kim, own.id, { channel_ids: ids, display_name: 'Bad' }))
    }
    await refused('api.context.invalid_body_param.app_error', update(kim, own.id, { display_name: '' }))
    await refused('api.context.invalid_body_param.app_error', create(kim, ''))
    await refused(
      'api.context.invalid_body_param.app_error',
      update(kim, own.id, { sorting: 'random' as 'alpha' }),
    )
    const mixed = {
      params: { ...mine(), category_id: own.id },
      body: { id: idOf('favorites', kim), collapsed: true },
    }
    await refused('api.context.invalid_body_param.app_error', kim.call(categories.update, mixed))
    expect(await sidebar(kim)).toEqual(before)
  })

  it('keeps the names of built-in categories, but lets people collapse, sort and mute them', async () => {
    const kim = await newcomer()
    const id = idOf('channels', kim)
    const changed = await update(kim, id, {
      display_name: 'Kanäle',
      collapsed: true,
      sorting: 'alpha',
      muted: true,
    })
    expect(changed).toMatchObject({
      display_name: 'Channels',
      collapsed: true,
      sorting: 'alpha',
      muted: true,
      type: 'channels',
    })
    expect(await kim.call(categories.get, { params: { ...mine(), category_id: id } })).toEqual(changed)
    for (const type of ['favorites', 'channels', 'direct_messages']) {
      await refused(
        'categories.fixed',
        kim.call(categories.remove, { params: { ...mine(), category_id: idOf(type, kim) } }),
      )
    }
    await expectLaw(kim)
  })

  it('accepts only an order that names each category once', async () => {
    const kim = await newcomer()
    await create(kim, 'Extra')
    const { order } = await sidebar(kim)
    const wanted = [...order].reverse()
    const socket = await kim.listen()
    const set = (body: string[]) => kim.call(categories.setOrder, { params: mine(), body })
    expect(await set(wanted)).toEqual(wanted)
    expect(await socket.next('sidebar_category_order_updated')).toEqual({ order: wanted })
    for (const bad of [wanted.slice(1), [...wanted, 'x'], [...wanted.slice(1), wanted[1] ?? ''], []]) {
      await refused('api.context.invalid_body_param.app_error', set(bad))
    }
    expect(await kim.call(categories.getOrder, { params: mine() })).toEqual(wanted)
    await expectLaw(kim)
  })

  it('releases the channels of a removed category, and channels that are left or archived', async () => {
    const kim = await newcomer()
    const room = await channelOf(at.ana, at.team, 'O', [kim])
    const talk = await direct(kim, at.bo)
    const own = await create(kim, 'Own', [room.id, talk.id, at.townSquare.id])
    const params = { channel_id: room.id }
    await at.ana.call(channels.archive, { params })
    await expectLaw(kim)
    await at.ana.call(channels.restore, { params })
    const back = await expectLaw(kim)
    expect(back.find((category) => category.id === own.id)?.channel_ids).toEqual([
      room.id,
      talk.id,
      at.townSquare.id,
    ])
    await kim.call(members.remove, { params: { ...params, user_id: kim.id } })
    await kim.call(members.add, { params, body: { user_id: kim.id } })
    const again = await expectLaw(kim)
    expect(again.find((category) => category.type === 'channels')?.channel_ids).toContain(room.id)
    const socket = await kim.listen()
    await kim.call(categories.remove, { params: { ...mine(), category_id: own.id } })
    expect(await socket.next('sidebar_category_deleted')).toEqual({ category_id: own.id })
    const left = await expectLaw(kim)
    expect(left.find((category) => category.type === 'direct_messages')?.channel_ids).toEqual([talk.id])
    await refused(
      'categories.not_found',
      kim.call(categories.remove, { params: { ...mine(), category_id: own.id } }),
    )
  })

  it('gives a consistent result if several clients do it at once', async () => {
    const kim = await newcomer()
    const rooms = await Promise.all([1, 2, 3, 4].map(() => channelOf(kim, at.team, 'O')))
    const made = await Promise.all(rooms.map((room) => create(kim, 'Same', [room.id])))
    await Promise.allSettled(
      made.map((category) => update(kim, category.id, { channel_ids: rooms.map((room) => room.id) })),
    )
    await expectLaw(kim)
  })
})

describe('after any sequence of operations', () => {
  type Step = { kind: 'create' | 'place' | 'order' | 'remove' | 'leave' | 'join'; a: number; b: number }
  const step = fc.record({
    kind: fc.constantFrom<Step['kind'][]>('create', 'place', 'place', 'order', 'remove', 'leave', 'join'),
    a: fc.nat(20),
    b: fc.nat(20),
  })

  const take = async (kim: Person, rooms: Channel[], { kind, a, b }: Step): Promise<unknown> => {
    const all = (await sidebar(kim)).categories
    const category = all[a % all.length]
    const own = all.flatMap((each) => each.channel_ids)
    const room = rooms[b % rooms.length]
    if (!category || !room) return undefined
    const params = { channel_id: room.id }
    switch (kind) {
      case 'create':
        return await create(kim, 'Made', own.slice(0, b % (own.length + 1)))
      case 'place':
        return await update(kim, category.id, {
          channel_ids: own.filter((_, index) => (index * 7 + b) % 3 === 0),
        })
      case 'order':
        return await kim.call(categories.setOrder, {
          params: mine(),
          body: all.map((_, index) => all[(index + b) % all.length]?.id ?? ''),
        })
      case 'remove':
        if (category.type !== 'custom') return undefined
        return await kim.call(categories.remove, { params: { ...mine(), category_id: category.id } })
      case 'leave':
        if (!own.includes(room.id)) return undefined
        return await kim.call(members.remove, { params: { ...params, user_id: kim.id } })
      case 'join':
        return await kim.call(members.add, { params, body: { user_id: kim.id } })
    }
  }

  it('every channel is in exactly one category', async () => {
    const rooms = await Promise.all([1, 2, 3].map(() => channelOf(at.bo, at.team, 'O')))
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14, size: 'max' }), async (steps) => {
        const kim = await newcomer()
        for (const each of steps) await take(kim, rooms, each)
        await expectLaw(kim)
      }),
      { seed: 20_261, numRuns: 12 },
    )
  })
})

describe('effects of a sidebar on other state', () => {
  const muted = async (person: Person, channel: Channel) =>
    (await person.call(members.get, { params: { channel_id: channel.id, user_id: 'me' } })).notify_props
      .mark_unread
  const favorites = async (person: Person) =>
    (
      await person.call(preferences.listCategory, { params: { user_id: 'me', category: 'favorite_channel' } })
    ).map(({ name }) => name)
  const favoritesOf = async (person: Person) =>
    (await sidebar(person)).categories.find(({ type }) => type === 'favorites')?.channel_ids

  it('channels in a muted category are muted, as long as they are in it and it is muted', async () => {
    const kim = await newcomer()
    const [one, two] = [await channelOf(kim, at.team, 'O'), await channelOf(kim, at.team, 'O')]
    const quiet = await create(kim, 'Quiet', [one.id])
    const socket = await kim.listen()
    await update(kim, quiet.id, { muted: true })
    await socket.next('channel_member_updated', ({ channelMember }) => channelMember.includes(one.id))
    expect([await muted(kim, one), await muted(kim, two)]).toEqual(['mention', 'all'])
    await update(kim, quiet.id, { channel_ids: [two.id] })
    expect([await muted(kim, one), await muted(kim, two)]).toEqual(['all', 'mention'])
    await kim.call(categories.remove, { params: { ...mine(), category_id: quiet.id } })
    expect(await muted(kim, two)).toBe('all')
    socket.close()
  })

  it('favourites are also preferences, and follow them', async () => {
    const kim = await newcomer()
    const [one, two] = [await channelOf(kim, at.team, 'O'), await direct(kim, at.bo)]
    await update(kim, idOf('favorites', kim), { channel_ids: [one.id] })
    expect(await favorites(kim)).toEqual([one.id])
    const socket = await kim.listen()
    const preference = { user_id: kim.id, category: 'favorite_channel', name: two.id, value: 'true' }
    await kim.call(preferences.save, { params: { user_id: 'me' }, body: [preference] })
    expect(await favoritesOf(kim)).toEqual([two.id, one.id])
    await socket.next('sidebar_category_updated')
    await kim.call(preferences.remove, { params: { user_id: 'me' }, body: [{ ...preference, name: one.id }] })
    expect(await favoritesOf(kim)).toEqual([two.id])
    await update(kim, idOf('direct_messages', kim), { channel_ids: [two.id] })
    expect(await favorites(kim)).toEqual([])
    await expectLaw(kim)
    socket.close()
  })

  it('a favourite channel of which the person is no member moves nothing', async () => {
    const kim = await newcomer()
    const secret = await channelOf(at.ana, at.team, 'P')
    const preference = { user_id: kim.id, category: 'favorite_channel', name: secret.id, value: 'true' }
    await kim.call(preferences.save, { params: { user_id: 'me' }, body: [preference] })
    expect(await favoritesOf(kim)).toEqual([])
  })
})
