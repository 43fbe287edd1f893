/**
 * No request of a member blocks the server: runs every operation of the route tables with its largest
 * permitted body and query, filled with text that is expensive to parse. New operations are included
 * automatically.
 */
import { place, unlimited } from '@plausch/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draftOf, send } from '../matrix/request.ts'
import { build, type Scene } from '../matrix/scene.ts'
import { table } from '../matrix/table.ts'
import type { Actor, Kase } from '../matrix/who.ts'
import { operationNamed } from '../rows.ts'
import { fillers, variantsOf } from './largest.ts'
import { provenExcess } from './measure.ts'

let scene: Scene
beforeAll(async () => {
  scene = await build(await place({ checksReplies: false, fixed: unlimited }))
})
afterAll(() => scene.at.stop())

/** An actor who may run the operation, in the first case that anybody may. */
const allowedIn = (id: string): { kase: Kase; actor: Actor } | undefined => {
  for (const [kase, allowed] of Object.entries(table[id] ?? {}) as [Kase, readonly Actor[]][]) {
    const actor =
      allowed.find((each) => each === 'inside') ?? allowed.find((each) => each !== 'anonymous') ?? allowed[0]
    if (actor) return { kase, actor }
  }
  return undefined
}

/** Operations that create things run last, because some things have a maximum number. */
const makes = (id: string) => Number(id.includes('.create'))

const permitted = Object.keys(table)
  .sort((a, b) => makes(a) - makes(b))
  .flatMap((id) => {
    const who = allowedIn(id)
    return who ? [[id, who] as const] : []
  })

describe.each(permitted)('%s', (id, { kase, actor }) => {
  const operation = operationNamed(id)
  it('costs at most a turn, and grows no faster than its input', { timeout: 120_000 }, async () => {
    const draft = await draftOf(scene, operation, kase, actor)
    const { body, query } = draft
    const found: string[] = []
    for (const [filler, unit] of fillers) {
      for (const { name, of } of variantsOf(operation, { body, query }, unit)) {
        const attempt = (share: number) => send(id, { ...draft, ...of(share) })
        const excess = await provenExcess(attempt)
        if (excess) found.push(`${name}, ${filler}: ${excess}`)
      }
    }
    await draft.after?.()
    expect(found).toEqual([])
  })
})
