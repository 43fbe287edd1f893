/**
 * Every operation that changes something, while its people watch: their state must equal that of a fresh
 * client.
 */
import { probed } from '@plausch/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { rows } from '../rows.ts'
import { linksAbove } from './bookmarks.ts'
import { begin, type Cast } from './cast.ts'
import { customEmoji } from './emoji.ts'
import { marks } from './marks.ts'
import { accounts, mentionGroups, profileFields } from './people.ts'
import { groupsOfPeople, rooms } from './places.ts'
import { reading, writing } from './posts.ts'
import { texts } from './texts.ts'
import { following } from './threads.ts'
import { unprobed } from './unprobed.ts'

let at: Cast
const cast = () => at
beforeAll(async () => {
  at = await begin()
})
afterAll(() => at.stop())

for (const probes of [writing, reading, marks, customEmoji, following, texts, linksAbove]) probes(cast)
for (const probes of [rooms, groupsOfPeople, accounts, mentionGroups, profileFields]) probes(cast)

it('every operation that changes something is probed, except those that are listed with a reason', () => {
  const asked = [...probed()]
  const changing = rows.filter(
    ({ operation, route }) => !['GET', 'HEAD'].includes(operation.method) && route.mode !== 'reading',
  )
  const isProbed = ({ method, path }: { method: string; path: string }) => {
    const pattern = new RegExp(`^${method} ${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)
    return asked.some((request) => pattern.test(request))
  }
  const missing = changing
    .filter(({ operation }) => !isProbed(operation))
    .map(({ operation }) => operation.id)
  expect(missing.toSorted()).toEqual(Object.keys(unprobed).toSorted())
})
