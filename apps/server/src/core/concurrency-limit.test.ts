/** How much work one person, and all people together, may have running at the same time. */
import { expect, it } from 'vitest'
import { limitConcurrency } from './concurrency-limit.ts'
import { anonymous } from './context.ts'
import { Fault } from './faults.ts'
import type { Server } from './server.ts'

it('limits each person and all together, and frees a slot whether the work succeeds or fails', async () => {
  const server = {} as Server
  const by = (userId: string) => ({ server, actor: { ...anonymous, userId } })
  const atOnce = limitConcurrency(2, () => new Fault('outgoing.busy'), 3)
  const ends: ((error?: Error) => void)[] = []
  const work = () =>
    new Promise<void>((resolve, reject) => {
      ends.push((error) => (error ? reject(error) : resolve()))
    })
  const running = [atOnce(by('ana'), work), atOnce(by('ana'), work)]
  await expect(atOnce(by('ana'), work)).rejects.toThrow('outgoing.busy')
  running.push(atOnce(by('bo'), work))
  await expect(atOnce(by('bo'), work)).rejects.toThrow('outgoing.busy')
  await expect(atOnce(by('eve'), work)).rejects.toThrow('outgoing.busy')
  ends[0]?.(new Error('failed'))
  await expect(running[0]).rejects.toThrow('failed')
  running.push(atOnce(by('eve'), work))
  expect(ends).toHaveLength(4)
  for (const end of ends.slice(1)) end()
  await Promise.all(running.slice(1))
  const other = atOnce({ ...by('ana'), server: {} as Server }, work)
  ends.at(-1)?.()
  await other
})
