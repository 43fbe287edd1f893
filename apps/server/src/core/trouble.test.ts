import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openTrouble } from './trouble.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

it('logs a failure at once, then once a minute with the count, and when it is over', () => {
  const lines: [string, object][] = []
  const say = (o: object, m: string) => void lines.push([m, o])
  const trouble = openTrouble({ warn: say, error: say, info: say }, { failing: 'fails', working: 'works' })
  trouble.works()
  for (let n = 0; n < 100; n += 1) trouble.failed({ n })
  expect(lines).toEqual([['fails', { n: 0 }]])
  vi.advanceTimersByTime(60_000)
  trouble.failed({ n: 100 })
  trouble.failed({ n: 101 })
  expect(lines.slice(1)).toEqual([['fails', { n: 100, times: 100 }]])
  trouble.works()
  trouble.works()
  expect(lines.slice(2)).toEqual([['works', { times: 102 }]])
  trouble.failed({ n: 0 })
  expect(lines.slice(3)).toEqual([['fails', { n: 0 }]])
})
