/**
 * A plain socket that keeps every event, for tests of what is sent and of what is not. It checks that the
 * numbers have no gap.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ActionName, EventData, EventFrame, EventName, ReplyFrame } from '@plausch/wire'
import { expect, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'

export type Listener = {
  events: EventFrame[]
  connectionId: string
  /** Waits for a matching event; fails after five seconds. Also finds earlier events. */
  next<E extends EventName>(
    event: E,
    fits?: (data: EventData<E>, frame: EventFrame) => boolean,
  ): Promise<EventData<E>>
  /** All events of a name so far. */
  all<E extends EventName>(event: E): EventData<E>[]
  act(action: ActionName | string, data?: object): Promise<ReplyFrame>
  /** Waits until everything that was sent before has arrived, because the answer to a ping comes after it. */
  settle(): Promise<void>
  closed: Promise<number>
  close(): void
}

const WAIT_MS = 5000

const isReply = (frame: object): frame is ReplyFrame => 'seq_reply' in frame

/** Opens a socket with a token; `resume` names the connection to resume and the next number it expects. */
export const listen = async (
  url: string,
  token: string,
  { resume, acknowledges = false }: { resume?: { id: string; next: number }; acknowledges?: boolean } = {},
): Promise<Listener> => {
  const query = new URLSearchParams({
    connection_id: resume?.id ?? '',
    sequence_number: String(resume?.next ?? 0),
    ...(acknowledges ? { posted_ack: 'true' } : {}),
  })
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v4/websocket?${query}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const events: EventFrame[] = []
  const replies = new Map<number, (reply: ReplyFrame) => void>()
  const wakers = new Set<() => void>()
  let asked = 0
  let expected = resume?.next ?? 0
  let connectionId = resume?.id ?? ''
  const closed = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)))

  const begun = new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.on('message', (bytes) => {
      const frame = JSON.parse(bytes.toString()) as EventFrame | ReplyFrame
      if (isReply(frame)) {
        replies.get(frame.seq_reply)?.(frame)
        replies.delete(frame.seq_reply)
        return
      }
      if (frame.event === 'hello') {
        connectionId = (frame as EventFrame<'hello'>).data.connection_id
        expected = 0
        resolve()
      }
      expect(frame.seq).toBe(expected)
      expected += 1
      events.push(frame)
      for (const wake of wakers) wake()
    })
    if (resume) socket.once('open', () => resolve())
  })

  const act = (action: string, data: object = {}) =>
    new Promise<ReplyFrame>((resolve) => {
      asked += 1
      replies.set(asked, resolve)
      socket.send(JSON.stringify({ seq: asked, action, data }))
    })

  const listener: Listener = {
    events,
    get connectionId() {
      return connectionId
    },
    async next(event, fits = () => true) {
      const find = () => events.find((frame) => frame.event === event && fits(frame.data as never, frame))
      const deadline = Date.now() + WAIT_MS
      for (;;) {
        const found = find()
        if (found) return found.data as never
        const left = deadline - Date.now()
        if (left <= 0)
          throw new Error(
            `no event ${event} within ${WAIT_MS} ms; there were: ${events.map((each) => each.event).join(', ')}`,
          )
        await new Promise<void>((resolve) => {
          const wake = () => {
            wakers.delete(wake)
            resolve()
          }
          wakers.add(wake)
          sleep(left).then(wake, wake)
        })
      }
    },
    all: (event) => events.filter((frame) => frame.event === event).map((frame) => frame.data as never),
    act,
    async settle() {
      // Events leave one turn of the server's event loop after the answer to their request.
      await sleep(20)
      await act('ping')
    },
    closed,
    close: () => socket.close(),
  }
  await begun
  onTestFinished(() => socket.terminate())
  return listener
}
