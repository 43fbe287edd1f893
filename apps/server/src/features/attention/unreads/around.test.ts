import { channelOf, type Person, type Place, place, refused, signUp, write } from '@plausch/testkit'
import { unreads } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

it('the page around the first unread post; the newest page if all is read, and for non-members', async () => {
  const { ana, bo } = at
  const room = await channelOf(ana, at.team, 'O', [bo])
  const ids: string[] = []
  for (let n = 0; n < 8; n += 1) ids.push((await write(ana, room, `${n}`)).id)
  const around = async (person: Person, query: { limit_after?: number; collapsedThreads?: boolean } = {}) => {
    const list = await person.call(unreads.postsAround, {
      params: { user_id: 'me', channel_id: room.id },
      query: { limit_before: 2, limit_after: 3, ...query },
    })
    return [list.next_post_id, ...list.order, list.prev_post_id]
  }
  const named = (...numbers: number[]) => numbers.map((n) => ids[n] ?? '')
  await bo.call(unreads.markUnread, { params: { user_id: 'me', post_id: ids[4] ?? '' }, body: {} })
  expect(await around(bo)).toEqual(named(7, 6, 5, 4, 3, 2, 1))
  expect(await around(bo, { limit_after: 4 })).toEqual(['', ...named(7, 6, 5, 4, 3, 2, 1)])
  await bo.call(unreads.view, { params: { user_id: 'me' }, body: { channel_id: room.id } })
  const newest = ['', ...named(7, 6, 5)]
  expect(await around(bo)).toEqual(newest)
  const passerBy = await signUp(at.server, 'passer', at.team.invite_id)
  expect(await around(passerBy)).toEqual(newest)
  await refused('channels.not_found', around(at.eve))
  const reply = await write(ana, room, 'a reply', ids[7])
  expect(await around(bo, { collapsedThreads: true })).toEqual(newest)
  expect(await around(bo)).toEqual(['', reply.id, ...named(7, 6, 5)])
})
