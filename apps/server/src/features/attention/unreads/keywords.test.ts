import { channelOf, type Place, place, write } from '@plausch/testkit'
import { members, users } from '@plausch/wire'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { rememberedWords } from './keywords.ts'

let at: Place
// A server of its own for each: one that has just read the keywords reads them again only after some seconds.
beforeEach(async () => {
  at = await place()
})
afterEach(() => at.stop())

const mentionsOf = async (channel: { id: string }) =>
  (await at.bo.call(members.get, { params: { channel_id: channel.id, user_id: 'me' } })).mention_count

const setKeywords = (mention_keys: string) =>
  at.bo.call(users.patch, { params: { user_id: at.bo.id }, body: { notify_props: { mention_keys } } })

/** Waits until the server has cached everybody's keywords. */
const remembered = () =>
  expect.poll(() => rememberedWords(at.server.app.server)?.version, { timeout: 15_000 }).toBeGreaterThan(0)

it('a keyword counts from the moment it is set, whatever the server has cached', async () => {
  const room = await channelOf(at.ana, at.team, 'O', [at.bo])
  await remembered()
  const before = await mentionsOf(room)
  await write(at.ana, room, 'a word about lunch')
  expect(await mentionsOf(room)).toBe(before)
  await setKeywords('lunch')
  await write(at.ana, room, 'another word about lunch')
  expect(await mentionsOf(room)).toBe(before + 1)
})

it('a keyword that was added to the database by hand also counts', async () => {
  const room = await channelOf(at.ana, at.team, 'O', [at.bo])
  await remembered()
  const before = await mentionsOf(room)
  await at.server.app.pool.unprepared('insert into mention_words (word, user_id) values ($1, $2)', [
    'dinner',
    at.bo.id,
  ])
  await write(at.ana, room, 'what about dinner')
  expect(await mentionsOf(room)).toBe(before + 1)
})

it('keywords beyond ASCII count inside words, cached or not', async () => {
  const room = await channelOf(at.ana, at.team, 'O', [at.bo])
  await setKeywords('straße')
  await remembered()
  const before = await mentionsOf(room)
  await write(at.ana, room, 'in der Hauptstraße')
  await write(at.ana, room, 'in der Gasse, nämlich hier')
  expect(await mentionsOf(room)).toBe(before + 1)
})
