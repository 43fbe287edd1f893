/**
 * An upload has one sender at a time. A request does not say where its bytes belong: they are appended at the
 * offset of the upload. So before the server tells the offset to anybody, no other request may still append
 * bytes, such as the last ones of a broken connection.
 */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { perServer } from '../../../core/server.ts'

export type Sender = {
  /** Asks the sender to stop. */
  signal: AbortSignal
  /** Call this when the sender appends nothing more. */
  end(): void
}

type Running = { stopping: AbortController; done: Promise<void> }

const runningOf = perServer(
  'senders of uploads',
  'one server handles all pieces of an upload; several servers will need a lock',
  () => new Map<string, Running>(),
)

/** The key contains the user, so that nobody can block other people's uploads by naming an id. */
const keyOf = (userId: string, uploadId: string) => `${userId} ${uploadId}`

/** Makes the actor the only sender of an upload until `end`; throws if there is one already. */
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

/** Stops the actor's sender of an upload, if there is one. Resolves when it appends nothing more. */
export const endSender = async ({ server, actor }: Context, uploadId: string): Promise<void> => {
  const running = runningOf(server).get(keyOf(actor.userId, uploadId))
  running?.stopping.abort()
  await running?.done
}
