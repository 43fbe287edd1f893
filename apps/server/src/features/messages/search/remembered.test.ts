/** What searches remember about words is still true when it is used again. */
import { channelOf, type Person, type Place, place, signUp, write } from '@plausch/testkit'
import { type Channel, members, posts, search } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { paced } from './pace.ts'
import { rememberedOf } from './remembered.ts'
import { vocabularyOf } from './vocabulary.ts'

let at: Place
let lea: Person
let room: Channel
beforeAll(async () => {
  at = await place()
  lea = await signUp(at.server, 'lea', at.team.invite_id)
  room = await channelOf(at.ana, at.team, 'O', [at.bo, lea])
})
afterAll(() => at.stop())

const found = async (person: Person, terms: string, more = {}): Promise<string[]> => {
  const result = await person.call(search.posts, { body: { terms, ...more } })
  return result.order.map((id) => result.posts[id]?.message ?? '')
}

const probe = { kind: 'word' as const, text: 'quarz', pattern: '%quarz%' }
const recalled = () => rememberedOf(at.server.app.server).recall([probe], lea.id)

it('a search finds new posts, and longer words that nobody had used before', async () => {
  await write(at.ana, room, 'Quarz')
  expect(await found(lea, 'Quarz')).toEqual(['Quarz'])
  expect(recalled()).toBeDefined()
  await write(at.bo, room, 'Quarz again')
  expect(await found(lea, 'Quarz')).toEqual(['Quarz again', 'Quarz'])
  await write(at.bo, room, 'Rosenquarzkette')
  // A search indexes everything that waits, so nothing waits when the next one begins.
  await found(at.bo, 'Achat')
  expect(await found(lea, 'Quarz')).toEqual(['Rosenquarzkette', 'Quarz again', 'Quarz'])
})

it('a search finds posts of newly joined channels, and none of channels that the person left', async () => {
  await found(lea, 'Quarz')
  const other = await channelOf(at.ana, at.team, 'P', [at.bo])
  await write(at.ana, other, 'Quarz elsewhere')
  await found(at.bo, 'Quarz')
  const before = await found(lea, 'Quarz')
  expect(before).not.toContain('Quarz elsewhere')
  // The channels hold so few posts that the expression contains them.
  await at.server.app.pool.run(
    `insert into search_frequencies values ('', 1000), ('quarz', 10), ($1, 1), ($2, 1)
     on conflict (lexeme) do update set posts = excluded.posts`,
    [`:${room.id}`, `:${other.id}`],
  )
  rememberedOf(at.server.app.server).forget()
  expect(await found(lea, 'Quarz')).toEqual(before)
  expect(recalled()?.known).toMatchObject({ sampled: 1000 })
  await at.ana.call(members.add, { params: { channel_id: other.id }, body: { user_id: lea.id } })
  expect(await found(lea, 'Quarz')).toEqual(['Quarz elsewhere', ...before])
  await at.ana.call(members.remove, { params: { channel_id: other.id, user_id: lea.id } })
  expect(await found(lea, 'Quarz')).toEqual(before)
})

it('an answer is neither remembered nor used while a word that changes it is being learnt', async () => {
  const { server } = at.server.app
  await found(lea, 'Quarz')
  const earlier = recalled()
  expect(earlier?.isTrue()).toBe(true)
  await server.db.transaction(async (db) => {
    const committed = await vocabularyOf(server).learn(db, [['quarzsand']], paced())
    expect(earlier?.isTrue()).toBe(false)
    await found(lea, 'Quarz')
    expect(recalled()).toBeUndefined()
    committed()
  })
  await found(lea, 'Quarz')
  expect(recalled()?.known.answers[0]?.words).toContain('quarzsand')
})

it('a search forgets a deleted post and finds an edited one', async () => {
  const post = await write(at.ana, room, 'Opal one')
  expect(await found(lea, 'Opal')).toEqual(['Opal one'])
  await at.ana.call(posts.patch, { params: { post_id: post.id }, body: { message: 'Opal two' } })
  expect(await found(lea, 'Opal')).toEqual(['Opal two'])
  await at.ana.call(posts.remove, { params: { post_id: post.id } })
  expect(await found(lea, 'Opal')).toEqual([])
})
