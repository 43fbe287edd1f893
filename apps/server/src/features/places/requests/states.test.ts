import type { RequestState } from '@plausch/wire'
import { describe, expect, it } from 'vitest'
import { firstState, mayEver, movesIn, type Part, type Step, stateAfter } from './states.ts'

const states: readonly RequestState[] = [
  'endorsement',
  'decision',
  'approved',
  'refused',
  'withdrawn',
  'lapsed',
]
const steps: readonly Step[] = ['ask', 'endorse', 'orphan', 'approve', 'refuse', 'withdraw', 'lapse']
const parts: readonly Part[] = ['requester', 'owner', 'endorser', 'administrator', 'server']
const isEnd = (state: RequestState) => state !== 'endorsement' && state !== 'decision'

/** Every state, step and part together. */
const all = states.flatMap((state) =>
  steps.flatMap((step) =>
    parts.map((part) => ({ state, step, part, to: stateAfter(state, step, new Set([part])) })),
  ),
)

describe('the states of a request', () => {
  it('an end is an end: nobody can do anything about it', () => {
    expect(all.filter(({ state, to }) => isEnd(state) && to !== undefined)).toEqual([])
    for (const state of states.filter(isEnd)) expect(movesIn(state, new Set(parts))).toEqual([])
  })

  it('only administrators approve, and only what needs no endorsement any more', () => {
    expect(all.filter(({ to }) => to === 'approved')).toEqual([
      { state: 'decision', step: 'approve', part: 'administrator', to: 'approved' },
    ])
  })

  it('only the endorser endorses, only the requester withdraws, and owners only look', () => {
    const takers = (step: Step) => parts.filter((part) => mayEver(step, new Set([part])))
    expect(takers('endorse')).toEqual(['endorser'])
    expect(takers('withdraw')).toEqual(['requester'])
    expect(takers('refuse')).toEqual(['endorser', 'administrator'])
    expect(all.filter(({ part, to }) => part === 'owner' && to !== undefined)).toEqual([])
  })

  it('no step leads back, and each leads on', () => {
    const rank = (state: RequestState) => (isEnd(state) ? 2 : state === 'decision' ? 1 : 0)
    for (const { state, to } of all) if (to !== undefined) expect(rank(to)).toBeGreaterThan(rank(state))
  })

  it('a request without an endorser waits for the administrators at once', () => {
    expect(firstState('')).toBe('decision')
    expect(firstState('a')).toBe('endorsement')
  })
})
