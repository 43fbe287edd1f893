/** The response time of a refusal reveals nothing about accounts. */
import { type Place, place } from '@plausch/testkit'
import { sessions } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

/**
 * Alternates between both, so that other load on the machine affects both. Fewer attempts than are allowed.
 */
const TURNS = 6
/** Without comparing a password, a refusal would take a tenth of the time. */
const MOST = 3

const medianOf = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0

it('a wrong password takes as long for an existing account as for an unknown one', async () => {
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
