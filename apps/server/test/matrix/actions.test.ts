/**
 * The permission matrix of the socket: every action, in every case of the table, by the same eight kinds of
 * people.
 */
import { type Listener, listen, place, unlimited } from '@plausch/testkit'
import { type ActionName, actions } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actionRows, rows } from '../rows.ts'
import { build, type Scene } from './scene.ts'
import { actionTable, succeeds } from './table-actions.ts'
import { type Actor, actors } from './who.ts'

let scene: Scene
beforeAll(async () => {
  scene = await build(await place({ fixed: unlimited }))
})
afterAll(() => scene.at.stop())

/** The sockets of all actors who get one; the people they ask about are connected, too. */
const open = async (): Promise<Map<Actor, Listener>> => {
  await scene.target.listen()
  const sockets = new Map<Actor, Listener>()
  for (const actor of actors) {
    const token = actor === 'anonymous' ? 'no-token' : scene.people[actor].api.token()
    const socket = await listen(scene.at.server.url, token).catch(() => undefined)
    if (socket) sockets.set(actor, socket)
  }
  return sockets
}

it('has every action, and no others', () => {
  expect(Object.keys(actionTable).sort()).toEqual(Object.keys(actions).sort())
  expect([...actionRows.keys()].sort()).toEqual(Object.keys(actions).sort())
})

it('opens no socket to people who are not signed in', async () => {
  expect([...(await open()).keys()].sort()).toEqual(
    actors.filter((actor) => actor !== 'anonymous' && actor !== 'deactivated').sort(),
  )
})

describe.each(Object.entries(actionTable))('%s', (name, { twin, cases }) => {
  if (typeof twin === 'string')
    it(`has the guard of ${twin}`, () => {
      const row = rows.find(({ operation }) => operation.id === twin)
      expect(row, twin).toBeDefined()
      expect(actionRows.get(name as ActionName)?.guard).toBe(row?.route.guard)
    })

  it.each(Object.entries(cases))('%s', async (_, kase) => {
    const succeeded: Actor[] = []
    for (const [actor, socket] of await open()) {
      const { isAllowed, reply } = await succeeds(socket, name, kase, scene)
      if (isAllowed) succeeded.push(actor)
      // Refused on purpose: neither a fault of the server, nor a request that nobody could have made.
      if (reply.status !== 'OK') expect([403, 404]).toContain(reply.error?.status_code)
    }
    expect(succeeded).toEqual(kase.allowed)
  })
})
