/**
 * Frames of the socket. An event is encoded once. Only its number differs per connection, so a frame is the
 * shared text and a short tail. Layout: RFC 6455, section 5.2, unmasked text.
 */
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Broadcast, EventData, EventName } from '@plausch/wire'

/** An encoded event, complete except for its number and the closing brace. */
export type Encoded = {
  body: Buffer
  event: EventName
  /** The key of the hub for the place whose people get it; '' if it is for certain people or everybody. */
  place: string
  /** May be dropped for a slow connection: the next event of its kind makes up for it. */
  droppable: boolean
}

const droppables = new Set<EventName>(['typing', 'status_change', 'multiple_channels_viewed'])

/** Events about the moment, which change nothing that clients keep. */
export const isDroppable = (event: EventName): boolean => droppables.has(event)

export const nobody: Broadcast = {
  omit_users: null,
  user_id: '',
  channel_id: '',
  team_id: '',
  connection_id: '',
  omit_connection_id: '',
}

/**
 * Allocates separate memory. A slice of Node's shared pool keeps 64 KiB alive, for as long as one quiet
 * connection keeps one of its events for resume: with 1,000 people that came to 20 MiB a minute.
 */
const bytesOf = (text: string): Buffer => {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text))
  bytes.write(text)
  return bytes
}

/** Encodes an event for any number of connections. */
export const encode = <E extends EventName>(
  event: E,
  data: EventData<E>,
  broadcast: Broadcast,
  place = '',
): Encoded => ({
  body: bytesOf(
    `{"event":"${event}","data":${JSON.stringify(data)},"broadcast":${JSON.stringify(broadcast)},"seq":`,
  ),
  event,
  place,
  droppable: isDroppable(event),
})

const FIN_TEXT = 0x81

const headerSize = (length: number): number => (length < 126 ? 2 : length < 65_536 ? 4 : 10)

/** Writes a frame's header; returns where its text begins. */
const putHeader = (into: Buffer, at: number, length: number): number => {
  into[at] = FIN_TEXT
  if (length < 126) into[at + 1] = length
  else if (length < 65_536) {
    into[at + 1] = 126
    into.writeUInt16BE(length, at + 2)
  } else {
    into[at + 1] = 127
    into.writeUInt16BE(0, at + 2)
    into.writeUIntBE(length, at + 4, 6)
  }
  return at + headerSize(length)
}

/**
 * The size of the shared buffer for frames. Mostly the system has taken the bytes when `write` returns, and
 * the next frames can reuse the buffer. With new memory for each frame, at five posts a second to a thousand
 * sockets, V8 saw so many allocations that it scanned the whole heap every two seconds.
 */
const ROOM = 16 * 1024
/** Per process: the shared buffer for frames. */
let room = Buffer.allocUnsafeSlow(ROOM)

/** Writes `frames`: a part of `room` or, if they may wait in the stream, separate memory. */
const hand = (socket: Duplex, frames: Buffer, isInRoom: boolean) => {
  socket.write(frames)
  // Bytes that the system did not take still wait in the old buffer.
  if (isInRoom && socket.writableLength > 0) room = Buffer.allocUnsafeSlow(ROOM)
}

/** Streams that are no sockets may keep the bytes that they are given. */
const fitsInRoom = (socket: Duplex, size: number): boolean =>
  size <= ROOM && socket instanceof Socket && socket.writableLength === 0

/**
 * Writes events to a socket, from the one at `from` on, numbered from `seq` on. In one piece: copying a
 * kilobyte costs 0.1 µs, a second piece more than 1 µs.
 */
export const writeEvents = (socket: Duplex, events: readonly Encoded[], from: number, seq: number): void => {
  let size = 0
  for (let at = from; at < events.length; at += 1) {
    // The number has as many bytes as digits; the brace closes the event.
    const length = (events[at]?.body.length ?? 0) + String(seq + at - from).length + 1
    size += headerSize(length) + length
  }
  const isInRoom = fitsInRoom(socket, size)
  const frames = isInRoom ? room.subarray(0, size) : Buffer.allocUnsafe(size)
  let end = 0
  for (let at = from; at < events.length; at += 1) {
    const { body } = events[at] as Encoded
    const tail = `${seq + at - from}}`
    end = putHeader(frames, end, body.length + tail.length)
    end += body.copy(frames, end)
    end += frames.write(tail, end, 'latin1')
  }
  hand(socket, frames, isInRoom)
}

const FIN_PING = 0x89

/** Writes a ping. `said` is at most 125 ASCII characters. */
export const writePing = (socket: Duplex, said: string): void => {
  const size = 2 + said.length
  const isInRoom = fitsInRoom(socket, size)
  const frame = isInRoom ? room.subarray(0, size) : Buffer.allocUnsafe(size)
  frame[0] = FIN_PING
  frame[1] = said.length
  frame.write(said, 2, 'latin1')
  hand(socket, frame, isInRoom)
}

/** Any other text message. */
export const textFrame = (text: string): Buffer => {
  const length = Buffer.byteLength(text)
  const frame = Buffer.allocUnsafe(headerSize(length) + length)
  frame.write(text, putHeader(frame, 0, length))
  return frame
}
