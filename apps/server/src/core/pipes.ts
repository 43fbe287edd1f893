/**
 * Connections that short reads share: each statement is sent at once, without waiting for earlier answers
 * (pipelining). Waking an idle connection costs as much as a small query. So many readers on two connections
 * cost a third less than on twenty, and get their answers sooner. Statements that write or lock may wait for
 * others, so they get separate connections; so does a statement that was slow before.
 */
import { availableParallelism } from 'node:os'
import type pg from 'pg'
import { newClient } from './driver.ts'

/** As many as the machine can run at the same time. */
const PIPES = Math.max(2, Math.min(availableParallelism(), 8))
/** A statement that took longer runs alone the next time, until it is fast again. */
const LONG_MS = 5
/** A pipe without an answer for so long is held up. It gets no further statements until it answers. */
const HELD_UP_MS = 20

/**
 * Keywords of statements that write, lock or concern the server itself. Columns such as update_at do not
 * match.
 */
const goesAlone =
  /\b(insert|update|delete|merge|truncate|lock|share|nextval|setval|pg_\w+|create|alter|drop|vacuum|set|begin|commit|rollback)\b/i

type Statement = pg.QueryConfig & { name: string }
type Query = (statement: Statement) => Promise<pg.QueryResult>
type Pipe = { client: pg.Client; opened: Promise<unknown>; underWay: number; movedAt: number }

export type Pipes = {
  /** Sends a statement over one of the pipes, or over `alone`. */
  query: Query
  count(): number
  /** Closes all connections; the next statements connect to `url`. */
  moveTo(url: string): void
  close(): Promise<void>
}

export const openPipes = (settings: pg.ClientConfig, alone: Query): Pipes => {
  let options = settings
  let pipes: Pipe[] = []
  let isClosing = false
  const reads = new Map<string, boolean>()
  const long = new Set<string>()

  const isShortRead = ({ name, text }: Statement): boolean => {
    const known = reads.get(name) ?? !goesAlone.test(text)
    reads.set(name, known)
    return known && !long.has(name)
  }

  const open = (): Pipe => {
    const client = newClient({ ...options, pipeline: true } as pg.ClientConfig)
    const pipe: Pipe = { client, opened: client.connect(), underWay: 0, movedAt: performance.now() }
    const drop = () => {
      pipes = pipes.filter((each) => each !== pipe)
    }
    // Running statements notice it themselves; the next ones get another connection.
    client.on('error', drop).on('end', drop)
    // The time to connect is no statement's fault.
    pipe.opened = pipe.opened.then(() => {
      pipe.movedAt = performance.now()
    })
    pipe.opened.catch(drop)
    pipes.push(pipe)
    return pipe
  }

  const free = (): Pipe | undefined => {
    const now = performance.now()
    const moving = pipes.filter(({ underWay, movedAt }) => underWay === 0 || now - movedAt < HELD_UP_MS)
    const best = moving.reduce<Pipe | undefined>(
      (least, each) => (least && least.underWay <= each.underWay ? least : each),
      undefined,
    )
    return best?.underWay === 0 || pipes.length >= PIPES ? best : open()
  }

  const send = async (pipe: Pipe, statement: Statement) => {
    if (pipe.underWay === 0) pipe.movedAt = performance.now()
    pipe.underWay += 1
    try {
      await pipe.opened
      return await pipe.client.query(statement)
    } finally {
      const now = performance.now()
      // Answers come in order, so since the previous answer only this statement was running.
      if (now - pipe.movedAt > LONG_MS) long.add(statement.name)
      pipe.movedAt = now
      pipe.underWay -= 1
    }
  }

  const sendAlone = async (statement: Statement) => {
    const began = performance.now()
    const result = await alone(statement)
    if (performance.now() - began < LONG_MS) long.delete(statement.name)
    return result
  }

  const letGo = () => {
    const old = pipes
    pipes = []
    return Promise.all(
      old.map(({ client, opened }) => opened.then(() => client.end()).catch(() => undefined)),
    )
  }

  return {
    query(statement) {
      const pipe = !isClosing && isShortRead(statement) ? free() : undefined
      return pipe ? send(pipe, statement) : sendAlone(statement)
    },
    count: () => pipes.length,
    moveTo(url) {
      options = { ...options, connectionString: url }
      void letGo()
    },
    async close() {
      isClosing = true
      await letGo()
    },
  }
}
