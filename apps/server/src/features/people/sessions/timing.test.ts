/** How long a refusal takes says nothing about accounts. */
import { type Place, place } from '@plausch/testkit'
import { sessions } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

/**
 * In turns, so that whatever else the machine does concerns both. Less than the attempts that are allowed.
 */
const TURNS = 6
/** Without a password to compare, a refusal takes a tenth. */
const MOST = 3

const medianOf = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0

it('a wrong password takes as long where there is an account as where there is none', async () => {
  const refuse = async (login_id: string) => {
    const begin = performance.now()
    await expect(
      at.bo.call(sessions.login, { body: { login_id, password: 'not the password' } }),
    ).rejects.toThrow()
    return performance.now() - begin
  }
  await refuse('somebody-else')
  const times = { known: [] as number[], unknown: [] as number[] }
  for (let n = 0; n < TURNS; n += 1) {
    times.known.push(await refuse(at.ana.username))
    times.unknown.push(await refuse(`nobody-${n}`))
  }
  const [known, unknown] = [medianOf(times.known), medianOf(times.unknown)]
  expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(MOST)
})
