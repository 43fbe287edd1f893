/**
 * The permission matrix: every operation of the route tables, in every case of the table, by eight kinds of
 * people. People in the table must succeed, all others must not.
 */
import { place, unlimited } from '@plausch/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operationNamed, rows } from '../rows.ts'
import { draftOf, isSuccess, send } from './request.ts'
import { build, type Scene } from './scene.ts'
import { table } from './table.ts'
import { actors, type Kase } from './who.ts'

let scene: Scene
beforeAll(async () => {
  scene = await build(await place({ fixed: unlimited }))
})
afterAll(() => scene.at.stop())

it('has every operation, and no others', () => {
  expect(Object.keys(table).sort()).toEqual(rows.map(({ operation }) => operation.id).sort())
})

const cases = Object.entries(table).flatMap(([id, kases]) =>
  Object.entries(kases).map(([kase, allowed]) => [id, kase as Kase, allowed] as const),
)

describe.each(cases)('%s: %s', (id, kase, allowed) => {
  it(`is for ${allowed.join(', ') || 'nobody'}`, async () => {
    const drafts = await Promise.all(actors.map((actor) => draftOf(scene, operationNamed(id), kase, actor)))
    const answers = await Promise.all(drafts.map((draft) => send(id, draft)))
    for (const draft of drafts) await draft.after?.()
    const succeeded = actors.filter((_, index) => answers[index] && isSuccess(answers[index]))
    for (const answer of answers) {
      // Refused on purpose: neither a fault of the server nor a request that nobody could have made.
      if (!isSuccess(answer) && !answer.text.includes('"channels.not_in_team"')) {
        expect([401, 403, 404], answer.text).toContain(answer.status)
      }
    }
    expect(succeeded, JSON.stringify(answers, null, 2)).toEqual(allowed)
  })
})
