/**
 * The permission matrix for archived, deleted and deactivated things. The requests are prepared in the usual
 * state; then the thing is archived, deleted or deactivated, and the requests are sent. People in the table
 * must succeed, all others must not.
 */
import { place, unlimited } from '@plausch/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operationNamed, rows } from '../rows.ts'
import type { Draft } from './draft.ts'
import { statePreparations } from './preparations/states.ts'
import { exceptions, isExcepted, statesOf } from './reach.ts'
import { type Answer, draftOf, isSuccess, send } from './request.ts'
import { gone } from './rules.ts'
import { build, type Scene } from './scene.ts'
import { type State, states } from './states.ts'
import { table } from './table.ts'
import { stateTable } from './table-states.ts'
import type { Actor, Kase } from './who.ts'

let scene: Scene
beforeAll(async () => {
  scene = await build(await place({ fixed: unlimited }))
})
afterAll(() => scene.at.stop())

const casesOf = (state: State) =>
  Object.entries(stateTable[state]).flatMap(([id, row]) => {
    const live = table[id] ?? {}
    if (typeof row !== 'function') {
      return Object.entries(row).map(([kase, rule]) => [id, kase as Kase, rule] as const)
    }
    return (Object.keys(live) as Kase[])
      .filter((kase) => states[state].isAbout(kase) && live[kase]?.length)
      .map((kase) => [id, kase, row] as const)
  })

const prepared = async (state: State, id: string, kase: Kase, actor: Actor): Promise<Draft> => {
  const draft = await draftOf(scene, operationNamed(id), kase, actor)
  await statePreparations[state][id]?.(draft)
  return draft
}

/** A list without the thing is no success. */
const finds = ({ sought = '' }: Draft, answer: Answer) => isSuccess(answer) && answer.text.includes(sought)

const idOf = ({ text }: Answer): string => /"id":"([^"]*)"/.exec(text)?.[1] ?? ''

it('has every operation that is about something with a state', () => {
  const missing = rows.flatMap(({ operation }) =>
    statesOf(operation)
      .filter((state) => !(operation.id in stateTable[state]) && !isExcepted(state, operation.id))
      .map((state) => `${operation.id}: ${state}`),
  )
  expect(missing).toEqual([])
})

it('has no needless exception', () => {
  const ids = Object.entries(exceptions).flatMap(([state, lines]) =>
    Object.keys(lines).filter((id) => id in stateTable[state as State]),
  )
  expect(ids).toEqual([])
})

describe.each(Object.keys(states) as State[])('%s', (state) => {
  const { actors, begin } = states[state]
  const cases = casesOf(state)

  it('is about cases of the table', () => {
    const ids = new Set(cases.map(([id]) => id))
    expect(Object.keys(stateTable[state]).filter((id) => !ids.has(id))).toEqual([])
  })

  it.each(cases)('%s: %s', async (id, kase, rule) => {
    const live = (table[id]?.[kase] ?? []).filter((actor) => actors.includes(actor))
    const { allowed, fault } = rule(live)
    const drafts = await Promise.all(actors.map((actor) => prepared(state, id, kase, actor)))
    if (rule === gone && drafts.some(({ sought }) => sought)) {
      const before = await Promise.all(drafts.map((draft) => send(id, draft)))
      expect(
        drafts.some((draft, index) => finds(draft, before[index] as Answer)),
        'found before',
      ).toBe(true)
    }
    const end = await begin(scene, drafts)
    const answers = await Promise.all(drafts.map((draft) => send(id, draft)))
    await end()
    for (const draft of drafts) await draft.after?.()
    const told = JSON.stringify(answers, null, 2)
    expect(
      actors.filter((_, index) => finds(drafts[index] as Draft, answers[index] as Answer)),
      told,
    ).toEqual(actors.filter((actor) => allowed.includes(actor)))
    for (const [index, answer] of answers.entries()) {
      if (isSuccess(answer) || idOf(answer) === 'channels.not_in_team') continue
      // A deleted thing is not found; for people who could use it before, it is not forbidden.
      const isMissed = rule === gone && live.includes(actors[index] as Actor)
      if (idOf(answer) !== fault) expect(isMissed ? [404] : [401, 403, 404], told).toContain(answer.status)
    }
    if (fault) expect(answers.map(idOf), told).toContain(fault)
  })
})
