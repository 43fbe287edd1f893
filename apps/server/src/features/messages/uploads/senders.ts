/**
 * An upload has one sender at a time. A request does not say where its bytes belong: they go on where the upload stands. So nobody is told where that
 * is while somebody else's bytes could still come in front of theirs, as the last ones of a connection that broke do.
 */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { perServer } from '../../../core/server.ts'

export type Sender = {
  /** Asks the sender to stop. */
  signal: AbortSignal
  /** Nothing more comes. */
  end(): void
}

type Running = { stopping: AbortController; done: Promise<void> }

const runningOf = perServer(
  'senders of uploads',
  'an upload in pieces belongs to the server that takes them; several servers will need a lock',
  () => new Map<string, Running>(),
)

/** Of whom and where: nobody is in the way of others by an id that they only name. */
const keyOf = (userId: string, uploadId: string) => `${userId} ${uploadId}`

/** Becomes the only sender of an upload until `end`; refuses where there is one. */
export const beginSending = ({ server, actor }: Context, uploadId: string): Sender => {
  const running = runningOf(server)
  const key = keyOf(actor.userId, uploadId)
  if (running.has(key)) throw new Fault('uploads.busy')
  const stopping = new AbortController()
  const { promise, resolve } = Promise.withResolvers<void>()
  running.set(key, { stopping, done: promise })
  return {
    signal: stopping.signal,
    end() {
      running.delete(key)
      resolve()
    },
  }
}

/** Ends the actor's sender of an upload, if there is one. Resolves when nothing more comes of it. */
export const endSender = async ({ server, actor }: Context, uploadId: string): Promise<void> => {
  const running = runningOf(server).get(keyOf(actor.userId, uploadId))
  running?.stopping.abort()
  await running?.done
}
