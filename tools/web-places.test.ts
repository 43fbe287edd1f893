import { expect, it } from 'vitest'
import { tierB } from './gen-web-places.ts'
import { calledIn, callersOf, clientSources, unclearIn } from './web-calls.ts'
import { webPlaces } from './web-places.ts'

it.each([
  ['an operation', "import { posts } from '@plausch/wire'\ncall(posts.pin, {})", ['posts.pin']],
  [
    'an operation of a table with another name',
    "import { posts as operations, type Post } from '@plausch/wire'\ncall(isPinned ? operations.pin : operations.unpin)",
    ['posts.pin', 'posts.unpin'],
  ],
  ['the address of a picture', `const url = \`/api/v4/teams/\${team.id}/image?_=0\``, ['teams.icon']],
  ['an operation in a comment', "import { posts } from '@plausch/wire'\n// posts.pin", []],
  ['a member of another object', "import { posts } from '@plausch/wire'\nclient.posts.pin()", []],
])('%s is found if the source calls it', (_, text, ids) => {
  expect(calledIn(text)).toEqual(ids)
})

it('no file uses operations in a way that calledIn does not understand', async () => {
  const unclear = (await clientSources()).flatMap(([path, text]) =>
    unclearIn(text).map((use) => `${path}: ${use}`),
  )
  expect(unclear).toEqual([])
})

it('every operation of tier B has a place in the web client, or a reason to have none', async () => {
  const callers = await callersOf()
  const wrong = (await tierB()).flatMap(({ key, place }) => {
    if (!place) return [`${key} is not in tools/web-places.ts`]
    const isCalled = callers.has(key)
    if ('done' in place && !isCalled) return [`${key} has a place, but nothing calls it`]
    if (!('done' in place) && isCalled) return [`${key} has no place, but ${callers.get(key)} calls it`]
    return []
  })
  expect(wrong).toEqual([])
})

it('tools/web-places.ts names only operations of tier B', async () => {
  const known = new Set((await tierB()).map(({ key }) => key))
  expect(Object.keys(webPlaces).filter((key) => !known.has(key))).toEqual([])
})
