import { describe, expect, test } from 'vitest'
import { type LocalDatabase, type LocalWrite, memoryDatabases } from './database.ts'
import { createDevice } from './device.ts'

const copyOf = (n: number): LocalWrite => ({ table: 'posts', key: String(n), value: n })
const many = (from: number, until: number): LocalWrite[] =>
  Array.from({ length: until - from }, (_, i) => copyOf(from + i))

/** A device whose time for copies the test gives out, and whose database does what `change` says. */
const deviceWith = async (change: (database: LocalDatabase) => Partial<LocalDatabase> = () => ({})) => {
  const databases = memoryDatabases()
  const idle: (() => void)[] = []
  const problems: unknown[] = []
  const device = createDevice({
    async open(accountId) {
      const database = await databases(accountId)
      return { ...database, ...change(database) }
    },
    whenIdle: (work) => void idle.push(work),
    onProblem: (problem) => problems.push(problem),
  })
  await device.open('ana')
  return { device, idle, problems, databases }
}

describe('the device', () => {
  test('writes copies only when there is time, and not too many at once', async () => {
    const sizes: number[] = []
    const { device, idle } = await deviceWith((database) => ({
      async write(writes) {
        sizes.push(writes.length)
        await database.write(writes)
      },
    }))
    device.later(() => many(0, 450))
    expect(idle).toHaveLength(1)
    for (const size of [200, 400, 450]) {
      idle.shift()?.()
      await expect.poll(() => sizes.reduce((a, b) => a + b, 0)).toBe(size)
      await expect.poll(() => idle.length).toBe(size < 450 ? 1 : 0)
    }
    expect((await device.readAll('posts')).size).toBe(450)
  })

  test('drops all copies if one does not fit, and still keeps what was written', async () => {
    let isFull = false
    const { device, problems } = await deviceWith((database) => ({
      async write(writes) {
        if (isFull && writes.some(({ table }) => table === 'posts')) throw new Error('full')
        await database.write(writes)
      },
    }))
    device.later(() => many(0, 3))
    await device.flush()
    isFull = true
    device.later(() => many(3, 6))
    await device.flush()
    expect([(await device.readAll('posts')).size, problems.length]).toEqual([0, 1])
    isFull = false
    device.later(() => many(6, 9))
    await device.flush()
    expect((await device.readAll('posts')).size).toBe(0)
    expect(await device.write([{ table: 'drafts', key: 'a', value: 'text' }])).toBe(true)
  })

  test('that forbids a database harms nothing', async () => {
    const problems: unknown[] = []
    const device = createDevice({
      open: () => Promise.reject(new Error('private')),
      onProblem: (problem) => problems.push(problem),
    })
    await device.open('ana')
    device.later(() => many(0, 3))
    await device.flush()
    expect(await device.write(many(0, 1))).toBe(false)
    expect(await device.readSome('posts', ['0'])).toBeUndefined()
    expect([...(await device.readAll('posts')).keys(), problems.length]).toEqual([1])
  })

  test('forgets copies when the session is over, and everything when its person signs out', async () => {
    const { device, databases } = await deviceWith()
    const write = async (): Promise<void> => {
      await device.open('ana')
      await device.write([copyOf(1), { table: 'drafts', key: 'a', value: 'text' }])
    }
    const left = async () => {
      const database = await databases('ana')
      return [(await database.readAll('posts')).size, (await database.readAll('drafts')).size]
    }
    await write()
    device.later(() => many(2, 4))
    await device.close('copies')
    expect(await left()).toEqual([0, 1])
    await write()
    await device.close('everything')
    expect(await left()).toEqual([0, 0])
  })
})
