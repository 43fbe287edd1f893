/**
 * Requests in a closed loop (each lane sends its next request when it has the answer) or in an open loop (at
 * fixed times, whatever is answered).
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { now, stamped } from './clock.ts'
import { HttpConnection } from './connection.ts'

export type Step = { method: string; path: string; body?: string }

/** One connection, which repeats its rounds one after the other. A round is the unit of measurement. */
export type Lane = { token: string; rounds: Step[][] }

export type Order = {
  url: string
  lanes: Lane[]
  /** How long to run; running rounds are then finished. */
  seconds?: number
  /** Or how many rounds of each lane. */
  rounds?: number
  /** An open loop: so many rounds per second over all lanes. */
  perSecond?: number
}

export type Done = {
  /** Milliseconds of each round. */
  took: number[]
  /** Refused or broken rounds, by status. */
  failed: Record<string, number>
  seconds: number
  bytes: number
}

const MS = 1e6

/**
 * Runs rounds until it is told to stop. Open loops measure from the time when a round was due: waiting for
 * the server is part of it.
 */
const drive = async (order: Order, index: number, lane: Lane, until: number, done: Done): Promise<void> => {
  const connection = await HttpConnection.open(order.url)
  const every = order.perSecond ? (order.lanes.length / order.perSecond) * 1e9 : 0
  const first = now() + (every * index) / order.lanes.length
  for (let n = 0; n < (order.rounds ?? Number.POSITIVE_INFINITY); n += 1) {
    const due = first + n * every
    if ((every > 0 ? due : now()) >= until) break
    if (every > 0 && due > now()) await sleep((due - now()) / MS)
    const began = every > 0 ? due : now()
    const steps = lane.rounds[n % lane.rounds.length] ?? []
    let status = 200
    for (const step of steps) {
      const body = step.body === undefined ? undefined : stamped(step.body)
      const answer = await connection.send(step.method, step.path, lane.token, body)
      done.bytes += answer.body.length
      if (answer.status >= 400) status = answer.status
    }
    if (status < 400) done.took.push((now() - began) / MS)
    else done.failed[status] = (done.failed[status] ?? 0) + 1
  }
  connection.close()
}

export const request = async (order: Order): Promise<Done> => {
  const done: Done = { took: [], failed: {}, seconds: 0, bytes: 0 }
  const began = now()
  const until = order.seconds === undefined ? Number.POSITIVE_INFINITY : began + order.seconds * 1e9
  await Promise.all(order.lanes.map((lane, index) => drive(order, index, lane, until, done)))
  done.seconds = (now() - began) / 1e9
  return done
}
