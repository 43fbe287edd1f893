/** The processes of the load generator, as scenarios use them. */
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { cpuOf } from '../processes.ts'
import type { Done, Order } from './requests.ts'
import type { Reply, Tasks } from './worker.ts'

/** One process of the load generator. */
export class Worker {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  #next = 0

  constructor() {
    this.#child = fork(join(import.meta.dirname, 'worker.ts'), { serialization: 'advanced' })
    this.#child.on('message', ({ id, result, error }: Reply) => {
      const waiting = this.#waiting.get(id)
      this.#waiting.delete(id)
      if (error === undefined) waiting?.resolve(result)
      else waiting?.reject(new Error(error))
    })
    this.#child.on('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('a process of the generator ended'))
    })
  }

  ask<K extends keyof Tasks>(name: K, order: Parameters<Tasks[K]>[0]): ReturnType<Tasks[K]> {
    const id = this.#next++
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    this.#child.send({ id, name, order })
    return answer as ReturnType<Tasks[K]>
  }

  /** CPU seconds so far. */
  cpu(): number {
    return cpuOf(this.#child.pid ?? 0)
  }

  end(): void {
    this.#child.kill('SIGKILL')
  }
}

/** Sends requests from several processes at once; the lanes are divided among them. */
export const requestFrom = async (workers: readonly Worker[], order: Order): Promise<Done> => {
  const parts = workers
    .map((worker, index) => ({ worker, lanes: order.lanes.filter((_, n) => n % workers.length === index) }))
    .filter(({ lanes }) => lanes.length > 0)
  const results = await Promise.all(
    parts.map(({ worker, lanes }) =>
      worker.ask('request', {
        ...order,
        lanes,
        ...(order.perSecond === undefined
          ? {}
          : { perSecond: (order.perSecond * lanes.length) / order.lanes.length }),
      }),
    ),
  )
  const failed: Record<string, number> = {}
  for (const result of results)
    for (const [status, n] of Object.entries(result.failed)) failed[status] = (failed[status] ?? 0) + n
  return {
    took: results.flatMap((result) => result.took),
    failed,
    seconds: Math.max(...results.map((result) => result.seconds)),
    bytes: results.reduce((sum, result) => sum + result.bytes, 0),
  }
}
