import { channelOf, type Person, type Place, place, signUp, unique, write } from '@plausch/testkit'
import { groups } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
let lea: Person
beforeAll(async () => {
  at = await place()
  lea = await signUp(at.server, 'lea', at.team.invite_id)
})
afterAll(() => at.stop())

it('tells an author, and nobody else, that nobody of a group is in the channel', async () => {
  const make = (person: Person) =>
    at.bo.call(groups.create, {
      body: { name: unique('group'), display_name: 'Group', user_ids: [person.id] },
    })
  const [outside, inside] = [await make(lea), await make(at.ana)]
  const channel = await channelOf(at.bo, at.team, 'P', [at.ana])
  const [author, other] = [await at.bo.listen(), await at.ana.listen()]
  await write(at.bo, channel, `@${inside.name} @${outside.name} @${unique('nobody')}`)
  const { message } = JSON.parse((await author.next('ephemeral_message')).post)
  expect(message).toBe(`Nobody of this group is in this channel: @${outside.name}`)
  await write(at.bo, channel, `@${inside.name}`)
  for (const socket of [author, other]) await socket.settle()
  expect(author.all('ephemeral_message')).toHaveLength(1)
  expect(other.all('ephemeral_message')).toEqual([])
  for (const socket of [author, other]) socket.close()
})
